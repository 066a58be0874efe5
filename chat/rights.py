"""What members of a conversation may do by their role (R24): roles in order, rights with the lowest
role that has each, and which of them a group may change."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """From the highest to the lowest. In a channel, admins are its co-hosts, members followers."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MODERATOR = "moderator", _("Moderator")
    MEMBER = "member", _("Member")


RANKS = {role: rank for rank, role in enumerate(reversed(Role.values))}


class Right(models.TextChoices):
    """What a group can give to a role and those above it."""

    SEND = "send", _("Write messages")
    MEDIA = "media", _("Send photos, videos, voice and files")
    POLL = "poll", _("Make polls")
    MENTION_ALL = "mention_all", _("Mention everybody")
    PIN = "pin", _("Pin messages")
    ADD = "add", _("Add people")
    DESCRIBE = "describe", _("Change name, picture and description")
    TIMER = "timer", _("Set how long messages stay")
    WATCH = "watch", _("Start watching together")
    COLLECT = "collect", _("Save videos to the collection")


LOWEST: dict[str, str] = {
    Right.SEND: Role.MEMBER,
    Right.MEDIA: Role.MEMBER,
    Right.POLL: Role.MEMBER,
    Right.MENTION_ALL: Role.ADMIN,
    Right.PIN: Role.MODERATOR,
    Right.ADD: Role.MEMBER,
    Right.DESCRIBE: Role.MEMBER,
    Right.TIMER: Role.ADMIN,
    Right.WATCH: Role.MEMBER,
    Right.COLLECT: Role.MEMBER,
}


# What owner and co-hosts have in a channel. Nothing by which followers would see each other (R27),
# or that would touch a hundred thousand rows.
OF_HOSTS = frozenset({Right.SEND, Right.MEDIA, Right.POLL, Right.PIN, Right.DESCRIBE})


def at_least(role: str, lowest: str) -> bool:
    """Whether `role` stands at `lowest` or above."""
    return RANKS[role] >= RANKS[lowest]


def lowest_role(right: str, own: Mapping[str, str] | None) -> str:
    """The lowest role with the right; `own` is what a group decided differently."""
    return (own or {}).get(right, LOWEST[right])
