"""The reactions of a batch as parameters of their statements, and the answers as outcomes and
news."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from psycopg.pq.abc import PGresult

from accounts import outbox
from accounts.models import OutboxJob
from chat import cards, events, tallies
from chat.refusals import refusal
from chat.writing import arrays
from chat.writing.batch import job_in
from chat.writing.drafts import Outcome, Outcomes, Reacted, Reacting
from chat.writing.libpq import BINARY, TEXT, Step, number

Place = tuple[UUID, int]  # a message's: conversation, seq

# The columns of REACT's answer, and of that of REACTIONS.
PLACE, VERDICT, CHANGES, JOB = range(4)  # behind JOB its task and arguments
MESSAGE, REVISION, EMOJI, USER, COUNTS = range(5)


@dataclass(slots=True)
class Present:
    """A message as the transaction leaves it."""

    revision: int
    reactions: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] | None = None  # instead, of a channel's post

    @property
    def told(self) -> list[dict[str, Any]]:
        """As everybody may hear of them."""
        if self.counts is not None:
            return tallies.cards(self.counts)
        return cards.reaction_cards(self.reactions)


class ReactionBatch:
    """Reactions of which no two have the same `key`, with one moment for all."""

    def __init__(self, reactions: Sequence[Reacting], now: datetime) -> None:
        self.reactions, self.now = reactions, now
        self.messages: list[Place] = list(
            dict.fromkeys((each.conversation_id, each.seq) for each in reactions)
        )

    def steps(self) -> list[Step]:
        """What is to be run; nothing where nobody reacts."""
        if not self.reactions:
            return []
        present = [
            arrays.uuids([conversation.int for conversation, _seq in self.messages]),
            arrays.int8s([seq for _conversation, seq in self.messages]),
        ]
        return [
            Step(b"react", self._values(), [*[BINARY] * 5, TEXT, TEXT]),
            Step(b"reactions", present, [BINARY] * 2),
        ]

    def _values(self) -> list[bytes]:
        return [
            arrays.uuids([each.conversation_id.int for each in self.reactions]),
            arrays.int8s([each.seq for each in self.reactions]),
            arrays.uuids([each.actor_id.int for each in self.reactions]),
            arrays.texts([each.emoji for each in self.reactions]),
            arrays.bools([each.adds for each in self.reactions]),
            self.now.isoformat().encode(),
            (self.now + outbox.PATIENCE).isoformat().encode(),
        ]

    def jobs(self, verdicts: PGresult) -> list[OutboxJob]:
        """What was written to be done."""
        written = [row for row in range(verdicts.ntuples) if verdicts.get_value(row, JOB)]
        return [job_in(verdicts, row, JOB) for row in written]

    def outcomes(self, verdicts: PGresult, present: PGresult, news: events.News) -> Outcomes:
        """What became of each; each message that changed is told of once, in the order of numbers.

        `verdicts` and `present` are the answers of the two steps.
        """
        messages, changed = self._present(present), dict[Place, Present]()
        found: Outcomes = {}
        for row in range(verdicts.ntuples):
            reacting = self.reactions[number(verdicts, row, PLACE) - 1]
            outcome = found[reacting] = _outcome(reacting, verdicts, row, messages)
            if isinstance(outcome, Reacted) and outcome.changed:
                place = outcome.conversation_id, outcome.seq
                changed[place] = messages[place]
        _tell(changed, news)
        return found

    def _present(self, rows: PGresult) -> dict[Place, Present]:
        found: dict[Place, Present] = {}
        for row in range(rows.ntuples):
            place = self.messages[number(rows, row, MESSAGE) - 1]
            message = found.setdefault(place, Present(number(rows, row, REVISION)))
            emoji, user = rows.get_value(row, EMOJI), rows.get_value(row, USER)
            if emoji is not None and user is not None:
                message.reactions.append((emoji.decode(), user.decode()))
            if (counts := rows.get_value(row, COUNTS)) is not None:
                message.counts = orjson.loads(counts)
        return found


def _outcome(
    reacting: Reacting, verdicts: PGresult, row: int, messages: dict[Place, Present]
) -> Outcome:
    if (verdict := verdicts.get_value(row, VERDICT)) is not None:
        return refusal(verdict.decode())
    conversation, seq = reacting.conversation_id, reacting.seq
    changes = verdicts.get_value(row, CHANGES) == b"t"
    return Reacted(conversation, seq, messages[conversation, seq].revision, changes)


def _tell(changed: dict[Place, Present], news: events.News) -> None:
    for (conversation, seq), now in sorted(changed.items(), key=lambda item: item[1].revision):
        news.tell(conversation, events.reaction_event(seq, now.revision, now.told))
