"""What somebody told the feed, ready to be asked of each candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.words import fold, words_in
from videos.models import Sound, Taste, Video


@dataclass(frozen=True, slots=True)
class Told:
    """Ids as text; words folded; sliders by topic (`Taste.Level`)."""

    unwanted: frozenset[tuple[str, str]] = frozenset()
    sliders: dict[str, int] | None = None
    words: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def by(cls, user: Any) -> "Told":
        """One query."""
        rows = list(Taste.objects.of(user).values_list("kind", "key", "level"))
        none = Taste.Level.NONE
        word, topic = Taste.Kind.WORD, Taste.Kind.TOPIC
        return cls(
            frozenset((kind, key) for kind, key, level in rows if level == none and kind != word),
            {key: level for kind, key, level in rows if kind == topic and level != none},
            tuple(_words(key) for kind, key, _level in rows if kind == word),
        )

    def allows(
        self,
        *,
        video: UUID,
        author: UUID,
        caption: str,
        topics: Sequence[str] = (),
        sound: UUID | None = None,
    ) -> bool:
        """Whether nothing about the video was unwanted, and no muted word stands in it."""
        traits = {("video", str(video)), ("author", str(author)), ("sound", str(sound))}
        traits |= {("topic", topic) for topic in topics}
        return not traits & self.unwanted and not self._says_muted(caption)

    def _says_muted(self, caption: str) -> bool:
        if not self.words:
            return False
        said = _words(caption)
        return any(_stands_in(muted, said) for muted in self.words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_in(text)) or (fold(text),)


def _stands_in(muted: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """As a whole, in order: muting “art” does not mute “party”."""
    length = len(muted)
    return any(said[at : at + length] == muted for at in range(len(said) - length + 1))


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A thing somebody wants none of, as a page shows it; `title` is empty where it is gone."""

    taste: Taste
    title: str


def named(user: Any, tastes: Sequence[Taste]) -> list[Unwanted]:
    """With what they are called, as far as the person may see them: three queries."""
    kinds = {kind: [UUID(t.key) for t in tastes if t.kind == kind] for kind in NAMERS}
    titles: dict[str, dict[str, str]] = {
        kind: namer(user, kinds[kind]) for kind, namer in NAMERS.items()
    }
    return [Unwanted(each, titles.get(each.kind, {}).get(each.key, "")) for each in tastes]


def _videos(user: Any, keys: Sequence[UUID]) -> dict[str, str]:
    shown = Video.objects.watchable_by(user).filter(pk__in=keys).select_related("author")
    return {str(video.pk): f"{video.author.name}: {video.title or '…'}" for video in shown}


def _people(user: Any, keys: Sequence[UUID]) -> dict[str, str]:
    return {str(one.pk): one.name for one in User.objects.visible_to(user).filter(pk__in=keys)}


def _sounds(user: Any, keys: Sequence[UUID]) -> dict[str, str]:
    shown = Sound.objects.visible_to(user).filter(pk__in=keys)
    return {str(sound.pk): str(sound) for sound in shown}


NAMERS = {Taste.Kind.VIDEO: _videos, Taste.Kind.AUTHOR: _people, Taste.Kind.SOUND: _sounds}
