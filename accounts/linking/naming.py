"""How words name topics (#slow) and people (@ana), and who is meant by a name."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User

Card = dict[str, Any]

# Letters, digits and underscore of any script; a tag of digits alone is a number, not a topic.
HASHTAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d_])(\w{1,60})")
# What a mention looks like; keep both like static/js/lib/linkify.js.
NAMED = re.compile(r"(?<![\w@./])@([A-Za-z0-9._]{1,30})")

MOST_NAMED = 20  # people, by one text


def names_in(words: str) -> list[str]:
    """The names in the words, lower case, each once, in order."""
    if "@" not in words:
        return []
    return list(dict.fromkeys(name.rstrip(".").lower() for name in NAMED.findall(words)))


def read_names(words: str, cards: Sequence[Card]) -> dict[str, Card]:
    """Which name in the words means which of those mentioned, by lower-case name.

    Whoever has another username since is meant by a name that nobody has, where as many names as
    people are left over. Keep like static/js/talk/mentions.js.
    """
    names = names_in(words)
    now = {card["username"].lower(): card for card in cards}
    found = {name: now[name] for name in names if name in now}
    names_left = [name for name in names if name not in found]
    people_left = [card for name, card in now.items() if name not in found]
    if len(names_left) == len(people_left):
        found |= dict(zip(names_left, people_left, strict=True))
    return found


def people_named(words: str, among: Any = None) -> list[User]:
    """The people (a set of them, else all active ones) whose names stand in the words, the first
    `MOST_NAMED`; one query, or none."""
    names = names_in(words)[:MOST_NAMED]
    return list(_of_names(names, among=among)) if names else []


def people_of(texts: Iterable[tuple[str, Sequence[UUID | str] | None]]) -> list[list[Card]]:
    """For each text the cards of those it names: by the ids kept beside it (they follow every other
    name that somebody takes), or (None) by the names as they stand. One query, however many texts,
    and none where nobody is named."""
    texts = [(words, ids) if "@" in words else ("", ()) for words, ids in texts]
    ids = {str(who) for _words, kept in texts for who in kept or ()}
    names = {name for words, kept in texts if kept is None for name in names_in(words)[:MOST_NAMED]}
    if not (ids or names):
        return [[] for _text in texts]
    people = list(_of_names(names, ids))
    by_id = {str(person.pk): person.card() for person in people}
    by_name = {person.username.lower(): person.card() for person in people}
    return [
        _known(by_name, names_in(words)) if kept is None else _known(by_id, map(str, kept))
        for words, kept in texts
    ]


def _of_names(names: Iterable[str], ids: Iterable[str] = (), *, among: Any = None) -> Any:
    people = User.objects.active() if among is None else among
    meant = Q(_lower__in=list(names)) | Q(pk__in=list(ids))
    return people.alias(_lower=Lower("username")).filter(meant)


def _known(cards: dict[str, Card], keys: Iterable[str]) -> list[Card]:
    return [cards[key] for key in keys if key in cards]
