"""The group-commit writer: what many people say, and react with, while one commit is in flight

becomes one commit.

One lazily started thread a process, because a task of the event loop would hang wherever
synchronous code waits for it. Doors call `submit` (or `submit_to` in a loop) and get their answer
after the commit:

- `Stored` when the message is committed, now or when the same `client_id` was first sent;
- `Reacted` when the reaction is as it was wanted, now or before;
- `Refused`, `Conflict`, `ValidationError` or `Http404` when it will never be;
- `Unavailable` when that is unknown: the database was lost or slow. Saying it again is safe.

Everything is answered within `SHED_AFTER + ANSWER_WITHIN` seconds, so that no door needs a timer
of its own. `append` stores inside the caller's own transaction: system lines, Celery jobs, admin.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress
from functools import partial
from typing import Any, overload

from django.db import connection

from accounts import live
from accounts.errors import Unavailable
from chat import events, line, metrics
from chat.refusals import unavailable
from chat.writing import engines
from chat.writing.batch import Committed
from chat.writing.commits import Commits
from chat.writing.drafts import Draft, Outcome, Reacted, Reacting, Stored, Submission
from chat.writing.storing import store

logger = logging.getLogger(__name__)

BATCH = 512
QUEUE_LIMIT = 10_000
SHED_AFTER = 1.5  # seconds a draft may wait before it is turned away instead of stored late
ANSWER_WITHIN = 2.5  # seconds that the database has for a batch
PATIENCE = 10.0  # seconds a synchronous door waits for its answer, should all else fail

Settle = Callable[[Outcome], object]
Answer = tuple[Settle, Outcome]


# What waits, what is called with its outcome, and in which loop (None: in ours).
Entry = tuple[Submission, Settle, asyncio.AbstractEventLoop | None]


def append(draft: Draft) -> Stored:
    """Store one message inside the caller's transaction; announced when that commits."""
    assert connection.in_atomic_block, "append() belongs to a transaction; doors use submit()"
    if connection.vendor == "postgresql" and draft.is_ordinary:
        done = engines.append(draft)
        if draft in done.outcomes:
            line.tell_on_commit(done.announcements)
            return _stored(done.outcomes[draft])
    lines = line.lock([draft.conversation_id])
    stored = _stored(store([draft], lines)[0])
    line.tell_on_commit(line.close_all(lines.values()))
    return stored


def _stored(outcome: Outcome) -> Stored:
    if isinstance(outcome, Exception):
        raise outcome
    assert isinstance(outcome, Stored)
    return outcome


