"""One search, answered: people, topics, sounds and videos, each as the viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import User
from accounts.words import wanted_in
from videos.models import Sound, Video
from videos.search import engines, spelling
from videos.search.topics import Topic, topics

ALL, VIDEOS, PEOPLE, SOUNDS, TOPICS = "all", "videos", "people", "sounds", "topics"
TABS = (ALL, VIDEOS, PEOPLE, SOUNDS, TOPICS)
LONGEST = 80  # characters of a question
HITS = 300  # captions looked at, the newest: of so many the best are shown
FEW, MANY = 5, 30


@dataclass(frozen=True, slots=True)
class Results:
    """What was found; `mended` is what was looked for instead of what was typed, or empty."""

    people: Sequence[User] = ()
    topics: Sequence[Topic] = ()
    sounds: Sequence[Sound] = ()
    videos: Sequence[Any] = field(default_factory=list)
    mended: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.topics or self.sounds or self.videos)


def find(viewer: Any, question: str, *, tab: str = ALL) -> Results:
    """What answers the question, a few of each or many of one kind.

    Where nothing does, the same with typing errors mended. Raises `ValidationError` (search.tab),
    `Refused` (policy.R30) where a guardian turned the search off.
    """
    if viewer.is_authenticated:
        policy.permit(policy.search(viewer.person))
    if tab not in TABS:
        raise ValidationError(_("There is no such search."), code="search.tab")
    asked = " ".join(question.split())[:LONGEST]
    results = _found(viewer, asked, tab)
    if results.is_empty and (better := spelling.mended(wanted_in(asked.lstrip("@#")))):
        return _found(viewer, " ".join(better), tab, mended=" ".join(better))
    return results


def _found(viewer: Any, asked: str, tab: str, mended: str = "") -> Results:
    bare = asked.lstrip("@#").strip()
    if not bare:
        return Results()

    def count(kind: str, few: int = FEW) -> int:
        return MANY if tab == kind else few if tab == ALL else 0

    return Results(
        people=_people(viewer, bare, count(PEOPLE)) if not asked.startswith("#") else (),
        topics=topics(bare, count(TOPICS)) if count(TOPICS) and not asked.startswith("@") else (),
        sounds=_sounds(viewer, bare, count(SOUNDS)) if asked[0] not in "@#" else (),
        videos=_videos(viewer, asked, count(VIDEOS, MANY)),
        mended=mended,
    )


def _people(viewer: Any, words: str, count: int) -> list[User]:
    """Whose name is it, before whose name begins so, before whose name has it in it."""
    if not count:
        return []
    nearest = Case(
        When(username__iexact=words, then=Value(0)),
        When(Q(username__istartswith=words) | Q(display_name__istartswith=words), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    people = User.objects.visible_to(viewer).matching(words)
    return list(people.order_by(nearest, "username")[:count])


def _sounds(viewer: Any, words: str, count: int) -> list[Sound]:
    if not count:
        return []
    sounds = Sound.objects.visible_to(viewer).saying(words)
    return list(sounds.order_by("-use_count", "-pk")[:count])


def _videos(viewer: Any, asked: str, count: int) -> list[Any]:
    """The most liked of the newest hits, with what is new ahead of what is as liked."""
    if not count:
        return []
    hits = engines.found(wanted_in(asked), HITS)
    shown = Video.objects.visible_to(viewer).published().liked_by(viewer)
    return list(shown.filter(pk__in=hits).order_by("-like_count", "-published_at")[:count])
