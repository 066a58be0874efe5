"""The group-commit writer: what many people say while one commit is in flight becomes one commit.

One lazily started thread a process, because a task of the event loop would hang wherever
synchronous code waits for it. Doors call `submit` (or `submit_async` in a loop) and get their
answer after the commit:

- `Stored` when the message is committed, now or when the same `client_id` was first sent;
- `Refused`, `Conflict`, `ValidationError` or `Http404` when it will never be;
- `Unavailable` when that is unknown: the database was lost or slow. Saying it again is safe.

`append` does the same inside the caller's own transaction: system lines, Celery jobs, admin.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from concurrent import futures

from django.db import InterfaceError, OperationalError, connection, connections, transaction

from accounts.errors import Unavailable
from chat import line
from chat.drafts import Draft, Stored
from chat.refusals import refused, unavailable
from chat.storing import Outcome, store

logger = logging.getLogger(__name__)

BATCH = 512
QUEUE_LIMIT = 10_000
SHED_AFTER = 5.0  # seconds a draft may wait before it is turned away instead of stored late
PATIENCE = 10.0  # seconds a synchronous door waits for its answer

Answer = futures.Future[Stored] | asyncio.Future[Stored]


def commit(drafts: list[Draft]) -> list[Outcome]:
    """Store these in one transaction and answer each, in order. The part that issue 3 replaces."""
    with transaction.atomic():
        lines = line.lock(draft.conversation_id for draft in drafts)
        outcomes = store(drafts, lines)
        line.close_all(lines.values())
    return outcomes


def append(draft: Draft) -> Stored:
    """Store one message inside the caller's transaction; announced when that commits."""
    assert connection.in_atomic_block, "append() belongs to a transaction; doors use submit()"
    lines = line.lock([draft.conversation_id])
    outcome = store([draft], lines)[0]
    if isinstance(outcome, Exception):
        raise outcome
    line.close_all(lines.values())
    return outcome


class Writer:
    """A queue and the one thread that empties it."""

    def __init__(self, commit: Callable[[list[Draft]], list[Outcome]]) -> None:
        self._commit = commit
        self._queue: queue.SimpleQueue[tuple[Draft, Answer] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def submit(self, draft: Draft) -> futures.Future[Stored]:
        """Queue `draft`; raises `Unavailable` at once when too many wait. Not inside `atomic()`:

        there the writer may wait for the row that the caller holds, and the caller for the writer.
        """
        assert not connection.in_atomic_block, "the writer must not be waited for inside atomic()"
        answer: futures.Future[Stored] = futures.Future()
        self._put(draft, answer)
        return answer

    def submit_async(self, draft: Draft) -> asyncio.Future[Stored]:
        """The same for the running event loop; touches neither the database nor a thread."""
        answer: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._put(draft, answer)
        return answer

    def submit_to(self, draft: Draft, settle: Callable[[Outcome], None]) -> None:
        """Queue `draft`; `settle` is called in the running loop with what came of it."""

        def answered(answer: asyncio.Future[Stored]) -> None:
            error = answer.exception()
            settle(error if isinstance(error, Exception) else answer.result())

        self.submit_async(draft).add_done_callback(answered)

    def save(self, draft: Draft) -> Stored:
        """Queue `draft` and wait until it is committed, at most `PATIENCE` seconds."""
        answer = self.submit(draft)
        try:
            return answer.result(PATIENCE)
        except futures.TimeoutError:
            answer.cancel()
            raise unavailable() from None

    async def save_async(self, draft: Draft) -> Stored:
        """Queue `draft` and await its commit, at most `PATIENCE` seconds."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.submit_async(draft)
        except TimeoutError:
            raise unavailable() from None

    def close(self) -> None:
        """Store what waits, end the thread and give its connection back; the next draft starts
        anew."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _put(self, draft: Draft, answer: Answer) -> None:
        if self._queue.qsize() >= QUEUE_LIMIT:
            raise unavailable()
        if self._thread is None:
            self._start()
        self._queue.put((draft, answer))

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while batch := self._next_batch():
                self._settle(batch, self._outcomes([draft for draft, _answer in batch]))
        finally:
            connections.close_all()

    def _next_batch(self) -> list[tuple[Draft, Answer]]:
        """What waits, at least one; empty when the writer is closed. Nobody lingers for company."""
        batch: list[tuple[Draft, Answer]] = []
        entry = self._queue.get()
        while entry is not None:
            if not entry[1].cancelled():
                batch.append(entry)
            if len(batch) >= BATCH:
                return batch
            try:
                entry = self._queue.get(block=not batch)
            except queue.Empty:
                return batch
        if batch:
            self._queue.put(None)
        return batch

    def _outcomes(self, drafts: list[Draft]) -> list[Outcome]:
        oldest = time.monotonic() - SHED_AFTER
        fresh = [draft for draft in drafts if draft.drafted_at >= oldest]
        outcomes = dict(zip((draft.id for draft in fresh), self._stored(fresh), strict=True))
        return [outcomes.get(draft.id) or unavailable() for draft in drafts]

    def _stored(self, drafts: list[Draft]) -> list[Outcome]:
        if not drafts:
            return []
        try:
            return self._commit(drafts)
        except (OperationalError, InterfaceError) as error:
            # The commit may or may not have happened: neither an ack nor a refusal would be true.
            logger.warning("%d messages unanswered: %s", len(drafts), error)
            _drop_connection()
            return [unavailable() for _draft in drafts]
        except Exception:
            if len(drafts) > 1:
                return [outcome for draft in drafts for outcome in self._stored([draft])]
            logger.exception("a message could not be stored")
            return [refused("message.unstorable")]

    @staticmethod
    def _settle(batch: list[tuple[Draft, Answer]], outcomes: list[Outcome]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Answer, Outcome]]] = {}
        for (_draft, answer), outcome in zip(batch, outcomes, strict=True):
            if isinstance(answer, asyncio.Future):
                by_loop.setdefault(answer.get_loop(), []).append((answer, outcome))
            elif answer.set_running_or_notify_cancel():
                _answer([(answer, outcome)])
        for loop, answers in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_answer, answers)


def _answer(answers: Iterable[tuple[Answer, Outcome]]) -> None:
    for answer, outcome in answers:
        if answer.done():
            continue
        if isinstance(outcome, Exception):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)


def _drop_connection() -> None:
    try:
        connection.close()
    except Exception as error:
        logger.warning("a lost connection did not close: %s", error)


writer = Writer(commit)
submit, submit_to, submit_async, save, save_async, close = (
    writer.submit,
    writer.submit_to,
    writer.submit_async,
    writer.save,
    writer.save_async,
    writer.close,
)

__all__ = [
    "Draft",
    "Stored",
    "Unavailable",
    "Writer",
    "append",
    "close",
    "commit",
    "save",
    "save_async",
    "submit",
    "submit_async",
    "submit_to",
    "writer",
]
