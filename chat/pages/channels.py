"""Channels as pages show them: found, looked at, run."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from accounts.counts import short
from accounts.models import Follow, User
from chat.models import Channel, Conversation, Host, Membership, Reply
from chat.pages.faces import Card, group_card

ROWS = 50
REPLIES = 50


def followers_in_words(count: int) -> str:
    """`12.4K followers`."""
    words = ngettext("%(count)s follower", "%(count)s followers", count)
    return words % {"count": short(count)}


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as one viewer finds it. `role` is empty for who does not follow it."""

    channel: Channel
    card: Card
    hosts: list[Host]
    role: str
    is_asked: bool

    @property
    def followers(self) -> str:
        return followers_in_words(self.channel.follower_count)

    @property
    def description(self) -> str:
        return self.channel.conversation.charter.description


def channel_rows(channels: Iterable[Channel], viewer: User) -> list[ChannelRow]:
    """Channels with their hosts and the viewer's part: two queries more, however many."""
    channels = list(channels)
    keys = [channel.pk for channel in channels]
    hosts = Host.objects.filter(channel__in=keys, ended_at=None).select_related("user")
    people: dict[Any, list[Host]] = {}
    for host in hosts.order_by("accepted_at", "pk"):
        people.setdefault(host.channel_id, []).append(host)
    mine = Membership.objects.active().filter(user=viewer, conversation__in=keys)
    roles = dict(mine.values_list("conversation", "role"))
    return [_row(each, people.get(each.pk, []), roles.get(each.pk), viewer) for each in channels]


def _row(channel: Channel, hosts: list[Host], role: str | None, viewer: User) -> ChannelRow:
    return ChannelRow(
        channel=channel,
        card=group_card(channel.conversation),
        hosts=[host for host in hosts if host.accepted_at],
        role=role or "",
        is_asked=any(host.user_id == viewer.pk and not host.accepted_at for host in hosts),
    )


def found_by(viewer: User) -> Any:
    """The channels the person may find, with what a row reads."""
    return Channel.objects.visible_to(viewer).select_related("conversation__own_charter")


def of_followed(viewer: User) -> list[ChannelRow]:
    """Channels of the people one follows, the most followed first."""
    followed = Follow.objects.accepted().filter(follower=viewer).values("followed")
    return channel_rows(found_by(viewer).hosted_by(followed).liveliest()[:ROWS], viewer)


def of_person(person: User, viewer: User) -> list[ChannelRow]:
    """Channels that one person hosts."""
    return channel_rows(found_by(viewer).hosted_by([person]).liveliest()[:ROWS], viewer)


def asked_to_host(viewer: User) -> list[ChannelRow]:
    """Channels whose owners ask the person to host with them."""
    return channel_rows(found_by(viewer).asking(viewer)[:ROWS], viewer)


def fan_groups_of(person: User, viewer: User) -> list[Conversation]:
    """Fan groups of one person, as far as the viewer may find them."""
    return list(Conversation.objects.fan_groups_for(viewer).filter(creator=person)[:ROWS])


def run(membership: Membership) -> dict[str, Any]:
    """What a channel's own page shows besides: its hosts, and to those who run it who is asked."""
    conversation = membership.conversation
    hosts = conversation.channel.hosts.filter(ended_at=None).select_related("user")
    ordered = list(hosts.order_by("accepted_at", "pk"))
    runs = membership.runs_group()
    return {
        "channel": conversation.channel,
        "charter": conversation.charter,
        "followers": followers_in_words(conversation.channel.follower_count),
        "hosts": [host for host in ordered if host.accepted_at],
        "asked": [host for host in ordered if not host.accepted_at] if runs else [],
        "is_owner": membership.role == Membership.Role.OWNER,
        "bans": conversation.bans.select_related("user")[:ROWS] if runs else [],
    }


def followers(membership: Membership, words: str, after: str) -> list[Membership]:
    """A page of those who follow, for hosts: up to ROWS + 1 behind the person `after` (an id)."""
    rows = membership.conversation.memberships.active().filter(role=Membership.Role.MEMBER)
    rows = rows.named(words).select_related("user").order_by("user_id")
    return list((rows.filter(user__gt=after) if after else rows)[: ROWS + 1])


def replies(viewer: User, post_id: Any, before: str = "") -> list[Reply]:
    """Replies to a post, the newest REPLIES + 1 before the one with that id, oldest first."""
    rows = Reply.objects.visible_to(viewer).filter(post=post_id).select_related("author")
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.order_by("-pk")[: REPLIES + 1])[::-1]
