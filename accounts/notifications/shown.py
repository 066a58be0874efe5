"""Lines as their receiver sees them now: people and things are read anew, with their rights."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Notification, User
from accounts.models.notification import LATEST
from accounts.notifications.kinds import Kind, Target, kinds
from accounts.reading import ByKey


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: `actors` are cards, the latest first, `others` how many more people did it."""

    line: Notification
    kind: Kind
    actors: list[dict[str, Any]]
    target: Target

    @property
    def href(self) -> str:
        """Where it leads: to the thing, else to whoever did it."""
        if self.target.href or not self.actors:
            return self.target.href
        return str(self.actors[0]["url"])

    @property
    def text(self) -> str:
        """The sentence, in the language that is active."""
        return self._sentence({"actor": self.actors[0]["name"] if self.actors else ""})

    @property
    def marked(self) -> SafeString:
        """The same as HTML, the name set apart from words that may run the other way."""
        known = {**self.line.words, **self.target.named}
        named = {name: conditional_escape(word) for name, word in known.items()}
        if self.actors:
            named["actor"] = format_html("<bdi>{}</bdi>", self.actors[0]["name"])
        return mark_safe(self._sentence(named))  # noqa: S308 (every part is escaped above)

    def _sentence(self, named: Mapping[str, Any]) -> str:
        number = max(self.line.actor_count - 1, 0)
        words = self.kind.together if number and self.kind.together else self.kind.alone
        known = {**self.line.words, **self.target.named}
        return str(words % {**known, "number": number, **named})


def shown(user: User, lines: Iterable[Notification]) -> list[Shown]:
    """Those of the lines that are there for the person: not those of people across a block (R15)
    or who left, nor those about what they may not see any more. A query for the people and one
    or two for each kind."""
    known = [(line, kinds()[line.kind]) for line in lines if line.kind in kinds()]
    people = _people(user, [line for line, _kind in known])
    targets = _targets(user, known)
    found = []
    for line, kind in known:
        actors = [people[UUID(key)] for key in line.actors if UUID(key) in people]
        target = targets.get(line.pk)
        if target is not None and (actors or not line.actors):
            found.append(Shown(line, kind, actors, target))
    return found


def card(one: Shown) -> dict[str, Any]:
    """A line on the wire, the same for REST and the socket."""
    return {
        "id": str(one.line.pk),
        "kind": one.line.kind,
        "section": one.kind.section.value,
        "text": one.text,
        "actors": one.actors,
        "count": one.line.actor_count,
        "href": one.href,
        "words": one.target.words,
        "picture": one.target.picture,
        "at": one.line.happened_at.isoformat().replace("+00:00", "Z"),
        "is_read": one.line.is_read,
        "revision": one.line.revision,
    }


def _people(user: User, lines: Iterable[Notification]) -> dict[UUID, dict[str, Any]]:
    people = _visible(user, list({UUID(key) for line in lines for key in line.actors}))
    return {person.pk: {**person.card(), "url": person.get_absolute_url()} for person in people}


# Those of one line, as when it is told.
_visible = ByKey(
    lambda viewer, keys: User.objects.visible_to(viewer).filter(pk__in=keys), LATEST, in_turns=False
)


def _targets(user: User, known: Iterable[tuple[Notification, Kind]]) -> dict[UUID, Target]:
    by_kind: defaultdict[str, list[Notification]] = defaultdict(list)
    for line, kind in known:
        by_kind[kind.name].append(line)
    targets: dict[UUID, Target] = {}
    for name, some in by_kind.items():
        targets |= kinds()[name].targets(user, some)
    return targets
