"""All of a batch goes to the engine that takes it; of a batch that fails only the bad row is

refused, and nobody while it is unknown what was stored.
"""

import logging
import time
from collections.abc import Iterator, Sequence

from django.db import DataError, Error, IntegrityError, connection

from chat.refusals import refused, unavailable
from chat.writing.batch import Committed
from chat.writing.drafts import Draft, Submission
from chat.writing.engines import Engine, OrmEngine, StatementEngine

logger = logging.getLogger(__name__)

# Another transaction was quicker: unique violation, serialization failure, deadlock. A second try
# sees what the other did.
OVERTAKEN = {"23505", "40001", "40P01"}


class Commits:
    """The engines of one thread; SQLite has only the ORM."""

    def __init__(self, engines: list[Engine] | None = None) -> None:
        """The last of `engines` takes everything; without, those of the project's database."""
        if engines is None:
            engines = [StatementEngine()] if connection.vendor == "postgresql" else []
            engines.append(OrmEngine())
        *self._quick, self._last = engines

    def commit(self, submitted: Sequence[Submission], deadline: float) -> Committed:
        """An outcome for each, at the `deadline` (of `time.monotonic()`) at the latest, and what is

        to be told. Never raises.
        """
        done = Committed()
        for engine in self._quick:
            for some in _once_each(_ordinary(submitted)):
                done.add(attempt(engine, some, deadline))
        left = [each for each in submitted if each not in done.outcomes]
        if left:
            done.add(attempt(self._last, left, deadline))
        return done

    def close(self) -> None:
        for engine in (*self._quick, self._last):
            engine.close()


def _ordinary(submitted: Sequence[Submission]) -> Sequence[Submission]:
    """All of the conversations in which everything is ordinary, so that each keeps its order."""
    others = {each.conversation_id for each in submitted if not each.is_ordinary}
    if not others:
        return submitted
    return [each for each in submitted if each.conversation_id not in others]


def _once_each(submitted: Sequence[Submission]) -> Iterator[list[Submission]]:
    """Cut where somebody says the same again, or takes back what they just said."""
    some: list[Submission] = []
    keys: set[tuple[object, ...]] = set()
    for each in submitted:
        key = each.key
        if key in keys:
            yield some
            some, keys = [], set()
        some.append(each)
        keys.add(key)
    if some:
        yield some


def attempt(
    engine: Engine, submitted: list[Submission], deadline: float, *, again: bool = False
) -> Committed:
    """Store what is `submitted`; one that PostgreSQL rejects, or that cannot be told to it, is

    refused alone.

    After anything else whether the commit came through is unknown, or there is no reason to blame
    a sender: then all of them hear `Unavailable`, and saying it again settles it.
    """
    if time.monotonic() >= deadline:
        return _unavailable(submitted)
    try:
        done = engine.store(submitted, deadline)
    except Exception as error:
        if _sqlstate(error) in OVERTAKEN and not again:
            return attempt(engine, submitted, deadline, again=True)
        if isinstance(error, Error) and not isinstance(error, (DataError, IntegrityError)):
            logger.warning("%d messages unanswered: %s", len(submitted), error)
            _drop(engine)
            return _unavailable(submitted)
        if len(submitted) == 1:
            logger.exception("a message could not be stored", extra={"about": _which(submitted[0])})
            return Committed({submitted[0]: refused("message.unstorable")})
        return _halved(engine, submitted, deadline)
    if done.again:
        done.add(attempt(engine, done.again, deadline))
    return done


def _which(submission: Submission) -> dict[str, str]:
    """For the log."""
    which = {"conversation": str(submission.conversation_id)}
    if isinstance(submission, Draft):
        which["message"] = str(submission.id)
    return which


def _halved(engine: Engine, submitted: list[Submission], deadline: float) -> Committed:
    middle = len(submitted) // 2
    done = attempt(engine, submitted[:middle], deadline)
    done.add(attempt(engine, submitted[middle:], deadline))
    return done


def _sqlstate(error: Exception) -> str | None:
    """PostgreSQL's code for it; Django keeps it in the cause."""
    return getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)


def _unavailable(submitted: list[Submission]) -> Committed:
    return Committed({each: unavailable() for each in submitted})


def _drop(engine: Engine) -> None:
    try:
        engine.close()
    except Exception as error:
        logger.warning("a lost connection did not close: %s", error)
