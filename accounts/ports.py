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


# --- Seeing one's profile as others do ------------------------------------------------------------


class StandIn(Protocol):
    """In one of `STAND_INS`: give `stand_in` whatever ties `person` to what is the owner's."""

    def __call__(self, owner: "User", person: "User", stand_in: "User") -> None: ...


def stand_in(owner: "User", person: "User", stand_in: "User") -> None:
    """Have every app do so; the caller rolls it back."""
    for each in _implementations("STAND_INS"):
        each(owner, person, stand_in)


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


# --- What moderators decide on (R41) --------------------------------------------------------------


class Moderated(Protocol):
    """One kind of thing in `MODERATED`. Every method runs inside the transaction of the decision,
    may be called twice, and does nothing where the thing is gone."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        """Whose it is; None where it is nobody's, or gone."""

    def title(self, object_id: UUID) -> str:
        """What the queue and its owner's statement call it."""

    def reach(self, object_id: UUID) -> int:
        """How many people it reaches, about; at least 1."""

    def take_down(self, object_id: UUID) -> None:
        """Nobody sees it from the commit on, on any surface; it is kept to be put back."""

    def put_back(self, object_id: UUID) -> None:
        """As it was before `take_down`; what waited for moderators to read it goes out."""

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Covered, and for adults only; or no longer."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        """Where it was said; None for what is not said in a conversation."""


@cache
def moderated() -> dict[str, Moderated]:
    """By kind, how it is taken down and put back."""
    return {kind: import_string(path)() for kind, path in settings.MODERATED.items()}


# --- Known pictures (R44) -------------------------------------------------------------------------


class Screened(Protocol):
    """One entry of SCREENED: an entrance of pictures or films, and what it let in so far."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        """The ids of the next things stored, in their order."""

    def look_again(self, key: UUID) -> None:
        """Compare it with today's lists, and show nobody what is on one; nothing where it went."""


@cache
def screened() -> dict[str, Screened]:
    """By the name of the entrance."""
    return {entrance: import_string(path)() for entrance, path in settings.SCREENED.items()}


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


# --- Drafts begun from drafts ---------------------------------------------------------------------


class DraftObserver(Protocol):
    """Told, inside the same transaction, that somebody began a draft of a video from another."""

    def __call__(self, original_id: UUID, copy_id: UUID) -> None:
        """Both are the same person's; the copy has the clips and the words already."""


def draft_copied(original_id: UUID, copy_id: UUID) -> None:
    """Tell every `DRAFT_OBSERVERS`; call it inside the transaction that made the copy."""
    for observer in _implementations("DRAFT_OBSERVERS"):
        observer(original_id, copy_id)


# --- What clients are told of the house's numbers -------------------------------------------------


@cache
def limits_of_apps() -> dict[str, dict[str, int]]:
    """What each app of `LIMITS` says of its own, by the app's name; each entry is a function
    without arguments."""
    return {path.partition(".")[0]: import_string(path)() for path in settings.LIMITS}


# --- What is off in a region (R45) ----------------------------------------------------------------


class RegionNarrower(Protocol):
    """One entry of `REGION_NARROWERS`: knows what an address belongs to by what lies there."""

    def __call__(self, feature: str, arguments: Mapping[str, Any], off: frozenset[str]) -> str:
        """The narrower feature of an address of `feature` with these `arguments`; `feature` itself
        where there is none, or none that is among what is `off`."""


