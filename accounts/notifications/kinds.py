"""The kinds of things that people are told of; each app registers its own when it is ready."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.policy.regions import APP, COMMENTS, MESSAGES, SHOP, VIDEOS

if TYPE_CHECKING:
    from accounts.models import User


class Section(models.TextChoices):
    """The list's filters."""

    FOLLOWS = "follows", _("Follows")
    LIKES = "likes", _("Likes")
    COMMENTS = "comments", _("Comments")
    MENTIONS = "mentions", _("Mentions")
    VIDEOS = "videos", _("Your videos")
    CONVERSATIONS = "conversations", _("Conversations")
    SHOP = "shop", _("Shop")
    ACCOUNT = "account", pgettext_lazy("notifications", "Account")


# What the things told of in each belong to (R45); one's account is no feature.
_FEATURES = {
    Section.FOLLOWS: APP,
    Section.LIKES: VIDEOS,
    Section.COMMENTS: COMMENTS,
    Section.MENTIONS: VIDEOS,
    Section.VIDEOS: VIDEOS,
    Section.CONVERSATIONS: MESSAGES,
    Section.SHOP: SHOP,
}


class Channel(models.TextChoices):
    """The ways in which somebody can be told."""

    IN_APP = "in_app", _("In Medley")
    PUSH = "push", _("On your devices")
    MAIL = "mail", _("By mail")


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that happened: who did it (nobody, where the platform did) to what. `detail` is
    what it brought into being there: a comment of a video."""

    actor: UUID | None = None
    about: UUID | None = None
    detail: UUID | None = None
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What a line is about, as its receiver may see it now."""

    href: str
    words: str = ""  # its own: a caption, a group's name
    picture: str = ""  # an address
    named: Mapping[str, str] = field(default_factory=dict)  # what its sentence names, as it is now


# (the receiver, lines of this kind) -> by line; where one is missing, it is not there for them.
Targets = Callable[["User", Collection[Any]], Mapping[UUID, Target]]


def to_whoever_did_it(_viewer: "User", lines: Collection[Any]) -> Mapping[UUID, Target]:
    """Lines that lead to the profile of who did it last: `shown` knows their cards."""
    return {line.pk: Target(href="") for line in lines}


@dataclass(frozen=True, slots=True)
class Variants:
    """Several sentences of one kind, chosen by one of the cause's words; used as one sentence is:

    `Variants("role", {"admin": _("%(actor)s made you an admin"), ...})`
    """

    by: str
    sentences: Mapping[str, Any]

    def __mod__(self, words: Mapping[str, Any]) -> str:
        return str(self.sentences[str(words[self.by])] % words)


@dataclass(frozen=True)
class Kind:
    """`alone` is the sentence with `%(actor)s`, `together` the same of several, an `ngettext_lazy`
    by `number` of the others; both may use the cause's `words`.

    `stands(cause, receiver)` is asked when the jobs run, with the cause as `notify` or `withdraw`
    had it: whether it is so now; without a `detail`, whether that actor did anything of the kind
    there.
    Without `is_grouped` everything that happens has its own line.
    """

    name: str  # as stored: "videos.like"
    section: Section
    title: Any  # what settings call it: "Likes of your videos"
    alone: Any
    together: Any = None
    targets: Targets = to_whoever_did_it
    stands: Callable[[Cause, UUID], bool] | None = None
    is_grouped: bool = True
    # In which ways at first; by mail: in the digest.
    channels: frozenset[Channel] = frozenset(Channel)
    # What cannot be turned off, whatever the hour: somebody else may be in the account.
    is_urgent: bool = False
    # Whether it tells of an access that may have been somebody else's: its mail asks.
    asks_who: bool = False
    # The template of what one would do at once, drawn beside the line with `shown`: a button.
    acts: str = ""

    # In which ways nobody is told of it, whatever they choose (R12, say).
    never: frozenset[Channel] = frozenset()

    @property
    def ways(self) -> frozenset[Channel]:
        """In which ways it can be told at all: what has no line only in those that it names."""
        named = frozenset(Channel) if Channel.IN_APP in self.channels else self.channels
        return named - self.never

    @property
    def initial(self) -> frozenset[Channel]:
        """In which ways one is told until one says otherwise."""
        return self.channels - self.never

    @property
    def feature(self) -> str | None:
        """With which feature it is off in a region: not pushed and not mailed. None: with none."""
        return _FEATURES.get(self.section)

    def is_for(self, user: "User") -> bool:
        """Whether the person can be told of it: of conversations nobody under 16 is (R2)."""
        return self.section != Section.CONVERSATIONS or user.may_chat

    def group_of(self, cause: Cause) -> str:
        """What happens to the same thing while its line is unread joins that line."""
        if self.is_grouped:
            return f"{self.name}:{cause.about or ''}"
        return f"{self.name}:{cause.about or ''}:{cause.detail or cause.actor or ''}"


_kinds: dict[str, Kind] = {}


def register(*some: Kind) -> None:
    """Let these be told; a name that is taken already is somebody's mistake."""
    for kind in some:
        if _kinds.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"{kind.name} is registered twice")


def kinds() -> Mapping[str, Kind]:
    """All there are, by name."""
    return MappingProxyType(_kinds)


def kinds_in(section: Section) -> list[str]:
    """Their names, of one section."""
    return [kind.name for kind in _kinds.values() if kind.section == section]
