"""What stores a batch: two statements on PostgreSQL (of messages, of reactions), the ORM for all

else.
"""

import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Protocol

from django.db import connection, connections, transaction
from django.utils import timezone
from psycopg import pq
from psycopg.pq.abc import PGconn, PGresult

from accounts import outbox
from accounts.models import OutboxJob
from chat import line
from chat.events import News
from chat.writing import arrays, batch, reaction_statement, statement
from chat.writing.batch import Batch, Committed
from chat.writing.drafts import Draft, Outcome, Outcomes, Reacting, Submission
from chat.writing.libpq import BINARY, Connection, Step, failure
from chat.writing.reacting import react
from chat.writing.reaction_batch import ReactionBatch
from chat.writing.storing import store


class Engine(Protocol):
    """Stores what is submitted in one transaction of its own, in one thread."""

    def store(self, submitted: list[Submission], deadline: float) -> Committed:
        """What is committed then; what it does not take has no outcome.

        Whatever it raises, nobody may be told that something is stored. `deadline` (of
        `time.monotonic()`) is when it gives up with `OperationalError`.
        """

    def close(self) -> None:
        """Let go of the connection; the next batch opens another."""


class OrmEngine:
    """Takes everything, on both databases."""

    def store(self, submitted: list[Submission], deadline: float) -> Committed:
        drafts, reactions = _parted(submitted)
        with _cut_off(deadline), transaction.atomic():
            lines = line.lock(each.conversation_id for each in submitted)
            outcomes = store(drafts, lines) + react(reactions, lines)
            announcements = line.close_all(lines.values())
        return Committed(dict(zip([*drafts, *reactions], outcomes, strict=True)), announcements)

    def close(self) -> None:
        connections.close_all()


class StatementEngine:
    """Takes reactions and, but for message requests and slow mode, ordinary drafts: PostgreSQL's.

    What speaks against one draft keeps all drafts of the batch out. The rest is said again: that is
    rare, and quick.
    """

    def __init__(self) -> None:
        self._connection: Connection | None = None

    def store(self, submitted: list[Submission], deadline: float) -> Committed:
        now, (drafts, reactions) = timezone.now(), _parted(submitted)
        said, reacted = Batch(drafts, now), ReactionBatch(reactions, now)
        saying, reacting = _steps(said), reacted.steps()
        results = self._open(deadline).run([_lock(submitted), *saying, *reacting], deadline)
        done, news, end = Committed(), News(), 1 + len(saying)
        if saying:
            _conclude(said, results[1:end], done, news)
        if reacting:
            done.outcomes.update(reacted.outcomes(results[end], results[end + 1], news))
            outbox.send_soon(reacted.jobs(results[end]))
        done.announcements = news.announcements
        return done

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self, deadline: float) -> Connection:
        if self._connection is None or not self._connection.is_alive:
            self.close()
            parameters = {**connection.get_connection_params(), "application_name": "medley writer"}
            parameters["options"] = f"{parameters.get('options', '')} {statement.SETTINGS}"
            prepared = statement.PREPARED | reaction_statement.PREPARED
            self._connection = Connection(parameters, prepared, deadline)
        return self._connection


def _parted(submitted: Iterable[Submission]) -> tuple[list[Draft], list[Reacting]]:
    drafts: list[Draft] = []
    reactions: list[Reacting] = []
    for each in submitted:
        if isinstance(each, Draft):
            drafts.append(each)
        else:
            reactions.append(each)
    return drafts, reactions


def _lock(submitted: Iterable[Submission]) -> Step:
    conversations = {each.conversation_id.int for each in submitted}
    return Step(b"lock", [arrays.uuids(list(conversations))], [BINARY])


def _steps(said: Batch) -> list[Step]:
    if not said.drafts:
        return []
    store_name = b"store_mentions" if said.has_mentions else b"store"
    steps = [Step(store_name, said.values(), batch.STORE_FORMATS)]
    if said.has_jobs:
        steps.append(Step(b"enqueue", said.job_values(), batch.ENQUEUE_FORMATS))
    return steps


def _conclude(said: Batch, results: list[PGresult], done: Committed, news: News) -> None:
    """Read what came of the messages: all of them, or what speaks against some."""
    rows, *jobs = results
    against = said.objections(rows)
    if against:
        done.outcomes.update(_final(against))
        done.again = [draft for draft in said.drafts if draft not in against]
        return
    for written in jobs:
        outbox.send_soon(_jobs(written))
    done.outcomes.update(said.outcomes(rows, news))


def _final(against: dict[Draft, Outcome | None]) -> Outcomes:
    return {draft: no for draft, no in against.items() if no is not None}


def append(draft: Draft) -> Committed:
    """The statement in Django's own transaction, the caller's; no outcome where it is left."""
    line.lock([draft.conversation_id])  # through Django, which begins the transaction with it
    said = Batch([draft], timezone.now())
    pg: PGconn = connection.connection.pgconn
    store_sql = statement.STORE_MENTIONS if said.has_mentions else statement.STORE
    rows = _execute(pg, store_sql, said.values(), batch.STORE_FORMATS)
    if against := said.objections(rows):
        return Committed(_final(against))
    if said.has_jobs:
        jobs = _jobs(_execute(pg, statement.ENQUEUE, said.job_values(), batch.ENQUEUE_FORMATS))
        transaction.on_commit(partial(outbox.send_soon, jobs), robust=True)
    news = News()
    outcomes = said.outcomes(rows, news)
    return Committed(outcomes, news.announcements)


def _execute(pg: PGconn, sql: str, values: list[bytes], formats: list[int]) -> PGresult:
    result = pg.exec_params(sql.encode(), values, param_formats=formats)
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise failure(result)
    return result


def _jobs(rows: PGresult) -> list[OutboxJob]:
    return [batch.job_in(rows, row) for row in range(rows.ntuples)]


@contextmanager
def _cut_off(deadline: float) -> Iterator[None]:
    """Cut Django's connection when the deadline comes: psycopg waits for ever on a server that

    froze. SQLite has a timeout of its own.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    # Of a second descriptor, so that a cut that comes too late cuts nobody else's file.
    line_to_server = socket.socket(fileno=os.dup(connection.connection.fileno()))
    late = threading.Timer(deadline - time.monotonic(), _shut, [line_to_server])
    late.start()
    try:
        yield
    finally:
        late.cancel()
        line_to_server.close()


def _shut(line_to_server: socket.socket) -> None:
    with suppress(OSError):  # it was lost, or let go of, in this moment
        line_to_server.shutdown(socket.SHUT_RDWR)
