"""Reading by statements that are prepared once: where a page asks for the same thing each time, and
Django takes longer to say it than the database to answer."""

from accounts.reading.few import Few
from accounts.reading.prepared import (
    ANY_ID,
    ANY_PLACE,
    ANY_TIME,
    ANY_WORD,
    NOBODY,
    OTHER_ID,
    ByKey,
    Prepared,
)
from accounts.reading.statement import Statement

__all__ = [
    "ANY_ID",
    "ANY_PLACE",
    "ANY_TIME",
    "ANY_WORD",
    "NOBODY",
    "OTHER_ID",
    "ByKey",
    "Few",
    "Prepared",
    "Statement",
]
