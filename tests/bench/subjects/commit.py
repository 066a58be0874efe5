"""One PostgreSQL commit: what storing a message costs when nothing else is done."""

import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import psycopg

from tests.bench import cores
from tests.bench.cases import COMMIT, Case
from tests.bench.figures import percentile
from tests.bench.measuring import Run, Subject, Timing
from tests.bench.stack import Stack
from tests.bench.websocket import BODY

# The columns and indexes that a message costs Medley.
TABLES = """
    CREATE TABLE conversation (
        id uuid PRIMARY KEY, last_seq bigint NOT NULL, revision bigint NOT NULL
    );
    CREATE TABLE message (
        id uuid PRIMARY KEY, conversation uuid NOT NULL REFERENCES conversation,
        seq bigint NOT NULL, revision bigint NOT NULL, author uuid NOT NULL,
        client_id uuid NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL,
        UNIQUE (conversation, seq), UNIQUE (author, client_id)
    );
    CREATE INDEX ON message (conversation, revision);
"""
STORE = """
    WITH line AS (
        UPDATE conversation SET last_seq = last_seq + 1, revision = revision + 1
        WHERE id = %(conversation)s RETURNING last_seq, revision
    )
    INSERT INTO message
    SELECT %(id)s, %(conversation)s, last_seq, revision, %(author)s, %(client_id)s, %(body)s, now()
    FROM line
"""


class Commit(Subject):
    """A plain psycopg client on the servers' core, one statement and commit at a time."""

    name = "postgresql-commit"
    cases = (COMMIT.name, "rate-20", "rate-100")

    def measure(self, stack: Stack, case: Case, timing: Timing) -> Run:
        """At the case's rate, or one after the other without a pause."""
        address = stack.database_url(stack.new_database("commits"))
        with (
            cores.on(cores.SERVER),
            psycopg.connect(address, autocommit=True, prepare_threshold=1) as connection,
        ):
            connection.execute(TABLES)
            conversation = uuid4()
            connection.execute("INSERT INTO conversation VALUES (%s, 0, 0)", [conversation])
            store = _store(connection, conversation)
            list(_timed(store, case.rate, timing.warm_up))
            taken = list(_timed(store, case.rate, timing.seconds))
        figures = {"p50_ms": percentile(taken, 0.5) * 1e3, "p99_ms": percentile(taken, 0.99) * 1e3}
        return Run(figures if case.rate else figures | {"commits_per_s": len(taken) / sum(taken)})


def _store(connection: psycopg.Connection, conversation: UUID) -> Callable[[], None]:
    """What stores one more message, committed when it returns."""
    author = uuid4()

    def store() -> None:
        named = {"conversation": conversation, "author": author, "body": BODY}
        connection.execute(STORE, named | {"id": uuid4(), "client_id": uuid4()})

    return store


def _timed(store: Callable[[], None], rate: float, seconds: float) -> Iterator[float]:
    """Seconds each store took, for so long."""
    began = time.perf_counter()
    due, until = began, began + seconds
    while (now := time.perf_counter()) < until:
        if now < due:
            time.sleep(due - now)
            now = time.perf_counter()
        store()
        yield time.perf_counter() - now
        due += 1 / rate if rate else 0
