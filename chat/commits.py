"""Each draft of a batch goes to the engine that takes it; of a batch that fails only the bad row is

refused, and nobody while it is unknown what was stored.
"""

import logging
import time
from collections.abc import Iterator

from django.db import DataError, Error, IntegrityError, connection

from chat.batch import Committed
from chat.drafts import Draft
from chat.engines import Engine, OrmEngine, StatementEngine
from chat.refusals import refused, unavailable

logger = logging.getLogger(__name__)

# Another transaction was quicker: unique violation, serialization failure, deadlock. A second try
# sees what the other did.
OVERTAKEN = {"23505", "40001", "40P01"}


class Commits:
    """The engines of one thread; SQLite has only the ORM."""

    def __init__(self, engines: list[Engine] | None = None) -> None:
        """The last of `engines` takes every draft; without, those of the project's database."""
        if engines is None:
            engines = [StatementEngine()] if connection.vendor == "postgresql" else []
            engines.append(OrmEngine())
        *self._quick, self._last = engines

    def commit(self, drafts: list[Draft], deadline: float) -> Committed:
        """An outcome for each, at the `deadline` (of `time.monotonic()`) at the latest, and what is

        to be told. Never raises.
        """
        done = Committed()
        for engine in self._quick:
            for some in _once_each(_ordinary(drafts)):
                done.add(attempt(engine, some, deadline))
        left = [draft for draft in drafts if draft not in done.outcomes]
        if left:
            done.add(attempt(self._last, left, deadline))
        return done

    def close(self) -> None:
        for engine in (*self._quick, self._last):
            engine.close()


def _ordinary(drafts: list[Draft]) -> list[Draft]:
    """All of the conversations in which every draft is ordinary, so that each keeps its order."""
    others = {draft.conversation_id for draft in drafts if not draft.is_ordinary}
    return [draft for draft in drafts if draft.conversation_id not in others] if others else drafts


def _once_each(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """Cut where somebody says the same again: the second time finds the first one stored."""
    begin = 0
    said: set[tuple[int, int]] = set()
    for place, draft in enumerate(drafts):
        key = (draft.author_id.int, draft.client_id.int)  # type: ignore[union-attr]
        if key in said:
            yield drafts[begin:place]
            begin, said = place, set()
        said.add(key)
    if begin < len(drafts):
        yield drafts[begin:]


def attempt(
    engine: Engine, drafts: list[Draft], deadline: float, *, again: bool = False
) -> Committed:
    """Store `drafts`; one that PostgreSQL rejects, or that cannot be told to it, is refused alone.

    After anything else whether the commit came through is unknown, or there is no reason to blame
    a sender: then all of them hear `Unavailable`, and saying it again settles it.
    """
    if time.monotonic() >= deadline:
        return _unavailable(drafts)
    try:
        return engine.store(drafts, deadline)
    except Exception as error:
        if _sqlstate(error) in OVERTAKEN and not again:
            return attempt(engine, drafts, deadline, again=True)
        if isinstance(error, Error) and not isinstance(error, (DataError, IntegrityError)):
            logger.warning("%d messages unanswered: %s", len(drafts), error)
            _drop(engine)
            return _unavailable(drafts)
        if len(drafts) == 1:
            logger.exception("a message could not be stored")
            return Committed({drafts[0]: refused("message.unstorable")})
    middle = len(drafts) // 2
    done = attempt(engine, drafts[:middle], deadline)
    done.add(attempt(engine, drafts[middle:], deadline))
    return done


def _sqlstate(error: Exception) -> str | None:
    """PostgreSQL's code for it; Django keeps it in the cause."""
    return getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)


def _unavailable(drafts: list[Draft]) -> Committed:
    return Committed({draft: unavailable() for draft in drafts})


def _drop(engine: Engine) -> None:
    try:
        engine.close()
    except Exception as error:
        logger.warning("a lost connection did not close: %s", error)
