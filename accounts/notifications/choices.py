"""In which ways somebody wants to be told of a kind: their own choice, else the kind's."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import NotificationChoice
from accounts.notifications.kinds import Channel, Kind

Channels = frozenset[Channel]


def channels_of(kind: Kind, people: Iterable[UUID]) -> dict[UUID, Channels]:
    """By person: how this kind reaches them; one query. What is urgent reaches everybody in all
    ways that it has."""
    wanted = dict.fromkeys(people, kind.channels)
    if kind.is_urgent:
        return wanted
    for choice in NotificationChoice.objects.filter(kind=kind.name, user__in=list(wanted)):
        wanted[choice.user_id] = frozenset(
            channel for channel in Channel if getattr(choice, channel.value)
        )
    return wanted
