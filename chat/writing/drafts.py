"""What somebody wants to say or to react with, checked as far as that goes without the database."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from accounts.ids import uuid7
from accounts.linking.finding import has_outside_link, may_hold_links
from chat.emoji import clean_emoji
from chat.models import Message
from chat.models.message import BODY_LIMIT
from chat.parts import Job, Part
from chat.refusals import invalid

MENTIONS_LIMIT = 20
ALL = "all"  # stands among mentions for everybody in the group
IN_GROUPS = "chat.tell_of_reply"  # the job that is written in groups only: elsewhere it is in vain

_text = lru_cache(4096)(str)  # of a conversation's id: many messages of a commit have the same


@dataclass(slots=True, eq=False)  # not frozen: that would double what making one costs
class Draft:
    """A message before it has a place: by `author_id`, or (None) a system line, `notice`.

    `jobs` are Celery tasks by name, each with its arguments (JSON): outbox rows, written with the
    message and only with it.
    """

    conversation_id: UUID
    author_id: UUID | None = None
    client_id: UUID | None = None
    body: str = ""
    notice: dict[str, Any] | None = None
    reply_to: int | None = None
    thread: int | None = None
    mentions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    jobs: tuple[Job, ...] = ()
    is_read: bool = False  # a moderator of the group let it through
    id: UUID = field(default_factory=uuid7)
    drafted_at: float = field(default_factory=time.monotonic)

    @property
    def is_ordinary(self) -> bool:
        """What the statement takes; everything else is stored through the ORM."""
        return (
            not self.parts
            and self.thread is None
            and ALL not in self.mentions
            and self.notice is None
            and self.author_id is not None
            and self.client_id is not None
        )

    @property
    def key(self) -> tuple[object, ...]:
        """What one statement takes once: the second of two finds the first one stored."""
        return self.author_id.int, self.client_id.int  # type: ignore[union-attr]

    @property
    def digest(self) -> str:
        """Tells the same message sent twice from another one under the same `client_id`."""
        parts = ";".join(part.digest for part in self.parts)
        said = [_text(self.conversation_id), self.body, str(self.reply_to), parts, *self.mentions]
        if self.thread is not None:
            said.append(f"in {self.thread}")
        return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]

    def jobs_in(self, kind: str) -> list[Job]:
        """Those that are written where it is said in a conversation of that kind."""
        return [job for job in self.jobs if job[0] != IN_GROUPS or kind == "group"]

    @property
    def speaker_id(self) -> UUID | None:
        """The author; of a system line, the person who caused it."""
        if self.author_id is None and self.notice and self.notice.get("actor"):
            return UUID(self.notice["actor"]["id"])
        return self.author_id

    def is_plain_to(self, person_id: str) -> bool:
        """R13: text without an outside link, or something that anybody may see."""
        plain = all(part.is_plain_to(person_id) for part in self.parts)
        return plain and not has_outside_link(self.body)


@dataclass(slots=True)
class Stored:
    """A committed message: its place and number. `replayed`: it was there already."""

    id: UUID
    conversation_id: UUID
    seq: int
    revision: int
    created_at: datetime
    replayed: bool = False

    @property
    def message(self) -> Message:
        """The message with its parts, fetched."""
        return Message.objects.with_parts().get(pk=self.id)

    @classmethod
    def of(cls, message: Message, *, replayed: bool = False) -> "Stored":
        return cls(
            message.pk, message.conversation_id, message.seq, message.revision,
            message.created_at, replayed,
        )  # fmt: skip


@dataclass(slots=True, eq=False)
class Reacting:
    """One person's one emoji on the message at `seq`: to be there (`adds`), or to be gone."""

    conversation_id: UUID
    actor_id: UUID
    seq: int
    emoji: str
    adds: bool
    drafted_at: float = field(default_factory=time.monotonic)

    is_ordinary: ClassVar[bool] = True

    @property
    def key(self) -> tuple[object, ...]:
        """What one statement takes once: the second of two finds what the first one left."""
        return self.conversation_id.int, self.seq, self.actor_id.int, self.emoji


