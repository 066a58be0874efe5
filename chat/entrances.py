"""The ways into a group as they are shown: to those who run it, and to whoever holds a link."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from chat.cards.groups import opening_card
from chat.models import Conversation, Invite, JoinRequest

INVITES = 100


def invites_of(group: Conversation) -> list[tuple[Invite, list[User]]]:
    """Its latest links with who came by each: two queries."""
    invites = list(group.invites.select_related("creator")[:INVITES])
    came = defaultdict(list)
    for request in JoinRequest.objects.joined(invites).select_related("user"):
        came[request.invite_id].append(request.user)
    return [(invite, came[invite.pk]) for invite in invites]


def waiting_in(group: Conversation) -> QuerySet[JoinRequest]:
    """Who waits for a yes, the longest-waiting first, with what is shown of each."""
    return group.join_requests.waiting().select_related("user", "added_by", "invite")


@dataclass(frozen=True, slots=True)
class Opening:
    """A link that somebody opened: what they see of the group behind it (`card`), and where they
    stand (`state`: "joined", "waiting" or None)."""

    invite: Invite
    card: dict[str, Any]
    state: str | None

    @property
    def has_picture(self) -> bool:
        return bool(self.invite.conversation.picture)


def opening(person: User, invite: Invite) -> Opening:
    """What `person` sees of the group behind a link that they may open."""
    group = invite.conversation
    friends = list(group.friends_of(person)[:5])
    card = opening_card(invite, friends, group.memberships.active().count())
    return Opening(invite, card, _state(person, group))


def _state(person: User, group: Conversation) -> str | None:
    if group.has_member(person):
        return JoinRequest.State.JOINED
    is_waiting = group.join_requests.waiting().filter(user=person).exists()
    return JoinRequest.State.WAITING if is_waiting else None