def region_narrowers() -> tuple[RegionNarrower, ...]:
    """All of them."""
    return _implementations("REGION_NARROWERS")


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a thing went: into how many conversations, and by how many people."""

    conversations: int
    people: int


class ShareReach(Protocol):
    """The `SHARE_REACH`, asked where whoever made a thing looks at it."""

    def __call__(self, kind: str, object_id: UUID) -> Reach:
        """Until now; `kind` is one of SHAREABLE_MODELS. One query."""


def share_reach(kind: str, object_id: UUID) -> Reach:
    """In how many conversations a thing was shared, and by how many people: never who."""
    tell: ShareReach = import_string(settings.SHARE_REACH)
    return tell(kind, object_id)


# --- Who sent something somewhere -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sending:
    """That something was sent into a conversation: by whom (None: they left), and whether it is a
    channel."""

    by: UUID | None
    is_channel: bool


class LastSending(Protocol):
    """The `LAST_SENDING`, asked for whose merit it is that somebody met a thing."""

    def __call__(
        self, reader: "User", kind: str, object_id: UUID, conversation_id: UUID
    ) -> Sending | None:
        """The newest that `reader`, who takes part there, did not send themselves; None where there
        is none, or they do not take part. `kind` is one of SHAREABLE_MODELS."""


def last_sending(
    reader: "User", kind: str, object_id: UUID, conversation_id: UUID
) -> Sending | None:
    """Who sent the thing into the conversation last, as somebody who reads there may know."""
    tell: LastSending = import_string(settings.LAST_SENDING)
    return tell(reader, kind, object_id, conversation_id)


# --- What waits -----------------------------------------------------------------------------------


class UnreadCounter(Protocol):
    """One entry of UNREAD_COUNTERS."""

    def __call__(self, user: "User") -> int:
        """How much of one kind waits unread for the person."""


def unread_total(user: "User") -> int:
    """The number on the icon of an app: all that waits unread for the person."""
    return sum(count(user) for count in _implementations("UNREAD_COUNTERS"))


# --- Data rights (R46) ----------------------------------------------------------------------------

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the storage (`name`) and where it lies in the copy (`path`)."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class ExportPart:
    """One JSON file of somebody's copy, `path` without its suffix, and the page that shows it.

    `rows` are JSON values (dates, UUIDs too) and read one after the other; `fields` says what each
    of their keys means. `template` draws a row, known as `row` there, on the page. What `files`
    names lies beside it.
    """

    path: str
    title: str
    about: str
    fields: Mapping[str, str]
    rows: Callable[[], Iterable[Row]]
    files: Callable[[], Iterable[StoredFile]] = tuple
    template: str = "accounts/export/_row.html"


@dataclass(frozen=True, slots=True)
class Exporter:
    """One entry of EXPORTERS: what an app gives of a person. Every model that points at a person is
    among `covers`, or `leaves_out` says why not, both by label ("videos.Like"): a test asks."""

    parts: Callable[["User"], Iterable[ExportPart]]
    covers: frozenset[str]
    leaves_out: Mapping[str, str]


def exporters() -> tuple[Exporter, ...]:
    """What each app gives of a person, in the order of the settings."""
    return _implementations("EXPORTERS")


@dataclass(frozen=True, slots=True)
class Purger:
    """One entry of PURGERS: how an app lets go of a person (the deleted account's id).

    Each of `steps` ends one batch and answers how much it was; it is asked again until that is 0,
    may be killed at any place, and may be asked when all is gone. What is merely a row that points
    at the person goes without being named here. `keeps` says of what stays, by label, why.
    """

    steps: tuple[Callable[[UUID], int], ...]
    keeps: Mapping[str, str]


def purgers() -> tuple[Purger, ...]:
    """How each app lets go of a person: those that know others first."""
    return _implementations("PURGERS")


# --- What moderators look at (R42) ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """A stored file (`name`) of a reported thing. `of` is the id in the evidence that it belongs
    to, `kind` one of picture, film, sound, file; `poster` names the still picture of a film."""

    of: str
    name: str
    kind: str
    alt: str = ""
    poster: str = ""


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """What a message said before it was edited (R18). `of` is its id, `until` when it changed."""

    of: str
    words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Exhibits:
    """What belongs to a piece of evidence and is not part of it."""

    files: tuple[ExhibitFile, ...] = ()
    earlier: tuple[EarlierWords, ...] = ()


class Exhibitor(Protocol):
    """One entry of EXHIBITORS. Whoever asks has checked that a moderator may see it, and logs it:
    what was taken down, unsent or is private is answered too, as long as it is there."""

    def __call__(self, object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
        """Of a thing and of what one report kept of it: a handful of queries, however much."""


@cache
def exhibitors() -> dict[str, Exhibitor]:
    """By kind of thing, what else there is to see of it."""
    return {kind: import_string(path) for kind, path in settings.EXHIBITORS.items()}


# --- With whom somebody talked (R30) --------------------------------------------------------------


class ContactsOf(Protocol):
    """The `CONTACTS_OF`, asked for what a guardian sees."""

    def __call__(self, person: "User", since: datetime) -> Iterable[UUID]:
        """Whom the person talked with since then, each once; never what was said."""


def contacts_of(person: "User", since: datetime) -> Iterable[UUID]:
    """The people with whom somebody talked since then."""
    tell: ContactsOf = import_string(settings.CONTACTS_OF)
    return tell(person, since)
