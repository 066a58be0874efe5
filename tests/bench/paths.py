"""The addresses that are asked for: pages, their REST twins, and searches of every kind."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, cycle

from tests.bench.archive import GROUPS, PEOPLE, Archive

Path = Callable[[Archive], Iterator[str]]

SEARCH = "/api/v1/search/messages/?"
EVERYDAY = 50  # words that stand in every few messages
KNOWN = 3_500  # people who share a conversation with the member, most of them


def open_pages(archive: Archive) -> Iterator[str]:
    return cycle(f"/chat/{each}/" for each in archive.conversations)


def open_by_rest(archive: Archive) -> Iterator[str]:
    return cycle(f"/api/v1/conversations/{each}/messages/" for each in archive.conversations)


def inbox_pages(archive: Archive) -> Iterator[str]:
    return cycle(["/inbox/"])


def inbox_by_rest(archive: Archive) -> Iterator[str]:
    return cycle(["/api/v1/conversations/"])


def searches(archive: Archive) -> Iterator[str]:
    """Words from everyday ones to rare ones, two of three alone, every third with another."""
    words = archive.words
    for n in count():
        alone = f"{SEARCH}q={words[n * 7 % len(words)]}"
        yield f"{alone}+{words[n * 13 % 200]}" if n % 3 == 2 else alone


def of_two_words(archive: Archive) -> Iterator[str]:
    """Two that stand in every few messages."""
    return (f"{SEARCH}q={_everyday(archive, n)}+{_everyday(archive, n * 7 + 3)}" for n in count())


def of_three_words(archive: Archive) -> Iterator[str]:
    """Three that stand in every few messages: seldom in one."""
    for n in count():
        words = (_everyday(archive, each) for each in (n, n * 7 + 3, n * 11 + 5))
        yield f"{SEARCH}q={'+'.join(words)}"


def inside_of_words(archive: Archive) -> Iterator[str]:
    """What stands in the middle of some words, and at the beginning of none."""
    return (f"{SEARCH}q={100 + n * 7 % 700}" for n in count())


def of_rare_words(archive: Archive) -> Iterator[str]:
    """Words that few messages hold, and every fourth one that none does."""
    rare = archive.words[-1000:]
    return (f"{SEARCH}q={rare[n % 1000] if n % 4 else f'nowhere{n}'}" for n in count())


def of_a_person(archive: Archive) -> Iterator[str]:
    """All that one person said, and every second time with a word."""
    for n in count():
        person = f"{SEARCH}author=someone{1 + n * 37 % (KNOWN if n % 3 else PEOPLE)}"
        yield f"{person}&q={_everyday(archive, n)}" if n % 2 else person


def of_a_kind(archive: Archive) -> Iterator[str]:
    """Photos, links, voice messages (there are none); every second time with a word."""
    for n in count():
        kind = f"{SEARCH}kind={('photo', 'link', 'voice')[n % 3]}"
        yield f"{kind}&q={archive.words[n * 7 % len(archive.words)]}" if n % 2 else kind


def of_dates(archive: Archive) -> Iterator[str]:
    """An everyday word in a week that is long ago."""
    for n in count():
        day = date.today() - timedelta(days=10 + n % 200)
        between = f"since={day - timedelta(days=7)}&until={day}"
        yield f"{SEARCH}q={_everyday(archive, n)}&{between}"


def in_a_group(archive: Archive) -> Iterator[str]:
    """In one of the largest groups, everyday and rare words by turns."""
    for n in count():
        word = archive.words[-1 - n % 1000] if n % 2 else _everyday(archive, n)
        yield f"{SEARCH}q={word}&conversation={archive.conversations[n % GROUPS[0][0]]}"


def _everyday(archive: Archive, n: int) -> str:
    return archive.words[n % EVERYDAY]


PATHS: dict[str, Path] = {
    "open": open_pages,
    "open_api": open_by_rest,
    "inbox": inbox_pages,
    "inbox_api": inbox_by_rest,
    "search": searches,
    "search_two": of_two_words,
    "search_three": of_three_words,
    "search_inside": inside_of_words,
    "search_rare": of_rare_words,
    "search_person": of_a_person,
    "search_kind": of_a_kind,
    "search_dates": of_dates,
    "search_group": in_a_group,
}
