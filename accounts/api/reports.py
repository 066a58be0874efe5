"""Reports by REST: what breaks the rules, what came of it, and another look."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.models import Report
from accounts.models.report import ReportQuerySet
from accounts.moderation import appeals
from accounts.requests import SignedInApiRequest
from accounts.serializers.decisions import AppealSerializer, NewAppealSerializer
from accounts.serializers.reports import NewReportSerializer, ReportSerializer


def _mine(request: SignedInApiRequest) -> ReportQuerySet:
    return Report.objects.filter(reporter=request.user).select_related("appeal").defer("evidence")


class Reports(generics.ListAPIView):
    """Reporting what breaks the rules."""

    request: SignedInApiRequest
    serializer_class = ReportSerializer
    queryset = Report.objects.none()

    def get_queryset(self) -> ReportQuerySet:
        return _mine(self.request)

    @extend_schema(request=NewReportSerializer, responses={201: ReportSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Report something; while a report of it is open, that one is the answer. `block` also
        blocks whose it is. They are not told."""
        parsed = NewReportSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        wanted = dict(parsed.validated_data)
        made = actions.report(request.user, wanted.pop("kind"), wanted.pop("id"), **wanted)
        return Response(ReportSerializer(made).data, status.HTTP_201_CREATED)


class ReportMade(APIView):
    """One of one's own reports."""

    @extend_schema(responses=ReportSerializer)
    def get(self, request: SignedInApiRequest, report_id: UUID) -> Response:
        """What was reported, and what came of it."""
        return Response(ReportSerializer(get_object_or_404(_mine(request), pk=report_id)).data)


class AskAgain(APIView):
    """Another look at what one reported and nothing was done against."""

    @extend_schema(request=NewAppealSerializer, responses={201: AppealSerializer})
    def post(self, request: SignedInApiRequest, report_id: UUID) -> Response:
        """Once, within six months; somebody who had no part in the decision looks again."""
        found = get_object_or_404(_mine(request), pk=report_id)
        parsed = NewAppealSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        made = appeals.ask_again(request.user, found, parsed.validated_data["words"])
        return Response(AppealSerializer(made).data, status.HTTP_201_CREATED)
