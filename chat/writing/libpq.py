"""A PostgreSQL connection that runs prepared statements together: one round trip, one transaction,

one deadline. Through `psycopg.pq`, because a cursor costs more than the rest of a short message.
"""

import select
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import psycopg
from django.db import DataError, IntegrityError, OperationalError
from psycopg import pq
from psycopg.conninfo import make_conninfo
from psycopg.pq.abc import PGconn, PGresult

TEXT, BINARY = 0, 1  # formats of values

_OK = {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}


class Step(NamedTuple):
    """One prepared statement by name, with values in the format (TEXT, BINARY) of each."""

    name: bytes
    values: Sequence[bytes]
    formats: Sequence[int]


def number(rows: PGresult, row: int, column: int) -> int:
    """A whole number of an answer in text; 0 for null."""
    return int(rows.get_value(row, column) or 0)


def failure(result: PGresult) -> Exception:
    """What PostgreSQL says no with: `DataError` and `IntegrityError` are the fault of a row.

    All else (a timeout, no space left, a server that shuts down or only reads) is
    `OperationalError`, for which no sender can be blamed. Each has `sqlstate`.
    """
    state = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
    kind = {"22": DataError, "54": DataError, "23": IntegrityError}.get(state[:2], OperationalError)
    error = kind(result.get_error_message())
    error.sqlstate = state  # type: ignore[attr-defined]
    return error


def _connected(parameters: dict[str, Any], deadline: float) -> PGconn:
    """A new connection, with libpq's own steps: psycopg's takes two seconds to give up at least,
    and a frozen server takes connections without a word."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    wanted = {name: value for name, value in parameters.items() if name in known}
    pg = pq.PGconn.connect_start(make_conninfo(**wanted).encode())
    status: int = pq.PollingStatus.WRITING
    while status != pq.PollingStatus.OK:
        if pg.status == pq.ConnStatus.BAD or status == pq.PollingStatus.FAILED:
            raise OperationalError(pg.get_error_message())
        if not _is_ready(pg.socket, status, deadline):
            pg.finish()
            raise OperationalError("no connection in time")
        status = pg.connect_poll()
    pg.nonblocking = 1
    return pg


def _is_ready(socket: int, status: int, deadline: float) -> bool:
    """Whether libpq may go on before the deadline; the socket changes from host to host."""
    poll = select.poll()
    poll.register(socket, select.POLLIN if status == pq.PollingStatus.READING else select.POLLOUT)
    return bool(poll.poll(max(deadline - time.monotonic(), 0) * 1000))


class Connection:
    """Open from its making until `close()`; after an `OperationalError` it may be of no use."""

    def __init__(
        self, parameters: dict[str, Any], statements: dict[bytes, str], deadline: float
    ) -> None:
        """Connect with psycopg's `parameters` and prepare `statements` by their names.

        `OperationalError` when that fails or takes longer than `deadline` (`time.monotonic()`).
        """
        self._poll = select.poll()
        self._pg = _connected(parameters, deadline)
        self._poll.register(self._pg.socket, select.POLLIN)
        self._pg.enter_pipeline_mode()
        try:
            for name, sql in statements.items():
                self._pg.send_prepare(name, sql.encode())
            self._finish(deadline)
        except (psycopg.Error, TimeoutError) as error:
            self.close()
            raise OperationalError(str(error)) from error

    @property
    def is_alive(self) -> bool:
        """False when the server has said something unasked: that it goes, or nothing that matters
        enough to find out. Asks nobody."""
        self._poll.modify(self._pg.socket, select.POLLIN)
        return self._pg.status == pq.ConnStatus.OK and not self._poll.poll(0)

    def run(self, steps: Sequence[Step], deadline: float) -> list[PGresult]:
        """One result each, once the transaction of all is committed.

        Raises as `failure` says; `OperationalError` also when there is no answer by `deadline`
        (of `time.monotonic()`): then whether it is committed is unknown, and the connection closed.
        """
        try:
            for step in steps:
                self._pg.send_query_prepared(step.name, step.values, step.formats)
            return self._finish(deadline)
        except (psycopg.Error, TimeoutError) as error:
            self.close()
            raise OperationalError(str(error)) from error

    def close(self) -> None:
        """Let go of the connection; nothing is waited for."""
        self._pg.finish()

    def _finish(self, deadline: float) -> list[PGresult]:
        """Send what is under way and read all answers, up to that of the commit."""
        self._pg.pipeline_sync()
        while self._pg.flush():
            self._wait(select.POLLIN | select.POLLOUT, deadline)
        results, error = [], None
        while (result := self._next(deadline)).status != pq.ExecStatus.PIPELINE_SYNC:
            if result.status in _OK:
                results.append(result)
            elif result.status == pq.ExecStatus.FATAL_ERROR:
                error = error or failure(result)
        if error is not None:
            raise error
        return results

    def _next(self, deadline: float) -> PGresult:
        while True:
            while self._pg.is_busy():
                self._wait(select.POLLIN, deadline)
            result = self._pg.get_result()
            if result is not None:
                return result
            if self._pg.status != pq.ConnStatus.OK:
                raise psycopg.OperationalError("the connection is lost")

    def _wait(self, events: int, deadline: float) -> None:
        """Until the socket can be read (then it is) or written; `TimeoutError` at the deadline."""
        self._poll.modify(self._pg.socket, events)
        ready = self._poll.poll(max(deadline - time.monotonic(), 0) * 1000)
        if not ready:
            raise TimeoutError("no answer in time")
        if ready[0][1] & ~select.POLLOUT:
            self._pg.consume_input()
