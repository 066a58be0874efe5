"""Insights by REST: what creators are told of their videos."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos.insights import report, tables
from videos.insights.sharing import sharing_of
from videos.insights.sheets import sheet
from videos.serializers.insights import InsightsSerializer, OneVideoInsightsSerializer, answer_of

DAYS = OpenApiParameter("days", int, enum=[7, 28, 90, 365], description="Up to today; 28.")
SHEET = {(200, "text/csv"): OpenApiTypes.STR, 404: OpenApiResponse(description="No such table.")}


def _table(names: object) -> OpenApiParameter:
    return OpenApiParameter("table", str, OpenApiParameter.PATH, enum=sorted(names))  # type: ignore[call-overload]


class Insights(APIView):
    """What one is told of everything one posted."""

    @extend_schema(parameters=[DAYS], responses=InsightsSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """Numbers of the last days, compared with as many before; days are one's own."""
        found = report.of_creator(request.user, request.query_params.get("days", ""))
        return Response(InsightsSerializer(answer_of(found)).data)


class InsightsSheet(APIView):
    """One table of it for a spreadsheet."""

    @extend_schema(parameters=[DAYS, _table(tables.OF_CREATOR)], responses=SHEET)
    def get(self, request: SignedInApiRequest, table: str) -> HttpResponse:
        """CSV in UTF-8, the names of the columns first."""
        return sheet(report.of_creator(request.user, request.query_params.get("days", "")), table)


class VideoInsights(APIView):
    """What its makers are told of one video."""

    @extend_schema(parameters=[DAYS], responses=OneVideoInsightsSerializer)
    def get(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """The same of one video, for its author and co-creators."""
        video = report.video_for(request.user, video_id)
        found = report.of_video(video, request.query_params.get("days", ""))
        answer = answer_of(found) | {"sharing": sharing_of(video)}
        return Response(OneVideoInsightsSerializer(answer).data)


class VideoInsightsSheet(APIView):
    """One table of it for a spreadsheet."""

    @extend_schema(parameters=[DAYS, _table(tables.OF_VIDEO)], responses=SHEET)
    def get(self, request: SignedInApiRequest, video_id: UUID, table: str) -> HttpResponse:
        """CSV in UTF-8, the names of the columns first."""
        video = report.video_for(request.user, video_id)
        return sheet(report.of_video(video, request.query_params.get("days", "")), table)
