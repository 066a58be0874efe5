"""Drafts by REST: begun, shown, changed, posted at once or at a time."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework import serializers as drf
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from videos.actions import drafts, uploading
from videos.actions.copying import copy_draft
from videos.api.base import NO_CONTENT
from videos.models import Video
from videos.serializers.drafts import (
    DraftChangeSerializer,
    DraftSerializer,
    NewDraftSerializer,
    PostDraftSerializer,
)


def _read(request: SignedInApiRequest, shape: type[drf.Serializer]) -> dict[str, Any]:
    parsed = shape(data=request.data, context={"request": request})
    parsed.is_valid(raise_exception=True)
    return parsed.validated_data


def _shown(request: SignedInApiRequest, key: UUID, code: int = status.HTTP_200_OK) -> Response:
    draft = get_object_or_404(Video.objects.drafts_of(request.user), pk=key)
    return Response(DraftSerializer(draft).data, code)


class ByEdit(CursorPagination):
    """Drafts, changed last first."""

    ordering = "-edited_at"


class Drafts(generics.ListAPIView):
    """One's own drafts, what waits for its time too."""

    serializer_class = DraftSerializer
    pagination_class = ByEdit
    queryset = Video.objects.none()

    def get_queryset(self) -> Any:
        return Video.objects.drafts_of(self.request.user)

    @extend_schema(request=NewDraftSerializer, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Begin one; clips come to it by resumable upload, which names it."""
        draft = drafts.begin_draft(request.user, **_read(request, NewDraftSerializer))
        return _shown(request, draft.pk, status.HTTP_201_CREATED)


class OneDraft(APIView):
    """One's own draft."""

    @extend_schema(responses=DraftSerializer)
    def get(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """How it stands; 404 once it was put out."""
        return _shown(request, draft_id)

    @extend_schema(request=DraftChangeSerializer, responses=DraftSerializer)
    def patch(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """Change it; 409 (draft.changed) where `version` is not the present one."""
        drafts.change_draft(request.user, draft_id, **_read(request, DraftChangeSerializer))
        return _shown(request, draft_id)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """Delete it with its clips, for good."""
        mine = Video.objects.drafts_of(request.user)
        uploading.delete_video(request.user, get_object_or_404(mine, pk=draft_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CopiedDraft(APIView):
    """Another draft from a draft."""

    @extend_schema(request=None, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """Begin one with the same clips, edit and words; 400 (draft.clip_unready)."""
        copy = copy_draft(request.user, draft_id)
        return _shown(request, copy.pk, status.HTTP_201_CREATED)


class PostedDraft(APIView):
    """That a draft goes out."""

    @extend_schema(request=PostDraftSerializer, responses={202: DraftSerializer})
    def post(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """Have it prepared and put out, at once or at `publish_at`; again, for another time.

        Follow `video.progress` on the socket, or `/videos/<id>/`.
        """
        draft = drafts.post_draft(request.user, draft_id, **_read(request, PostDraftSerializer))
        return Response(DraftSerializer(draft).data, status.HTTP_202_ACCEPTED)

    @extend_schema(responses=DraftSerializer)
    def delete(self, request: SignedInApiRequest, draft_id: UUID) -> Response:
        """Take back what waits for its time: it is a draft again."""
        drafts.take_back_draft(request.user, draft_id)
        return _shown(request, draft_id)
