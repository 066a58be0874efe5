"""A batch of drafts as the parameters of the statement, and its answer as outcomes and news."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from psycopg.pq.abc import PGresult

from accounts import outbox
from accounts.models import OutboxJob
from chat import cards, events
from chat.refusals import refusal
from chat.writing import arrays
from chat.writing.drafts import Draft, Outcome, Outcomes, Stored, Submission
from chat.writing.libpq import BINARY, TEXT, number

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The columns of the statement's answer; SAID_AT in microseconds of Unix time.
PLACE, VERDICT, SEQ, REVISION, SAID_ID, SAID_AT, MENTIONED = range(7)

STORE_FORMATS = [BINARY, BINARY, BINARY, TEXT, *[BINARY] * 10]
ENQUEUE_FORMATS = [BINARY, BINARY, BINARY, TEXT, TEXT]


@dataclass(slots=True)
class Committed:
    """What a commit brought: outcomes, and what is to be told of it.

    `again` are drafts that were kept out by others beside them, and have to be said without those.
    Whatever else has no outcome is left to another engine.
    """

    outcomes: Outcomes = field(default_factory=dict)
    announcements: list[events.Announcement] = field(default_factory=list)
    again: list[Submission] = field(default_factory=list)

    def add(self, other: "Committed") -> None:
        """What a later commit brought; `again` is seen to where it is heard of."""
        self.outcomes.update(other.outcomes)
        self.announcements += other.announcements


class Batch:
    """Ordinary drafts (`Draft.is_ordinary`) of which no two have the same `key`, with one moment

    for all.
    """

    def __init__(self, drafts: Sequence[Draft], now: datetime) -> None:
        self.drafts, self.now = drafts, now
        self._created_at = cards.moment(now)
        self.has_jobs = any(draft.jobs for draft in drafts)
        self.has_mentions = any(draft.mentions for draft in drafts)
        self._number()

    def _number(self) -> None:
        """Number the speakers, and the messages of each conversation."""
        self._speaker: list[int] = []  # of each draft
        self._step: list[int] = []  # of each draft, in its conversation
        self._counts: dict[int, int] = {}  # messages of each conversation
        self._last_steps: list[int] = []  # of each speaker's newest message
        speakers: dict[tuple[int, int], int] = {}
        for draft in self.drafts:
            conversation = draft.conversation_id.int
            step = self._counts[conversation] = self._counts.get(conversation, 0) + 1
            key = (conversation, draft.author_id.int)  # type: ignore[union-attr]
            number = speakers.setdefault(key, len(speakers) + 1)
            if number > len(self._last_steps):
                self._last_steps.append(step)
            self._last_steps[number - 1] = step
            self._speaker.append(number)
            self._step.append(step)
        self._speakers = list(speakers)

    # --- Parameters -----------------------------------------------------------------------------

    def values(self) -> list[bytes]:
        """The parameters of statement.STORE, in STORE_FORMATS."""
        drafts = self.drafts
        return [
            arrays.uuids(list(self._counts)),
            arrays.uuids([conversation for conversation, _author in self._speakers]),
            arrays.uuids([author for _conversation, author in self._speakers]),
            self._moment,
            arrays.int4s(self._speaker),
            arrays.int4s(self._step),
            arrays.uuids([draft.id.int for draft in drafts]),
            arrays.uuids([draft.client_id.int for draft in drafts]),  # type: ignore[union-attr]
            arrays.texts([draft.digest for draft in drafts]),
            arrays.texts([draft.body for draft in drafts]),
            arrays.int8s([draft.reply_to for draft in drafts]),
            arrays.texts([_json(draft.mentions) if draft.mentions else None for draft in drafts]),
            arrays.int4s(list(self._counts.values())),
            arrays.int4s(self._last_steps),
        ]

    def job_values(self) -> list[bytes]:
        """The parameters of statement.ENQUEUE, in ENQUEUE_FORMATS."""
        jobs = [(draft.id.int, *job) for draft in self.drafts for job in draft.jobs]
        return [
            arrays.uuids([message for message, _task, _arguments in jobs]),
            arrays.texts([task for _message, task, _arguments in jobs]),
            arrays.texts([_json(arguments) for _message, _task, arguments in jobs]),
            self._moment,
            (self.now + outbox.PATIENCE).isoformat().encode(),
        ]

    @property
    def _moment(self) -> bytes:
        return self.now.isoformat().encode()

    # --- The answer -----------------------------------------------------------------------------

    def objections(self, rows: PGresult) -> dict[Draft, Outcome | None]:
        """What speaks against drafts, None where they are left to another engine. With a single one
        nothing of the batch was stored."""
        found: dict[Draft, Outcome | None] = {}
        for row in range(rows.ntuples):
            verdict = rows.get_value(row, VERDICT)
            if verdict is not None:
                draft = self.drafts[number(rows, row, PLACE) - 1]
                found[draft] = _objection(draft, verdict.decode(), rows, row)
        return found

    def outcomes(self, rows: PGresult, news: events.News) -> Outcomes:
        """Each draft's place, and word of it: nothing spoke against any."""
        found: Outcomes = {}
        for place, row in sorted((number(rows, row, PLACE), row) for row in range(rows.ntuples)):
            draft = self.drafts[place - 1]
            found[draft] = self._stored(draft, rows, row, news)
        return found

    def _stored(self, draft: Draft, rows: PGresult, row: int, news: events.News) -> Stored:
        seq, revision = number(rows, row, SEQ), number(rows, row, REVISION)
        mentioned = rows.get_value(row, MENTIONED) if draft.mentions else None
        card = cards.message_card(
            id=draft.id,
            conversation=draft.conversation_id,
            seq=seq,
            revision=revision,
            author=draft.author_id,
            body=draft.body,
            created_at=self._created_at,
            reply_to=draft.reply_to,
            mentions=orjson.loads(mentioned) if mentioned else None,
        )
        news.tell(draft.conversation_id, events.message_created(card))
        return Stored(draft.id, draft.conversation_id, seq, revision, self.now)


def job_in(rows: PGresult, row: int, first: int = 0) -> OutboxJob:
    """The job that a row says was written: its id, task and arguments from column `first` on."""
    return OutboxJob(
        pk=number(rows, row, first),
        task=(rows.get_value(row, first + 1) or b"").decode(),
        arguments=orjson.loads(rows.get_value(row, first + 2) or b"{}"),
    )


def _objection(draft: Draft, verdict: str, rows: PGresult, row: int) -> Outcome | None:
    if verdict == "left":
        return None
    return _replayed(draft, rows, row) if verdict == "replayed" else refusal(verdict)


def _replayed(draft: Draft, rows: PGresult, row: int) -> Stored:
    return Stored(
        UUID((rows.get_value(row, SAID_ID) or b"").decode()),
        draft.conversation_id,
        number(rows, row, SEQ),
        number(rows, row, REVISION),
        EPOCH + timedelta(microseconds=number(rows, row, SAID_AT)),
        replayed=True,
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
