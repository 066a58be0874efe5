"""What can hang on a message beside its words (a share, an album, a poll): how each kind is stored
with it, and how messages that are shown get it back.

A new kind is a class that keeps the promise of `Part`, one line in `makers` and one in `readers`.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db import models

Job = tuple[str, dict[str, Any]]

# (messages from `with_parts()`, the viewer or None for "anybody at all") -> by message id.
Reader = Callable[[list[Any], Any], Mapping[UUID, Any]]


class Part(Protocol):
    """One thing that is stored with a message, in its transaction and through the ORM."""

    name: ClassVar[str]  # the field of a message card that tells of it
    right: ClassVar[str | None]  # what the author's role must have (chat/rights.py), if anything

    @property
    def digest(self) -> str:
        """What tells it from another under the same client_id."""

    @property
    def revealing(self) -> tuple[UUID, ...]:
        """The ids of what shows nakedness in it, which never reaches young people (R44)."""

    def is_plain_to(self, person_id: str) -> bool:
        """Whether a first request to this person may hold it (R13)."""

    def jobs(self, author_id: UUID) -> tuple[Job, ...]:
        """Celery tasks that it brings: outbox rows, written with the message."""

    def place(self, message: Any) -> Iterable[models.Model]:
        """Set what the message's own row holds of it; answer the rows to be stored behind it.

        Raises what refuses the message: `ValidationError`, `Refused`.
        """

    @property
    def told(self) -> Any:
        """What everybody hears of it with the message."""


# (the author, what a door was given) -> the part. Raises `ValidationError`, `Refused`.
Maker = Callable[[Any, Any], Part]


@cache
def makers() -> dict[str, Maker]:
    """By field of a message that is to be sent: what makes a part of its value."""
    from chat import sharing
    from chat.cards import polls
    from chat.media import album

    return {"share": sharing.resolve, "media": album.resolve, "poll": polls.make}


def make(author: Any, wanted: Mapping[str, Any]) -> list[Part]:
    """The parts that a message is to have, by field; empty values stand for none."""
    return [
        make_one(author, wanted[name]) for name, make_one in makers().items() if wanted.get(name)
    ]


@cache
def readers() -> dict[str, Reader]:
    """By field of a message card: how what hangs on messages is read, one query a kind at most."""
    from chat import forwarding, sharing, tallies
    from chat.cards import polls
    from chat.linking import shown as links
    from chat.media import album
    from chat.models import heard

    return {
        "reply_count": tallies.reply_counts,
        "share": sharing.references,
        "media": album.references,
        "heard": heard.references,
        "poll": polls.references,
        "forwarded": forwarding.references,
        "links": links.references,
    }


# (who forwards, the message) -> the part that the copy gets, or None. Raises as a maker does.
Carrier = Callable[[Any, Any], Part | None]


@cache
def carriers() -> dict[str, Carrier]:
    """By field of a message card: what goes with a message that is forwarded. Polls stay."""
    from chat import sharing
    from chat.media import album

    return {"share": sharing.carried, "media": album.carried}


def carry(actor: Any, message: Any) -> list[Part]:
    """What hangs on a message, for a copy of it, as far as `actor` may see it now."""
    found = [carried(actor, message) for carried in carriers().values()]
    return [part for part in found if part is not None]


def read(messages: Iterable[Any], viewer: Any = None) -> dict[UUID, dict[str, Any]]:
    """By message id: `{"share": ..., ...}`, only what is there. Of unsent ones nothing is left."""
    present = [message for message in messages if not message.is_unsent and not message.notice]
    found: dict[UUID, dict[str, Any]] = {message.pk: {} for message in messages}
    for name, reader in readers().items():
        for message_id, value in reader(present, viewer).items():
            found[message_id][name] = value
    return found
