"""How each database finds captions: GIN over words on PostgreSQL, FTS5 on SQLite.

On PostgreSQL the newest are walked through first: what is common is found there at once, and only
what is rare is looked up in the index, where there is not much to read.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from videos.models import Findable

WALKED = 5000

_WALK = """
select video_id from (
    select video_id, words from videos_findable order by video_id desc limit %s
) as newest
where {tests}
order by video_id desc
limit %s
"""
_TEST = "' ' || words like %s"
_LOOK_UP = """
select video_id from videos_findable
where array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery
limit %s
"""
_MATCH = "select rowid from videos_findable_words where videos_findable_words match %s"


def found(words: Sequence[str], limit: int) -> list[UUID]:
    """Videos whose caption has a word beginning with each of `words` (folded), newest first."""
    if not words:
        return []
    if connection.vendor == "postgresql":
        return _in_postgres(words, limit)
    return _in_sqlite(words, limit)


def _in_postgres(words: Sequence[str], limit: int) -> list[UUID]:
    tests = " and ".join([_TEST] * len(words))
    likes = [f"% {_escaped(word)}%" for word in words]
    newest = _run(_WALK.format(tests=tests), [WALKED, *likes, limit])
    if len(newest) >= limit:
        return newest
    # Words hold letters and digits only: nothing in them is a sign of the query's.
    query = " & ".join(f"'{word}':*" for word in words)
    return sorted({*newest, *_run(_LOOK_UP, [query, limit])}, reverse=True)[:limit]


def _escaped(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _run(statement: str, values: Sequence[str | int]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _in_sqlite(words: Sequence[str], limit: int) -> list[UUID]:
    expression = " AND ".join(f'"{word}" *' for word in words)
    matching = RawSQL(_MATCH, [expression])  # noqa: S611 (a parameter)
    rows = Findable.objects.filter(id__in=matching).order_by("-video_id")
    return list(rows.values_list("video_id", flat=True)[:limit])
