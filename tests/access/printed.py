"""Every table of access as `make matrix` prints it: a line for each route and command."""

from collections.abc import Iterator

from tests.access import (
    conversation_routes,
    conversations,
    film_routes,
    films,
    people,
    people_routes,
    site,
    site_routes,
)
from tests.access.tables import WORDS, rows_of

TABLES = (
    ("Conversations", conversations.WHO, conversation_routes.ROUTES),
    ("Conversations, on the socket", conversations.WHO, conversation_routes.COMMANDS),
    ("People", people.WHO, people_routes.ROUTES),
    ("Videos", films.WHO, film_routes.ROUTES),
    ("A video for friends", films.WHO, film_routes.FOR_FRIENDS),
    ("The site", site.WHO, site_routes.ROUTES),
)


def lines() -> Iterator[str]:
    """The signs in words, then each table under the names of who knocks."""
    yield ", ".join(f"{sign} {word}" for sign, word in WORDS.items())
    for title, who, table in TABLES:
        yield f"\n{title}: {', '.join(who)}"
        for row, audience in rows_of(table, who).items():
            yield f"  {' '.join(audience)}  {row}"
