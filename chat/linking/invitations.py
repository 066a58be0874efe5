"""Links into groups: what the group is, for whoever could come in by them now (R22)."""

from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import ngettext

from accounts.errors import Refused
from chat.actions.invites import digest_of, permit_opening
from chat.models import Invite, Membership

MOST = 3  # asked about for one page: what policy says of each takes a handful of queries


def key_of(token: str) -> str:
    """A link's token is nowhere stored but in what people write."""
    return digest_of(token)


def cards(keys: set[str], viewer: Any) -> dict[str, dict[str, Any]]:
    """By digest of the token: name and size of the group, where the invitation's page says them."""
    if viewer is None:
        return {}
    active = Q(conversation__memberships__state=Membership.State.ACTIVE)
    invites = Invite.objects.filter(digest__in=keys).select_related("conversation")
    counted = invites.annotate(members=Count("conversation__memberships", filter=active))
    return {
        invite.digest: _card(invite)
        for invite in islice(counted.order_by("-created_at"), MOST)
        if _may_open(viewer, invite)
    }


def _may_open(viewer: Any, invite: Invite) -> bool:
    try:
        permit_opening(viewer, invite)
    except Refused:
        return False
    return True


def _card(invite: Any) -> dict[str, Any]:
    from chat.pages.faces import group_card

    members = ngettext("%(count)d member", "%(count)d members", invite.members)
    return {
        "kind": "invitation",
        "id": str(invite.pk),
        "title": invite.conversation.title,
        "detail": members % {"count": invite.members},
        "face": group_card(invite.conversation),
    }
