"""The shapes of channels and fan groups on the wire."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from accounts.models import User
from chat import cards
from chat.actions.fans import Condition
from chat.models import Channel, Conversation, Host, Membership, Reply
from chat.moments import moment

Card = dict[str, Any]


def channel_cards(channels: Iterable[Channel], viewer: User) -> list[Card]:
    """Channels as `viewer` finds them: what they are, who hosts them, and what part the viewer has
    (`role`, null for who does not follow; `asked`, whether they are asked to host). Three queries,
    however many."""
    channels = list(channels)
    keys = [channel.pk for channel in channels]
    hosts = Host.objects.filter(channel__in=keys, ended_at=None).select_related("user")
    mine = Membership.objects.active().filter(user=viewer, conversation__in=keys)
    roles = dict(mine.values_list("conversation", "role"))
    people: dict[Any, list[Host]] = {}
    for host in hosts.order_by("accepted_at", "pk"):
        people.setdefault(host.channel_id, []).append(host)
    return [
        _channel_card(channel, people.get(channel.pk, []), roles.get(channel.pk), viewer)
        for channel in channels
    ]


def _channel_card(channel: Channel, hosts: list[Host], role: str | None, viewer: User) -> Card:
    conversation = channel.conversation
    return {
        "id": str(channel.pk),
        **cards.channel_card(conversation),
        "title": conversation.title,
        "picture": conversation.picture_url,
        "description": conversation.charter.description,
        "url": channel.get_absolute_url(),
        "hosts": [host.user.card() for host in hosts if host.accepted_at],
        "role": role,
        "asked": any(host.user_id == viewer.pk and not host.accepted_at for host in hosts),
        "active_at": moment(conversation.active_at),
    }


def host_card(host: Host) -> Card:
    """Somebody who runs a channel, or is asked to (`accepted_at` null)."""
    return {**host.user.card(), "accepted_at": moment(host.accepted_at)}


def reply_card(reply: Reply) -> Card:
    """A follower's reply, with the card of its author (null: gone)."""
    return {
        "id": str(reply.pk),
        "author": reply.author.card() if reply.author else None,
        "body": reply.body,
        "created_at": moment(reply.created_at),
    }


def fan_group_cards(groups: Iterable[Conversation], viewer: User) -> list[Card]:
    """Fan groups (`fan_groups_for`) as `viewer` finds them: `role` is null for who is not in."""
    groups = list(groups)
    mine = Membership.objects.active().filter(user=viewer, conversation__in=groups)
    roles = dict(mine.values_list("conversation", "role"))
    return [
        {
            "id": str(group.pk),
            "title": group.title,
            "picture": group.picture_url,
            "description": group.charter.description,
            "creator": group.creator.card() if group.creator else None,
            "member_count": group.member_count,  # type: ignore[attr-defined]
            "role": roles.get(group.pk),
        }
        for group in groups
    ]


def entry_card(conditions: Iterable[Condition]) -> Card:
    """What a fan group asks for, and whether all of it is met."""
    conditions = list(conditions)
    return {
        "conditions": [asdict(condition) for condition in conditions],
        "met": not any(condition.missing for condition in conditions),
    }
