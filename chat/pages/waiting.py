"""Requests and invitations that wait for a yes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import Prepared
from chat.models import Channel, Conversation, Membership
from chat.pages.faces import Card, deleted_card
from chat.pages.inbox import ROWS, Row, rows_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request, or an invitation that tells nothing of the group but who invites (R20)."""

    conversation: Conversation
    card: Card
    is_invitation: bool
    preview: str


def waiting_rows(user: User) -> list[Waiting]:
    """Everything that waits for the person's yes, newest first."""
    memberships = list(Membership.objects.requests(user)[:ROWS])
    return [
        _waiting(membership, row)
        for membership, row in zip(memberships, rows_of(user, memberships), strict=True)
    ]


def _waiting(membership: Membership, row: Row) -> Waiting:
    if membership.state == Membership.State.REQUESTED:
        return Waiting(row.conversation, row.card, False, row.preview)
    host = membership.invited_by
    card = host.card() if host else deleted_card()
    return Waiting(membership.conversation, card, True, _("Invites you to a group"))


def waiting_count(user: User) -> int:
    """How many requests and invitations, to host a channel as well, wait for an answer."""
    return sum(count for (count,) in _counts(user)) if user.may_chat else 0


def _counted(viewer: User) -> Any:
    asked = Membership.objects.requests(viewer).order_by().values("user")
    hostings = Channel.objects.visible_to(viewer).asking(viewer).order_by().values("hosts__user")
    counts = (each.annotate(number=Count("pk")).values_list("number") for each in (asked, hostings))
    return next(counts).union(*counts, all=True)


_counts = Prepared(_counted)
