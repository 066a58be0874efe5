"""A person's own settings of one conversation."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.text import clean_name
from chat.actions.inbox import own_part, permit_about, remember
from chat.models import Colour, Conversation, Membership, Notify, Wallpaper
from chat.refusals import invalid

NAME_LIMIT = 40
CHOICES = {"notify": Notify, "colour": Colour, "wallpaper": Wallpaper}
SWITCHES = {"shows_reading", "shows_typing"}


def change_settings(user: User, conversation: Conversation | UUID, **values: Any) -> Membership:
    """Set some of `notify` (all, mentions, none), `shows_reading`, `shows_typing`, `colour`,
    `wallpaper`; answers the membership as it is now.

    Who does not show when they read or type is not shown when others do. Raises `ValidationError`
    (settings.unknown), `Http404`.
    """
    membership = own_part(user, conversation)
    for name, value in values.items():
        if name in CHOICES and value not in CHOICES[name].values:
            raise invalid("settings.unknown")
        if name not in CHOICES and name not in SWITCHES:
            raise invalid("settings.unknown")
        setattr(membership, name, value)
    remember(membership, **values)
    return membership


def nickname(
    user: User, conversation: Conversation | UUID, person: User, *, name: str
) -> Membership:
    """Call somebody by another name here, for oneself alone; an empty one gives their own back.

    Raises `ValidationError` (nickname.too_long), `Refused` (person.self), `Http404`.
    """
    cleaned = clean_name(name)
    if len(cleaned) > NAME_LIMIT:
        raise invalid("nickname.too_long")
    with transaction.atomic():
        membership = own_part(user, conversation, locks=True)
        permit_about(membership, person)
        names = {k: v for k, v in (membership.nicknames or {}).items() if k != str(person.pk)}
        if cleaned:
            names[str(person.pk)] = cleaned
        membership.nicknames = names or None
        remember(membership, nicknames=membership.nicknames)
    return membership
