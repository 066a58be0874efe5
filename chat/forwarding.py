"""What a forwarded message tells of where it comes from (R17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from accounts.models import User
from chat.models import Message
from chat.parts import Job


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mark of a copy, a `chat.parts.Part`: how often its words were forwarded, and who said
    them first; `card` only where anybody may know."""

    name: ClassVar[str] = "forwarded"
    right: ClassVar[str | None] = None
    revealing: ClassVar[tuple[UUID, ...]] = ()

    hops: int
    origin_id: UUID | None
    card: dict[str, Any] | None = None

    @property
    def digest(self) -> str:
        return f"forwarded:{self.hops}:{self.origin_id}"

    def is_plain_to(self, person_id: str) -> bool:
        return True

    @property
    def told(self) -> dict[str, Any]:
        return {"hops": self.hops, "origin": self.card}

    def jobs(self, author_id: UUID) -> tuple[Job, ...]:
        return ()

    def place(self, message: Message) -> Iterable[models.Model]:
        message.hops, message.origin = self.hops, self.origin_id
        return ()


def mark_of(message: Message) -> Forwarded:
    """The mark of a copy of this message: one hop more, the origin stays."""
    origin_id = message.origin if message.hops else message.author_id
    cards = _cards({origin_id} if origin_id else set())
    return Forwarded((message.hops or 0) + 1, origin_id, cards.get(origin_id))


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, dict[str, Any]]:
    """By message id: `{hops, origin}`, the origin's card or None; one query, or none.

    Somebody is named where everybody may see their videos: of a private account only that the
    words were forwarded is told, and nobody is named across a block (R15).
    """
    forwarded = [message for message in messages if message.hops]
    cards = _cards({message.origin for message in forwarded if message.origin}, viewer)
    return {
        message.pk: {"hops": message.hops, "origin": cards.get(message.origin)}
        for message in forwarded
    }


def _cards(ids: set[UUID], viewer: Any = None) -> dict[UUID | None, dict[str, Any]]:
    if not ids:
        return {}
    people = User.objects.active() if viewer is None else User.objects.visible_to(viewer)
    return {each.pk: each.card() for each in people.filter(pk__in=ids, is_private=False)}
