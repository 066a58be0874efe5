"""Rows of the inbox."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import ANY_TIME, Prepared
from chat.models import Conversation, Folder, Membership, Message
from chat.models.membership import MembershipQuerySet
from chat.nicknames import named
from chat.pages.faces import Card, blocked_ids, card_of
from chat.pages.newest import attach_previews
from chat.pages.preview import preview_of
from chat.pages.timing import Timing
from chat.pages.unread import Standing, hushed_counts

ROWS = 24  # more than twice what a screen shows; the list goes on as it is scrolled
MOST_ROWS = 500
Inside = defaultdict[int, list[UUID]]
LISTS = ("all", "any", "unread", "groups", "channels", "archive")

_drawers = Prepared(
    lambda viewer: Folder.objects.filter(owner=viewer).values_list("pk", "name", "memberships")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in a list."""

    conversation: Conversation
    membership: Membership
    card: Card
    preview: str
    speaker: str
    unread: int
    silent: int
    at: datetime
    folders: tuple[UUID, ...] = ()
    draft: str = ""
    draft_at: datetime | None = None
    streak: int = 0
    scheduled: int = 0
    other_id: UUID | None = None
    blocked: frozenset[UUID] = frozenset()  # either way: whose words the list folds away

    @property
    def is_waiting(self) -> bool:
        """The person asked and has no answer yet (R12)."""
        return self.conversation.is_request

    @property
    def names(self) -> str:
        """The person's nicknames here, as JSON for the script."""
        return json.dumps(self.membership.nicknames)

    @property
    def is_unread(self) -> bool:
        """Whether it looks unread: something waits, or the person marked it."""
        return self.unread > 0 or self.membership.is_marked_unread

    @property
    def is_archived(self) -> bool:
        return self.membership.is_archived(self.conversation.last_seq)

    @property
    def may_send(self) -> bool:
        """Whether nothing stored bars the person from sending."""
        return self.membership.is_active and not self.membership.send_refusal


def inbox_rows(
    user: User,
    *,
    words: str = "",
    show: str = "all",
    folder: UUID | None = None,
    limit: int = ROWS,
    inside: Inside | None = None,
) -> list[Row]:
    """The person's conversations, pinned ones first and then the liveliest.

    `show` is all, unread, groups, channels or archive; words are looked for in all of them. Five
    queries, however many rows, and one more where members are silenced; one less where `drawers`
    told already what lies inside which folder.
    """
    if not user.may_chat:
        return []
    if words:
        found = listed(user, show="any").search(words)
        memberships = list(_as_rows(found)[:limit])
    elif folder:
        memberships = list(_as_rows(listed(user, folder=folder))[:limit])
    else:
        memberships = _listed(show if show in LISTS else "all", limit)(user, timezone.now())
    attach_previews(user, memberships)
    return rows_of(user, memberships, inside)


def listed(
    user: User, *, show: str = "all", folder: UUID | None = None, now: datetime | None = None
) -> MembershipQuerySet:
    """What stands in one of the inbox's lists; one that is not in LISTS shows all."""
    memberships = Membership.objects.inbox(user)
    if folder is not None:
        return memberships.filter(folders=folder)
    match show:
        case "any":
            return memberships
        case "archive":
            return memberships.archived(now)
        case "unread":
            return memberships.unarchived(now).unread()
        case "groups":
            return memberships.unarchived(now).filter(conversation__kind=Conversation.Kind.GROUP)
        case "channels":
            return memberships.unarchived(now).filter(conversation__kind=Conversation.Kind.CHANNEL)
    return memberships.unarchived(now)


def opening(user: User, limit: int) -> list[Membership]:
    """As many of all the person's conversations, liveliest first, by a statement prepared for each
    limit; `attach_previews` fetches the rest."""
    return _opening(limit)(user) if user.may_chat else []


@cache
def _opening(limit: int) -> Prepared:
    return Prepared(lambda viewer: listed(viewer, show="any").prefetch_related(None)[:limit])


@cache
def _listed(show: str, limit: int) -> Prepared:
    return Prepared(
        lambda viewer, now: _as_rows(listed(viewer, show=show, now=now))[:limit], ANY_TIME
    )


def _as_rows(memberships: MembershipQuerySet) -> MembershipQuerySet:
    """With what stands in a row, in the inbox's order; `attach_previews` fetches the rest."""
    order = (F("pinned_at").desc(nulls_last=True), "-active_at", "-pk")
    return memberships.prefetch_related(None).with_scheduled().order_by(*order)


def folders_of(user: User) -> list[Folder]:
    """In the person's own order."""
    return drawers(user)[0]


def drawers(user: User) -> tuple[list[Folder], Inside]:
    """The person's folders in their own order, and by membership in which of them it lies."""
    folders: dict[UUID, Folder] = {}
    inside: Inside = defaultdict(list)
    for key, name, membership in _drawers(user):
        folders[key] = Folder(pk=key, name=name)
        inside[membership].append(key)
    return list(folders.values()), inside


def rows_of(
    user: User, memberships: Sequence[Membership], inside: Inside | None = None
) -> list[Row]:
    """What lists show of these rows of `inbox()` or `requests()`."""
    hidden = blocked_ids(user) if memberships else frozenset()
    silent = hushed_counts(memberships)
    inside = drawers(user)[1] if inside is None else inside
    return [
        _row(user, each, hidden, silent.get(each.pk, 0), inside[each.pk]) for each in memberships
    ]


def _row(
    user: User,
    membership: Membership,
    hidden: frozenset[UUID],
    silent: int,
    folders: Sequence[UUID] = (),
) -> Row:
    conversation = membership.conversation
    membership.user = user
    message = membership.last_message
    other = membership.other
    return Row(
        conversation=conversation,
        membership=membership,
        card=named(card_of(conversation, other), membership.nicknames),
        preview=preview_of(message, user, hidden),
        speaker=_speaker(message, user, membership),
        unread=max(0, Standing.of(membership).waiting - silent),
        silent=silent,
        at=conversation.active_at,
        folders=tuple(folders),
        draft=_draft(membership),
        draft_at=_draft_at(membership),
        streak=Timing(membership).streak,
        scheduled=getattr(membership, "scheduled", 0),
        other_id=other.pk if other else None,
        blocked=hidden,
    )


def _draft(membership: Membership) -> str:
    kept = getattr(membership, "kept_words", None)
    return " ".join(kept.body.split())[:120] if kept else ""


def _draft_at(membership: Membership) -> datetime | None:
    """When those words were last edited, or cleared: browsers show the newer ones."""
    kept = getattr(membership, "kept_words", None)
    return kept.edited_at if kept else None


def _speaker(message: Message | None, user: User, membership: Membership) -> str:
    """Who said it, where that is not plain: `You`, or in a group the first name."""
    if message is None or message.notice is not None:
        return ""
    if message.author_id == user.pk:
        return _("You")
    if membership.conversation.is_direct or message.author is None:
        return ""
    return named(message.author.card(), membership.nicknames)["name"].split()[0]