@dataclass(slots=True)
class Reacted:
    """It is committed that the emoji is there, or gone; `changed` False where it was before.

    `revision` is the message's number since.
    """

    conversation_id: UUID
    seq: int
    revision: int
    changed: bool

    @property
    def message(self) -> Message:
        """The message with its parts, fetched."""
        place = Message.objects.filter(conversation=self.conversation_id, seq=self.seq)
        return place.with_parts().get()


Submission = Draft | Reacting  # what the writer takes
Outcome = Stored | Reacted | Exception  # what it answers, to each of its own kind
Outcomes = dict[Submission, Outcome]


def clean_body(text: object, *, may_be_empty: bool = False) -> str:
    """The words without white space around them: 1 to 10,000 code points.

    Raises `ValidationError` (message.empty, message.too_long). NUL, which PostgreSQL cannot hold,
    and halves of surrogate pairs, which UTF-8 cannot, are left out.
    """
    if not isinstance(text, str):
        raise invalid("frame.malformed")
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode()
    body = text.replace("\0", "").strip()
    if len(body) > BODY_LIMIT:
        raise invalid("message.too_long")
    if not body and not may_be_empty:
        raise invalid("message.empty")
    return body


def as_uuid(value: object, code: str) -> UUID:
    """`value` as a UUID; `ValidationError` with `code` where it is none."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        raise invalid(code) from None


def draft_message(
    author_id: UUID,
    conversation_id: UUID,
    *,
    body: str = "",
    client_id: UUID | str,
    reply_to: int | None = None,
    thread: int | None = None,
    mentions: Iterable[UUID | str] = (),
    parts: Iterable[Part] = (),
) -> Draft:
    """A draft for the writer. Pure: what needs the database is compared when it is stored.

    Raises `ValidationError` (message.empty, message.too_long, client_id.malformed, reply.unknown,
    thread.unknown, mentions.malformed).
    """
    parts = tuple(parts)
    draft = Draft(
        conversation_id=conversation_id,
        author_id=author_id,
        client_id=as_uuid(client_id, "client_id.malformed"),
        body=clean_body(body, may_be_empty=bool(parts)),
        reply_to=_clean_place(reply_to, "reply.unknown"),
        thread=_clean_place(thread, "thread.unknown"),
        mentions=clean_mentions(mentions) if mentions else (),
        parts=parts,
        jobs=tuple(job for part in parts for job in part.jobs(author_id)),
    )
    if may_hold_links(draft.body):  # whether there are any is looked up after the commit
        draft.jobs += (("chat.read_links", {"message_id": str(draft.id)}),)
    if draft.mentions:
        draft.jobs += (("chat.tell_of_mentions", {"message_id": str(draft.id)}),)
    if draft.reply_to is not None:
        draft.jobs += ((IN_GROUPS, {"message_id": str(draft.id)}),)
    return draft


def draft_reaction(
    actor_id: UUID, conversation_id: UUID, seq: int, emoji: object, *, adds: bool
) -> Reacting:
    """A reaction for the writer, pure as well. Raises `ValidationError` (emoji.unknown)."""
    return Reacting(conversation_id, actor_id, seq, clean_emoji(emoji), adds)


def _clean_place(seq: object, code: str) -> int | None:
    if seq is None:
        return None
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        raise invalid(code)
    return seq


def clean_mentions(mentions: Iterable[UUID | str]) -> tuple[str, ...]:
    """Up to 20 ids, or "all", each once; `ValidationError` (mentions.malformed) for others."""
    if isinstance(mentions, str) or not isinstance(mentions, Iterable):
        raise invalid("mentions.malformed")
    people = {_clean_mention(person): None for person in mentions}
    if len(people) > MENTIONS_LIMIT:
        raise invalid("mentions.malformed")
    return tuple(people)


def _clean_mention(person: object) -> str:
    return ALL if person == ALL else str(as_uuid(person, "mentions.malformed"))
