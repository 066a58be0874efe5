"""The shapes of a group on the wire: what it says of itself, how one writes and comes in."""

from typing import Any

from accounts.models import User
from chat import rights
from chat.models import Ban, Conversation, Invite, JoinRequest
from chat.moments import moment

Card = dict[str, Any]


def writing_card(conversation: Conversation) -> Card:
    """Who writes when: `slow` (seconds), `frozen`, `closed` (by moderators of Medley), `quiet`
    ({from, until, time_zone} or null) and `may_send`, the lowest role that writes at all."""
    return {
        "slow": conversation.slow_seconds,
        "frozen": conversation.is_frozen,
        "closed": conversation.is_closed,
        "quiet": quiet_card(conversation),
        "may_send": rights.lowest_role(rights.Right.SEND, conversation.rights),
    }


def quiet_card(conversation: Conversation) -> Card | None:
    """Quiet hours as `{from: "22:00", until: "07:00", time_zone}`."""
    if conversation.quiet_from is None or conversation.quiet_until is None:
        return None
    return {
        "from": f"{conversation.quiet_from:%H:%M}",
        "until": f"{conversation.quiet_until:%H:%M}",
        "time_zone": conversation.time_zone or "UTC",
    }


def words_card(conversation: Conversation) -> Card:
    """`description` and `rules`; a direct conversation has neither."""
    if conversation.is_direct:
        return {"description": "", "rules": ""}
    charter = conversation.charter
    return {"description": charter.description, "rules": charter.rules}


def settings_card(conversation: Conversation) -> Card:
    """What its members see on its page: words, rights by name, and how people come in."""
    own = conversation.rights
    return {
        **words_card(conversation),
        "rights": {right: rights.lowest_role(right, own) for right in rights.Right.values},
        "shows_history": conversation.shows_history,
        "approves_joins": conversation.approves_joins,
        "questions": conversation.charter.questions,
    }


def invite_card(invite: Invite, joined: list[User]) -> Card:
    """A link as those who run the group see it: never its token."""
    return {
        "id": str(invite.pk),
        "label": invite.label,
        "creator": invite.creator.card() if invite.creator else None,
        "asks_approval": invite.asks_approval,
        "created_at": moment(invite.created_at),
        "expires_at": moment(invite.expires_at),
        "use_limit": invite.use_limit,
        "used": invite.used,
        "revoked_at": moment(invite.revoked_at),
        "is_open": invite.is_open,
        "joined": [person.card() for person in joined],
    }


def opening_card(invite: Invite, friends: list[User], count: int) -> Card:
    """A group as whoever opens a link to it sees it, before they are in."""
    group = invite.conversation
    return {
        "conversation": str(group.pk),
        "title": group.title,
        **words_card(group),
        "questions": group.charter.questions,
        "asks_approval": invite.asks_approval or group.approves_joins,
        "members": count,
        "friends": [person.card() for person in friends],
    }


def request_card(request: JoinRequest) -> Card:
    """Somebody who asks to join, with what they answered."""
    return {
        "user": request.user.card(),
        "state": request.state,
        "answers": request.answers,
        "added_by": request.added_by.card() if request.added_by else None,
        "invite": str(request.invite_id) if request.invite_id else None,
        "asked_at": moment(request.asked_at),
    }


def ban_card(ban: Ban) -> Card:
    """Somebody who is banned, by whom and since when."""
    return {
        "user": ban.user.card(),
        "banned_by": ban.banned_by.card() if ban.banned_by else None,
        "banned_at": moment(ban.banned_at),
    }
