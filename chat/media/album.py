"""What a message shows beside its words: read from what a door was given, stored with it, told."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.http import Http404

from accounts.models import User
from chat.media.limits import ALBUM
from chat.models import Message
from chat.models.media import Media, Sticker
from chat.parts import Job
from chat.refusals import invalid
from chat.rights import Right
from chat.writing.drafts import as_uuid

Card = dict[str, Any]

STICKER = "sticker:"
PICTURED = {Media.Kind.PHOTO, Media.Kind.VIDEO}


class Album:
    """Pictures and films, files, a voice message or a sticker: a `chat.parts.Part`.

    What is `own` is an upload and becomes the message's; of all else the message gets rows of its
    own that name the same files, anew for each message it is placed in.
    """

    name: ClassVar[str] = "media"
    right: ClassVar[str | None] = Right.MEDIA

    def __init__(self, rows: Sequence[Media], *, own: bool) -> None:
        self.rows, self.own = rows, own
        self.told: list[Card] = []

    @property
    def digest(self) -> str:
        return "media:" + ",".join(str(row.sticker_id or row.pk) for row in self.rows)

    @property
    def revealing(self) -> tuple[UUID, ...]:
        return tuple(row.pk for row in self.rows if row.is_revealing)

    def is_plain_to(self, person_id: str) -> bool:
        """R13: a first request holds no photo, voice or file."""
        return False

    def jobs(self, author_id: UUID) -> tuple[Job, ...]:
        return ()

    def place(self, message: Message) -> Iterable[models.Model]:
        """`ValidationError` (media.unknown) where an upload was sent, or went, meanwhile."""
        if self.own:
            self._take(message)
        placed = self.rows if self.own else [_copied(row, message) for row in self.rows]
        message.media = self.told = [row.card() for row in placed]
        return () if self.own else placed

    def _take(self, message: Message) -> None:
        waiting = Media.objects.unsent().filter(pk__in=[row.pk for row in self.rows])
        taken = waiting.update(message=message.pk, ends_at=None)
        if taken < len(self.rows):
            raise invalid("media.unknown")


def _copied(row: Media, message: Message) -> Media:
    """The same files once more; whoever asks for them is asked about this message."""
    return Media(
        owner_id=message.author_id, message=message, kind=row.kind, state=row.state,
        sticker=row.sticker, copied_from_id=None if row.sticker else row.copied_from_id or row.pk,
        file=row.file, thumb=row.thumb, blur=row.blur, width=row.width, height=row.height,
        seconds=row.seconds, waveform=row.waveform, name=row.name, size=row.size, alt=row.alt,
        is_revealing=row.is_revealing,
    )  # fmt: skip


def resolve(author: User, wanted: Any) -> Album:
    """The uploads that `wanted` names by their ids, in this order, or one "sticker:<id>".

    Together go pictures with films, and files; voice goes alone. What was sent already is taken
    too: it may be the same message again. Raises `ValidationError` (media.unknown, media.not_ready,
    media.too_many, media.mixed, sticker.unknown, or why an upload was refused).
    """
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted):
        raise invalid("media.unknown")
    if len(wanted) > ALBUM:
        raise invalid("media.too_many")
    if len(wanted) == 1 and wanted[0].startswith(STICKER):
        return _of_sticker(author, wanted[0].removeprefix(STICKER))
    keys = list(dict.fromkeys(as_uuid(each, "media.unknown") for each in wanted))
    found = Media.objects.filter(owner=author, copied_from=None, sticker=None).in_bulk(keys)
    if len(found) < len(keys):
        raise invalid("media.unknown")
    rows = [found[key] for key in keys]
    _permit(rows)
    return Album(rows, own=True)


def _permit(rows: list[Media]) -> None:
    for row in rows:
        if row.state == Media.State.REFUSED:
            raise invalid(row.refusal)
        if not row.is_ready:
            raise invalid("media.not_ready")
    kinds = {Media.Kind(row.kind) for row in rows}
    is_together = kinds <= PICTURED or kinds == {Media.Kind.FILE}
    if len(rows) > 1 and not is_together:
        raise invalid("media.mixed")


def _of_sticker(author: User, key: str) -> Album:
    stickers = Sticker.objects.visible_to(author)
    sticker = stickers.filter(pk=as_uuid(key, "sticker.unknown")).first()
    if sticker is None:
        raise invalid("sticker.unknown")
    row = Media(kind=Media.Kind.STICKER, state=Media.State.READY, sticker=sticker)
    return Album([row], own=False)


def carried(actor: User, message: Message) -> Album | None:
    """What hangs on a message, for whoever forwards it. Raises `Http404` where it is gone."""
    if not message.media:
        return None
    rows = {str(row.pk): row for row in message.media_rows.select_related("sticker")}
    try:
        return Album([rows[card["id"]] for card in message.media], own=False)
    except KeyError:
        raise Http404 from None


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, list[Card]]:
    """By message id: the cards as they were stored with it; no query."""
    return {message.pk: message.media for message in messages if message.media}
