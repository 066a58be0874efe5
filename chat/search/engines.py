"""How each database finds messages: GIN over words on PostgreSQL, FTS5 on SQLite (sqlite.py).

On PostgreSQL what was said lately is walked through first. Whatever is common in somebody's
conversations is found there at once; only what is rare is looked up in the index, and then there is
not much to read. Measured with 3 million messages and somebody in 500 conversations who has seen
420,000 of them: a walk takes 10 ms, the index 5 to 20 ms, and the index alone up to a second for a
word that stands in every other message.

The index knows words by their beginning. What stands inside of one (`cert` in `concert`) is looked
for in the walk alone, among some twenty thousand messages that were said last: an index of all
pieces of words would be several times as large as the messages, in every conversation anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from chat.search.looked import Hit, Looked, Place
from chat.search.sqlite import find_in_sqlite
from chat.search.words import key_of

Asked = dict[str, Any]


class Engine(Protocol):
    """Finds the newest `limit` messages in these places."""

    def __call__(self, looked: Looked, places: Sequence[Place]) -> list[Hit]: ...


WALKED = 3000  # messages, and each time twice as many as before
LIVELIEST = 40  # conversations
FEWEST = 8  # messages of each
WALKS = 3
LAST = 2**62  # an id behind all that were said in one moment
NOBODY = UUID(int=0)

# Rows are compared as a whole, so that the planner follows the index: it thinks little is said in
# most conversations, and would rather sort all of it. How far back all was read stands apart: else
# it is worked out again for every message that is found, a second for two common words.
_WALK = """
with walked as materialized (
    select recent.*, place.key, row_number() over (
        partition by recent.conversation_id order by said_at desc, id desc
    ) as number
    from unnest(%(conversations)s::uuid[], %(seqs)s::bigint[], %(keys)s::text[])
        as place (conversation, from_seq, key)
    cross join lateral (
        select conversation_id, message_id, author_id, said_at, id, words
        from chat_searchable
        where (conversation_id, said_at, id) < (place.conversation, %(until)s, %(before)s)
            and (conversation_id, said_at, id) > (place.conversation, %(since)s, 0)
            and seq > place.from_seq
        order by conversation_id desc, said_at desc, id desc
        limit %(each)s
    ) as recent
),
back as materialized (
    select greatest(%(floor)s, max(said_at) filter (where number = %(each)s)) as reached
    from walked
)
select said_at, id, message_id, nullif(reached, '-infinity')
from back left join walked on said_at > reached
    and author_id <> all(%(hidden)s::uuid[])
    and {tests}
order by said_at desc, id desc
limit %(limit)s
"""
_TEST = "' ' || words || ' ' like '%%%% ' || key || %(test{})s"
# The first tells most messages apart, and costs a tenth of the second.
_INSIDE = "words like %(part{0})s and words ~ %(test{0})s"

# Each conversation's newest alone, so that of nobody more is read than a page shows.
_LOOK_UP = """
select said_at, id, message_id
from unnest(%(conversations)s::uuid[], %(seqs)s::bigint[], %(queries)s::text[])
    as place (conversation, from_seq, query)
cross join lateral (
    select conversation_id, message_id, said_at, id
    from chat_searchable
    where array_to_tsvector(string_to_array(words, ' ')) @@ place.query::tsquery
        and seq > place.from_seq
        and (said_at, id) < (%(until)s, %(before)s)
        and said_at >= %(since)s
        and author_id <> all(%(hidden)s::uuid[])
    order by said_at desc, id desc
    limit %(limit)s
) as found
where conversation_id = place.conversation
order by said_at desc, id desc
limit %(limit)s
"""


def find_in_postgres(looked: Looked, places: Sequence[Place]) -> list[Hit]:
    """Four queries at most, however many places; `places` with the liveliest first."""
    found: list[Hit] = []
    for walk in range(WALKS):
        hits, reached = _walk_back(looked, places, WALKED << walk)
        found += hits
        if len(found) >= looked.limit or reached is None:
            return found[: looked.limit]
        looked = replace(looked, before=Hit(reached, LAST, NOBODY))
        if not (hits or looked.is_inside):
            break
    if looked.is_inside:
        return found
    rest = _run(_LOOK_UP, _asked(looked, places) | {"queries": _queries(looked, places)})
    return [*found, *(Hit(*row) for row in rest)][: looked.limit]


def _walk_back(
    looked: Looked, places: Sequence[Place], count: int
) -> tuple[list[Hit], datetime | None]:
    """What is found among the newest `count` messages, and up to where nothing was left out: None
    where all was read."""
    walked = _nearest(places, looked)
    asked = _walking(looked, places, walked, count)
    rows = _run(_WALK.format(tests=_tests(looked)), asked)
    # Where nothing is found a row says so, and how far back that was looked for.
    return [Hit(*row[:3]) for row in rows if row[0] is not None], rows[0][3]


def _nearest(places: Sequence[Place], looked: Looked) -> Sequence[Place]:
    """Where something may have been said just before the moment from which on is searched: all
    that were alive then, and those that came to rest last."""
    until = min(filter(None, (looked.until, looked.before and looked.before.said_at)), default=None)
    alive = sum(until is not None and place.active_at >= until for place in places)
    return places[: alive + LIVELIEST]


def _run(statement: str, asked: Asked) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()


def _asked(looked: Looked, places: Sequence[Place]) -> Asked:
    before = looked.before
    until = min(filter(None, (looked.until, before and before.said_at)), default="infinity")
    is_within = before is not None and until == before.said_at
    return {
        "conversations": [place.conversation_id for place in places],
        "seqs": [place.from_seq for place in places],
        "until": until,
        "before": before.id if before and is_within else 0,
        "since": looked.since or "-infinity",
        "hidden": list(looked.hidden),
        "limit": looked.limit,
    }


def _walking(looked: Looked, places: Sequence[Place], walked: Sequence[Place], count: int) -> Asked:
    left_out = places[len(walked) :]
    return {
        **_asked(looked, walked),
        **_tested(looked),
        "keys": [key_of(place.conversation_id) for place in walked],
        "each": max(FEWEST, count // max(len(walked), 1)),
        # What is older than this may have been said elsewhere, too.
        "floor": left_out[0].active_at if left_out else "-infinity",
    }


def _tests(looked: Looked) -> str:
    test = _INSIDE if looked.is_inside else _TEST
    count = len(looked.words) + len(looked.marks)
    return " and ".join(test.format(number) for number in range(count))


def _tested(looked: Looked) -> Asked:
    """What the tests compare with, by name."""
    if looked.is_inside:
        wanted = [*looked.words, *looked.marks]
        parts = {f"part{n}": f"%{_like(each)}%" for n, each in enumerate(wanted)}
        return parts | {f"test{n}": each for n, each in enumerate(looked.patterns)}
    tests = [_like(word) + "%" for word in looked.words]
    tests += [_like(mark) + " %" for mark in looked.marks]
    return {f"test{n}": test for n, test in enumerate(tests)}


def _like(word: str) -> str:
    return word.replace("_", r"\_")


def _queries(looked: Looked, places: Sequence[Place]) -> list[str]:
    """In PostgreSQL's own notation: words hold letters and digits only, and need no escaping."""

    def query(key: str) -> str:
        words = [f"'{key}{word}':*" for word in looked.words]
        return " & ".join(words + [f"'{key}{mark}'" for mark in looked.marks])

    return [query(key_of(place.conversation_id)) for place in places]


def engine() -> Engine:
    """That of the database in use."""
    return find_in_postgres if connection.vendor == "postgresql" else find_in_sqlite
