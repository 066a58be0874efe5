"""The REST door to uploads, to the files of messages, and to stickers."""

from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.media import serve
from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.models import Media, Sticker
from chat.refusals import invalid


class Uploads(ChatView):
    """Files on their way into a message."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": shapes.NewUploadSerializer},
        responses={201: shapes.UploadSerializer},
    )
    def post(self, request: Request) -> Response:
        """Keep a file for 24 hours; a message names it by its id (`media`) once it is `ready`."""
        wanted = self.read(shapes.NewUploadSerializer)
        media = actions.upload_media(self.actor, wanted.pop("file"), **wanted)
        return Response(actions.upload_card(media), status.HTTP_201_CREATED)


class UploadDoor(ChatView):
    """One's own upload, before it is sent."""

    def upload(self, pk: UUID) -> Media:
        return get_object_or_404(Media.objects.unsent(), owner=self.actor, pk=pk)

    @extend_schema(responses=shapes.UploadSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How it stands; the socket tells its owner when that changes (`upload.changed`)."""
        return Response(actions.upload_card(self.upload(pk)))

    @extend_schema(request=shapes.AltSerializer, responses=shapes.UploadSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say what is in it, for whoever cannot see it."""
        alt = self.read(shapes.AltSerializer)["alt"]
        return Response(
            actions.upload_card(actions.describe_media(self.actor, self.upload(pk), alt=alt))
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it back, file and all."""
        actions.withdraw_media(self.actor, self.upload(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Hearing(ChatView):
    """A voice message that one listens to."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """It was heard: one's own devices show it so (`voice.heard`), nobody else learns of it."""
        actions.mark_heard(self.actor, self.conversation(pk), seq=seq)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AnyAccept(DefaultContentNegotiation):
    """An `<img>` asks for `image/*` and gets its picture; errors are JSON all the same."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class FileView(ChatView):
    """A stored file, answered to whoever may see it now."""

    content_negotiation_class = AnyAccept


class MediaFile(FileView):
    """A file of a message."""

    @extend_schema(
        operation_id="media_file_retrieve",
        responses={(200, "*/*"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID, name: str) -> HttpResponseBase:
        """To members who may read the message, and to its owner before it is sent; by Range."""
        media = get_object_or_404(Media.objects.visible_to(self.actor), pk=pk)
        for stored in media.files:
            if PurePosixPath(stored).name == name:
                download_as = media.name if media.kind == Media.Kind.FILE else ""
                return serve(request, stored, public=False, download_as=download_as)
        raise Http404


class StickerFile(FileView):
    """The picture of a sticker."""

    @extend_schema(responses={(200, "image/webp"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: UUID, name: str) -> HttpResponseBase:
        """To whoever has it, sees it in a message, or when it is published."""
        sticker = get_object_or_404(Sticker.objects.visible_to(self.actor), pk=pk)
        if PurePosixPath(sticker.file).name != name:
            raise Http404
        return serve(request, sticker.file, public=False)


class Stickers(ChatView):
    """One's own set."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        parameters=[
            OpenApiParameter("from", enum=["friends"], description="Published by whom one follows")
        ],
        responses=shapes.StickerSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The latest first: a plain list of at most 24 (48 of others)."""
        is_of_others = request.query_params.get("from") == "friends"
        if is_of_others:
            stickers = Sticker.objects.published_for(self.actor)[:48]
        else:
            stickers = Sticker.objects.kept_by(self.actor)
        return Response([self.card(each) for each in stickers])

    @extend_schema(
        request={
            "multipart/form-data": shapes.NewStickerSerializer,
            "application/json": shapes.NewStickerSerializer,
        },
        responses={201: shapes.StickerSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make one of a picture, or add one that one sees in a message."""
        wanted = self.read(shapes.NewStickerSerializer)
        if "sticker" in wanted:
            seen = Sticker.objects.visible_to(self.actor)
            sticker = actions.keep_sticker(
                self.actor, get_object_or_404(seen, pk=wanted["sticker"])
            )
        elif "file" in wanted:
            sticker = actions.make_sticker(self.actor, wanted["file"], alt=wanted["alt"])
        else:
            raise invalid("media.unreadable")
        return Response(self.card(sticker), status.HTTP_201_CREATED)

    def card(self, sticker: Sticker) -> dict[str, Any]:
        return sticker_card(sticker, self.actor.pk)


def sticker_card(sticker: Sticker, viewer_id: UUID) -> dict[str, Any]:
    """With what the viewer may do to it."""
    return {
        **sticker.card(),
        "is_mine": sticker.maker_id == viewer_id,
        "is_published": sticker.published_at is not None,
    }


class StickerDoor(ChatView):
    """One sticker of one's own set."""

    def sticker(self, pk: UUID) -> Sticker:
        return get_object_or_404(Sticker.objects.kept_by(self.actor), pk=pk)

    @extend_schema(request=shapes.PublishSerializer, responses=shapes.StickerSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Let everybody add it, or nobody any more; for adults, of what they made (R7)."""
        published = self.read(shapes.PublishSerializer)["published"]
        sticker = actions.publish_sticker(self.actor, self.sticker(pk), is_published=published)
        return Response(sticker_card(sticker, self.actor.pk))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it out of the set; what was sent stays."""
        actions.remove_sticker(self.actor, self.sticker(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
