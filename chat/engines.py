"""What stores a batch of drafts: one statement on PostgreSQL, the ORM for all else."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Protocol

import orjson
from django.db import connection, connections, transaction
from django.utils import timezone
from psycopg import pq
from psycopg.pq.abc import PGconn, PGresult

from accounts import outbox
from accounts.models import OutboxJob
from chat import batch, line, statement
from chat.batch import Batch, Committed
from chat.drafts import Draft
from chat.libpq import Connection, Step, failure
from chat.storing import store


class Engine(Protocol):
    """Stores drafts in one transaction of its own, in one thread."""

    def store(self, drafts: list[Draft], deadline: float) -> Committed:
        """What is committed then; drafts it does not take have no outcome.

        Whatever it raises, nobody may be told that something is stored. `deadline` (of
        `time.monotonic()`) is when it gives up with `OperationalError`.
        """

    def close(self) -> None:
        """Let go of the connection; the next batch opens another."""


class OrmEngine:
    """Takes every draft, on both databases."""

    def store(self, drafts: list[Draft], deadline: float) -> Committed:
        with _cut_off(deadline), transaction.atomic():
            lines = line.lock(draft.conversation_id for draft in drafts)
            outcomes = store(drafts, lines)
            announcements = line.close_all(lines.values())
        return Committed(dict(zip(drafts, outcomes, strict=True)), announcements)

    def close(self) -> None:
        connections.close_all()


class StatementEngine:
    """Takes ordinary drafts on PostgreSQL, but those of message requests and in slow mode."""

    def __init__(self) -> None:
        self._connection: Connection | None = None

    def store(self, drafts: list[Draft], deadline: float) -> Committed:
        done = Committed()
        while drafts:
            said = Batch(drafts, timezone.now())
            _locked, rows, *jobs = self._open().run(_steps(said), deadline)
            against = said.objections(rows)
            if not against:
                for written in jobs:
                    outbox.send_soon(_jobs(written))
                done.add(said.committed(rows))
                break
            # Nothing was stored. The rest is said again: that is rare, and quick.
            done.outcomes |= {draft: no for draft, no in against.items() if no is not None}
            drafts = [draft for draft in drafts if draft not in against]
        return done

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection:
        if self._connection is None or not self._connection.is_alive:
            self.close()
            parameters = {**connection.get_connection_params(), "application_name": "medley writer"}
            parameters["options"] = f"{parameters.get('options', '')} {statement.SETTINGS}"
            self._connection = Connection(parameters, statement.PREPARED)
        return self._connection


def _steps(said: Batch) -> list[Step]:
    store_name = b"store_mentions" if said.has_mentions else b"store"
    steps = [
        Step(b"lock", [said.conversations], batch.LOCK_FORMATS),
        Step(store_name, said.values(), batch.STORE_FORMATS),
    ]
    if said.has_jobs:
        steps.append(Step(b"enqueue", said.job_values(), batch.ENQUEUE_FORMATS))
    return steps


def append(draft: Draft) -> Committed:
    """The statement in Django's own transaction, the caller's; no outcome where it is left."""
    line.lock([draft.conversation_id])  # through Django, which begins the transaction with it
    said = Batch([draft], timezone.now())
    pg: PGconn = connection.connection.pgconn
    store_sql = statement.STORE_MENTIONS if said.has_mentions else statement.STORE
    rows = _execute(pg, store_sql, said.values(), batch.STORE_FORMATS)
    if against := said.objections(rows):
        return Committed({draft: no for draft, no in against.items() if no is not None})
    if said.has_jobs:
        jobs = _jobs(_execute(pg, statement.ENQUEUE, said.job_values(), batch.ENQUEUE_FORMATS))
        transaction.on_commit(partial(outbox.send_soon, jobs), robust=True)
    return said.committed(rows)


def _execute(pg: PGconn, sql: str, values: list[bytes], formats: list[int]) -> PGresult:
    result = pg.exec_params(sql.encode(), values, param_formats=formats)
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise failure(result)
    return result


def _jobs(rows: PGresult) -> list[OutboxJob]:
    return [
        OutboxJob(
            pk=int(rows.get_value(row, 0) or 0),
            task=(rows.get_value(row, 1) or b"").decode(),
            arguments=orjson.loads(rows.get_value(row, 2) or b"{}"),
        )
        for row in range(rows.ntuples)
    ]


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