class Writer:
    """A queue and the one thread that empties it."""

    def __init__(self, open_commits: Callable[[], Commits] = Commits) -> None:
        """`open_commits` makes what the thread commits with, each time it starts."""
        self._open_commits = open_commits
        self._queue: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @overload
    def submit(self, submission: Draft) -> futures.Future[Stored]: ...
    @overload
    def submit(self, submission: Reacting) -> futures.Future[Reacted]: ...
    def submit(self, submission: Submission) -> futures.Future[Any]:
        """Queue it; raises `Unavailable` at once when too many wait. Not inside `atomic()`:

        there the writer may wait for the row that the caller holds, and the caller for the writer.
        """
        assert not connection.in_atomic_block, "the writer must not be waited for inside atomic()"
        answer: futures.Future[Any] = futures.Future()
        self._put((submission, partial(_settle, answer), None))
        return answer

    def submit_to(self, submission: Submission, settle: Settle) -> None:
        """The same for the running event loop, where `settle(outcome)` is called, once for sure:

        with all others of the commit in one turn, just before the hub hears its news.
        """
        self._put((submission, settle, asyncio.get_running_loop()))

    @overload
    def save(self, submission: Draft) -> Stored: ...
    @overload
    def save(self, submission: Reacting) -> Reacted: ...
    def save(self, submission: Submission) -> Stored | Reacted:
        """Queue it and wait until it is committed, at most `PATIENCE` seconds."""
        answer: futures.Future[Any] = self.submit(submission)
        try:
            return answer.result(PATIENCE)
        except futures.TimeoutError:
            answer.cancel()
            raise unavailable() from None

    def close(self) -> None:
        """Store what waits, end the thread and give its connections back; what comes next starts
        anew."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    @property
    def waiting(self) -> int:
        """How many wait for the next commit."""
        return self._queue.qsize()

    # --- The thread -----------------------------------------------------------------------------

    def _put(self, entry: Entry) -> None:
        if self._queue.qsize() >= QUEUE_LIMIT:
            raise unavailable()
        if self._thread is None:
            self._start()
        self._queue.put(entry)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        commits = self._open_commits()
        try:
            while batch := self._next_batch():
                if fresh := _shed(batch):
                    _answer_all(fresh, _commit(commits, [entry[0] for entry in fresh]))
        finally:
            commits.close()

    def _next_batch(self) -> list[Entry]:
        """What waits, at least one; empty when the writer is closed. Nobody lingers for company."""
        batch: list[Entry] = []
        entry = self._queue.get()
        while entry is not None:
            batch.append(entry)
            if len(batch) >= BATCH:
                return batch
            try:
                entry = self._queue.get_nowait()
            except queue.Empty:
                return batch
        if batch:
            self._queue.put(None)
        return batch


def _shed(batch: list[Entry]) -> list[Entry]:
    """Turn away what waited too long, now and not after the others' commit; answers the rest."""
    oldest = time.monotonic() - SHED_AFTER
    late = [entry for entry in batch if entry[0].drafted_at < oldest]
    if not late:
        return batch
    _answer_all(late, Committed({entry[0]: unavailable() for entry in late}))
    return [entry for entry in batch if entry[0].drafted_at >= oldest]


def _commit(commits: Commits, submitted: list[Submission]) -> Committed:
    """An outcome for each, whatever happens."""
    metrics.BATCH.observe(len(submitted))
    try:
        done = commits.commit(submitted, time.monotonic() + ANSWER_WITHIN)
    except Exception:
        logger.exception("%d messages unanswered", len(submitted))
        done = Committed()
    for each in submitted:
        if each not in done.outcomes:
            done.outcomes[each] = unavailable()
    return done


def _answer_all(batch: list[Entry], done: Committed) -> None:
    """Call each back in its loop, and tell the news: the hub's own loop does both in one turn."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[Answer]] = {}
    for submission, settle, loop in batch:
        by_loop.setdefault(loop, []).append((settle, done.outcomes[submission]))
    metrics.note_answers((entry[0].drafted_at, done.outcomes[entry[0]]) for entry in batch)
    publishing = live.publishing_loop()
    with_news = by_loop.pop(publishing, [])
    try:
        events.publish_all(done.announcements, partial(_answer, with_news))
    except Exception:  # news may be lost, answers not
        logger.exception("what is committed could not be told")
        by_loop[publishing] = with_news
    for loop, answers in by_loop.items():
        _answer_in(loop, answers)


def _answer_in(loop: asyncio.AbstractEventLoop | None, answers: list[Answer]) -> None:
    if loop is None:
        _answer(answers)
    else:
        with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
            loop.call_soon_threadsafe(_answer, answers)


def _answer(answers: list[Answer]) -> None:
    for settle, outcome in answers:
        try:
            settle(outcome)
        except Exception:
            logger.exception("an answer was not taken")


def _settle(answer: futures.Future[Any], outcome: Outcome) -> None:
    if answer.done():  # whoever waited went away
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)


writer = Writer()
submit, submit_to, save, close = writer.submit, writer.submit_to, writer.save, writer.close

__all__ = [
    "Draft",
    "Reacted",
    "Reacting",
    "Stored",
    "Unavailable",
    "Writer",
    "append",
    "close",
    "save",
    "submit",
    "submit_to",
    "writer",
]
