"""Comments by REST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from config.preconditions import GuardedView
from videos import actions
from videos.api.base import NO_CONTENT, find_video
from videos.models import Comment
from videos.serializers import (
    CommentFilterSerializer,
    CommentSerializer,
    NewCommentSerializer,
)

ORDERS = {"newest": ("-created_at",), "top": ("-like_count", "-created_at")}


def find_comment(request: Request, comment_id: UUID) -> Comment:
    """A comment the asking person may read, under a video they may see; otherwise there is
    none."""
    comments = Comment.objects.visible_to(request.user).liked_by(request.user)
    comment = get_object_or_404(comments.select_related("video"), pk=comment_id)
    comment.video = find_video(request, comment.video_id)
    return comment


class CommentPagination(CursorPagination):
    """Newest first, or by hearts (`?sort=top`)."""

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        return ORDERS.get(request.query_params.get("sort", ""), ORDERS["newest"])


class Comments(generics.ListAPIView):
    """What is written under a video; answers carry `parent`."""

    serializer_class = CommentSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = CommentPagination
    queryset = Comment.objects.none()

    def get_queryset(self) -> Any:
        video = find_video(self.request, self.kwargs["video_id"])
        comments = Comment.objects.visible_to(self.request.user).liked_by(self.request.user)
        return NARROWED.get(self.request.query_params.get("only", ""), _all)(
            comments.filter(video=video), self.request.user
        )

    @extend_schema(
        parameters=[
            OpenApiParameter("sort", str, enum=list(ORDERS), default="newest"),
            OpenApiParameter(
                "only",
                str,
                enum=["threads", "pinned", "held"],
                description="Those that answer nobody; the pinned one; what waits for its author.",
            ),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of comments; what the video's author has not let through is seen by them and by
        its own author alone."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Write one: 1 to 1,000 characters. `is_held`: somebody reads it first."""
        parsed = NewCommentSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video, wanted = find_video(request, video_id), parsed.validated_data
        comments = Comment.objects.visible_to(request.user)
        parent = get_object_or_404(comments, pk=wanted["parent"]) if wanted["parent"] else None
        comment = actions.add_comment(request.user, video, body=wanted["body"], parent=parent)
        return Response(CommentSerializer(comment).data, status.HTTP_201_CREATED)


def _all(comments: Any, viewer: Any) -> Any:
    return comments.standing(viewer)


NARROWED: dict[str, Callable[[Any, Any], Any]] = {
    "threads": lambda comments, viewer: comments.standing(viewer).threads(),
    "pinned": lambda comments, viewer: comments.exclude(pinned_at=None),
    "held": lambda comments, viewer: comments.held(),
}


class Answers(generics.ListAPIView):
    """The answers of a comment, oldest first."""

    serializer_class = CommentSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Comment.objects.none()

    class Pagination(CursorPagination):
        ordering = "created_at"

    pagination_class = Pagination

    def get_queryset(self) -> Any:
        thread = find_comment(self.request, self.kwargs["comment_id"])
        comments = Comment.objects.visible_to(self.request.user).liked_by(self.request.user)
        return comments.standing(self.request.user).filter(parent=thread)


class OneComment(APIView):
    """One comment."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Take away one's own, or one under one's own video."""
        actions.delete_comment(request.user, find_comment(request, comment_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class _Switch(APIView):
    """Something that is done to a comment by POST and undone by DELETE."""

    def do(self, actor: Any, comment: Comment) -> None:
        raise NotImplementedError

    def undo(self, actor: Any, comment: Comment) -> None:
        raise NotImplementedError

    @extend_schema(request=None, responses=CommentSerializer)
    def post(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Do it; a second time changes nothing."""
        self.do(request.user, find_comment(request, comment_id))
        return self._shown(request, comment_id)

    @extend_schema(responses=CommentSerializer)
    def delete(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Take it back."""
        self.undo(request.user, find_comment(request, comment_id))
        return self._shown(request, comment_id)

    def _shown(self, request: Request, comment_id: UUID) -> Response:
        return Response(CommentSerializer(find_comment(request, comment_id)).data)


class CommentLikeDoor(_Switch):
    """One's heart on a comment."""

    def do(self, actor: Any, comment: Comment) -> None:
        actions.like_comment(actor, comment)

    def undo(self, actor: Any, comment: Comment) -> None:
        actions.unlike_comment(actor, comment)


class CommentPin(_Switch):
    """The comment that stands first under one's own video."""

    def do(self, actor: Any, comment: Comment) -> None:
        actions.pin_comment(actor, comment)

    def undo(self, actor: Any, comment: Comment) -> None:
        actions.unpin_comment(actor, comment)


class CommentHeart(_Switch):
    """The heart of the video's author, which everybody sees."""

    def do(self, actor: Any, comment: Comment) -> None:
        actions.heart_comment(actor, comment)

    def undo(self, actor: Any, comment: Comment) -> None:
        actions.heart_comment(actor, comment, given=False)


class CommentApproval(APIView):
    """A comment that is held."""

    @extend_schema(request=None, responses=CommentSerializer)
    def post(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Let everybody read it; refusing it is DELETE of the comment."""
        actions.let_through(request.user, find_comment(request, comment_id))
        return Response(CommentSerializer(find_comment(request, comment_id)).data)


class OwnCommentFilter(GuardedView):
    """Which comments under one's own videos one reads before others do."""

    edited = ("words", "holds_links", "holds_all")

    def held(self) -> Any:
        return User.objects.filter(pk=self.request.user.pk)

    @extend_schema(responses=CommentFilterSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """The filter; without one it holds nothing."""
        return Response(CommentFilterSerializer(actions.comment_filter_of(request.user)).data)

    @extend_schema(request=CommentFilterSerializer, responses=CommentFilterSerializer)
    def patch(self, request: SignedInApiRequest) -> Response:
        """Change some of it; `words` replaces them all: 200 of 60 characters at most."""
        parsed = CommentFilterSerializer(data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        kept = actions.change_comment_filter(request.user, **parsed.validated_data)
        return Response(CommentFilterSerializer(kept).data)
