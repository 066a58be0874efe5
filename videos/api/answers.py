"""Hearts by REST."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from videos import actions
from videos.api.base import find_video
from videos.serializers import LikeSerializer


class LikeDoor(APIView):
    """The heart on a video."""

    @extend_schema(request=None, responses=LikeSerializer)
    def post(self, request: Request, video_id: UUID) -> Response:
        """Give it."""
        return self._answer(request, video_id, actions.like, is_liked=True)

    @extend_schema(responses=LikeSerializer)
    def delete(self, request: Request, video_id: UUID) -> Response:
        """Take it back."""
        return self._answer(request, video_id, actions.unlike, is_liked=False)

    def _answer(self, request: Request, video_id: UUID, verb: Any, *, is_liked: bool) -> Response:
        video = find_video(request, video_id)
        verb(request.user, video)
        video.refresh_from_db(fields=["like_count"])
        shown = LikeSerializer({"like_count": video.like_count, "is_liked": is_liked})
        return Response(shown.data)
