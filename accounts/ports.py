"""Where upper apps plug into lower ones: protocols, implementations named in settings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from accounts.models import User


class RelationObserver(Protocol):
    """Told, inside the same transaction, that what policy says between people may have changed."""

    def __call__(self, user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
        """A follow, block, setting or birthday of `user_id`, towards `other_ids` or all (None)."""


class JoinRule(Protocol):
    """A kind of condition for joining a fan group, named in `JOIN_RULES`. People are
    `accounts.User`."""

    asks_for: Any  # what somebody has to enter for it ("Code"), or nothing

    def clean(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What a group keeps of what its owner chose. Raises `ValidationError`."""

    def words(self, options: Mapping[str, Any], creator: Any) -> str:
        """What it asks of whoever wants to join the group of `creator`."""

    def missing(
        self, person: Any, creator: Any, options: Mapping[str, Any], given: str
    ) -> str | None:
        """What `person`, who entered `given`, has still to do, in words; None where nothing."""


class FilmFile(Protocol):
    """One playable rendition: its name in the folder, its size in pixels."""

    name: str
    width: int
    height: int


class Film(Protocol):
    """What a `FILM_RENDERER` left in the folder: the best rendition first, a cover, a length."""

    seconds: float
    files: Sequence[FilmFile]
    cover: str


class FilmRenderer(Protocol):
    """Makes an uploaded film playable everywhere."""

    def __call__(self, source: Path, folder: Path) -> Film:
        """Read `source`, write into `folder`. Raises `accounts.errors.BadFile`."""


def render_film(source: Path, folder: Path) -> Film:
    """What the app that knows films (`FILM_RENDERER`) makes of an uploaded one."""
    renderer: FilmRenderer = import_string(settings.FILM_RENDERER)
    return renderer(source, folder)


class UploadReceiver(Protocol):
    """What becomes of uploads for one purpose, named in `UPLOAD_RECEIVERS`. Uploads are
    `accounts.models.upload.Upload`; each method is called inside the transaction of its cause."""

    @property
    def largest(self) -> int:
        """Bytes that one upload may have."""

    def begin(self, upload: Any) -> None:
        """It was announced. Raises to refuse it before a byte has come."""

    def receive(self, upload: Any) -> None:
        """All of it lies in the storage as `upload.file`. Raises to refuse it: then it is gone."""

    def forget(self, upload: Any) -> None:
        """It will never be complete: taken back, refused or left alone for too long."""


@cache
def upload_receivers() -> dict[str, UploadReceiver]:
    """By purpose, who takes what is uploaded for it."""
    return {purpose: import_string(path)() for purpose, path in settings.UPLOAD_RECEIVERS.items()}


@cache
def _implementations(setting: str) -> tuple[Any, ...]:
    return tuple(import_string(path) for path in getattr(settings, setting))


@cache
def join_rules() -> dict[str, JoinRule]:
    """Every kind of join rule there is, by its name."""
    return {kind: import_string(path)() for kind, path in settings.JOIN_RULES.items()}


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None = None) -> None:
    """Tell every `RELATION_OBSERVERS`; call it inside the transaction that made the change."""
    others = None if other_ids is None else tuple(other_ids)
    for observer in _implementations("RELATION_OBSERVERS"):
        observer(user_id, others)


# --- Reports (R40) --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a reported thing: `content` as JSON values, whose it is, and what the
    reporter's own list calls it. `settle` is what the report brings about besides."""

    content: dict[str, Any]
    owner_id: UUID | None = None
    title: str = ""
    settle: Callable[[], None] | None = None


class Reportable(Protocol):
    """One entry of REPORTABLES."""

    def __call__(self, reporter: "User", object_id: UUID) -> Evidence | None:
        """The thing with its context as this reporter may see it; None: it is not there for
        them."""


@cache
def reportables() -> dict[str, Reportable]:
    """By kind, what tells of a thing that can be reported."""
    return {kind: import_string(path) for kind, path in settings.REPORTABLES.items()}


# --- Cards ----------------------------------------------------------------------------------------


class CardObserver(Protocol):
    """Told, inside the same transaction, that what is shared as a card has changed or gone."""

    def __call__(self, kind: str, object_id: UUID) -> None:
        """`kind` is one of SHAREABLE_MODELS."""


def card_changed(kind: str, object_id: UUID) -> None:
    """Tell every `CARD_OBSERVERS`; call it inside the transaction that made the change."""
    for observer in _implementations("CARD_OBSERVERS"):
        observer(kind, object_id)


# --- Cards of others' addresses -------------------------------------------------------------------


class LinkObserver(Protocol):
    """Told, inside the same transaction, that a link's card became ready, changed or went."""

    def __call__(self, card_id: UUID) -> None:
        """`card_id` is an `accounts.LinkCard`."""


def link_changed(card_id: UUID) -> None:
    """Tell every `LINK_OBSERVERS`; call it inside the transaction that made the change."""
    for observer in _implementations("LINK_OBSERVERS"):
        observer(card_id)


# --- Where something was sent ---------------------------------------------------------------------


class ConversationsSharing(Protocol):
    """The `CONVERSATIONS_SHARING`, asked by jobs that count."""

    def __call__(
        self, kind: str, object_id: UUID, since: datetime, until: datetime
    ) -> Iterable[UUID]:
        """The conversations into which the thing was sent from `since` until before `until`, each
        once. `kind` is one of SHAREABLE_MODELS."""


def conversations_sharing(
    kind: str, object_id: UUID, since: datetime, until: datetime
) -> Iterable[UUID]:
    """Into which conversations a thing was sent in that time: for counting, never for showing."""
    tell: ConversationsSharing = import_string(settings.CONVERSATIONS_SHARING)
    return tell(kind, object_id, since, until)


# --- What waits -----------------------------------------------------------------------------------


class UnreadCounter(Protocol):
    """One entry of UNREAD_COUNTERS."""

    def __call__(self, user: "User") -> int:
        """How much of one kind waits unread for the person."""


def unread_total(user: "User") -> int:
    """The number on the icon of an app: all that waits unread for the person."""
    return sum(count(user) for count in _implementations("UNREAD_COUNTERS"))
