"""What moderators see of reported messages besides their words: media, and what an edit replaced
(EXHIBITORS)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from accounts.ports import EarlierWords, ExhibitFile, Exhibits
from chat.models import Edit, Media

KINDS = {
    Media.Kind.PHOTO: "picture",
    Media.Kind.STICKER: "picture",
    Media.Kind.VIDEO: "film",
    Media.Kind.VOICE: "sound",
}


def of_messages(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """Of each message in the evidence of a message, a reply or a conversation: two queries."""
    said = evidence.get("messages") or []
    keys = [medium["id"] for message in said for medium in message.get("media") or []]
    media = Media.objects.filter(pk__in=keys).select_related("sticker")
    edits = Edit.objects.filter(message__in=[message["id"] for message in said])
    return Exhibits(
        files=tuple(_files(media)),
        earlier=tuple(
            EarlierWords(str(edit.message_id), edit.body, edit.replaced_at)
            for edit in edits.order_by("replaced_at")
        ),
    )


def of_media(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """Of what somebody tried to send, by the ids in `media`: one query."""
    media = Media.objects.filter(pk__in=evidence.get("media") or []).select_related("sticker")
    return Exhibits(files=tuple(_files(media)))


def _files(media: Iterable[Media]) -> Iterable[ExhibitFile]:
    for medium in media:
        file = medium.sticker.file if medium.sticker else medium.file
        if file:
            kind = KINDS.get(Media.Kind(medium.kind), "file")
            yield ExhibitFile(str(medium.pk), file, kind, medium.alt or medium.name, medium.thumb)
