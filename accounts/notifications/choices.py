"""In which ways somebody wants to be told of a kind: their own choice, else the kind's."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import NotificationChoice, NotificationPreferences, User
from accounts.notifications.kinds import Channel, Kind, Section, kinds
from accounts.reading import ANY_WORD, NOBODY, ByKey

Channels = frozenset[Channel]


def channels_of(kind: Kind, people: Iterable[User]) -> dict[UUID, Channels]:
    """By person: how this kind reaches them; one query, where `notification_preferences` were
    selected with them. What is urgent reaches everybody in all ways that it has."""
    by_key = {person.pk: person for person in people}
    wanted = dict.fromkeys(by_key, kind.initial)
    if kind.is_urgent:
        return wanted
    for choice in _decided(NOBODY, list(wanted), kind.name):
        wanted[choice.user_id] = _chosen(kind, choice)
    return {key: wanted[key] - _turned_off(person) for key, person in by_key.items()}


_decided = ByKey(
    lambda _viewer, people, kind: NotificationChoice.objects.filter(kind=kind, user__in=people),
    *(2, ANY_WORD),
    in_turns=False,
)


def choices_of(user: User) -> dict[str, Channels]:
    """By kind, in the order in which settings show them: what the person chose. What they turned
    off as a whole is still in it. One query."""
    chosen = {row.kind: row for row in NotificationChoice.objects.filter(user=user)}
    return {
        kind.name: _chosen(kind, chosen[kind.name]) if kind.name in chosen else kind.initial
        for kind in kinds_for(user)
    }


def kinds_for(user: User) -> list[Kind]:
    """What this person can be told of, by section."""
    mine = [kind for kind in kinds().values() if kind.is_for(user)]
    return [kind for section in Section for kind in mine if kind.section == section]


def _chosen(kind: Kind, choice: NotificationChoice) -> Channels:
    if kind.is_urgent:
        return kind.initial
    return kind.ways & {channel for channel in Channel if getattr(choice, channel.value)}


def _turned_off(person: User) -> Channels:
    try:
        own = person.notification_preferences
    except NotificationPreferences.DoesNotExist:  # only kinds were chosen: a digest is no way less
        return frozenset()
    is_on = {
        Channel.IN_APP: own.in_app,
        Channel.PUSH: own.push,
        Channel.MAIL: own.digest != NotificationPreferences.Digest.NEVER,
    }
    return frozenset(channel for channel in Channel if not is_on[channel])
