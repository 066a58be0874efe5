"""What somebody decides about being told: how, when, and of what."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.models import NotificationChoice, NotificationPreferences, User
from accounts.notifications import Channel, Kind
from accounts.notifications.choices import kinds_for

NOTIFICATION_PREFERENCES = frozenset(
    {"in_app", "push", "digest", "hides_content", "quiet_from", "quiet_until"}
)
ALWAYS_ON = _("This is always on, to keep your account safe.")

# By the name of a kind and of a channel: whether to be told of it so.
Wishes = Mapping[str, Mapping[str, bool]]


@transaction.atomic
def choose_notifications(
    actor: User, *, kinds: Wishes | None = None, **preferences: Any
) -> NotificationPreferences:
    """Change `NOTIFICATION_PREFERENCES`, and how kinds are told; what is not named stays.

    Raises `ValidationError` by field (`kind.unknown`, `channel.unknown` at `kinds`) and `Refused`
    (`notifications.urgent`) where something urgent would be turned off; then nothing changes.
    """
    own = NotificationPreferences.of(actor)
    if preferences:
        own = _store(actor, preferences)
    if kinds:
        _choose(actor, kinds)
    return own


def _store(actor: User, fields: dict[str, Any]) -> NotificationPreferences:
    """Validate and save the given fields of the person's row, made where there is none."""
    if unknown := fields.keys() - NOTIFICATION_PREFERENCES:
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    rows = NotificationPreferences.objects.select_for_update(no_key=True)
    plain = NotificationPreferences.of(actor)
    own, _is_new = rows.get_or_create(user=actor, defaults={"digest": plain.digest})
    for name, value in fields.items():
        setattr(own, name, value)
    own.clean_fields(exclude={field.name for field in own._meta.fields} - fields.keys())
    own.clean()
    own.save(update_fields=list(fields))
    own.user = actor  # and the other way: nobody asks the actor for what was
    return own


def _choose(actor: User, wishes: Wishes) -> None:
    known = {kind.name: kind for kind in kinds_for(actor)}
    rows = NotificationChoice.objects.select_for_update(no_key=True)
    for name, channels in wishes.items():
        if name not in known:
            raise _unknown("kind.unknown", _("There is no such kind of notification."))
        begins = {channel.value: channel in known[name].initial for channel in Channel}
        choice, _is_new = rows.get_or_create(user=actor, kind=name, defaults=begins)
        _wish(choice, known[name], channels)
        choice.save(update_fields=list(begins))


def _wish(choice: NotificationChoice, kind: Kind, channels: Mapping[str, bool]) -> None:
    for channel, is_wanted in channels.items():
        if channel not in kind.ways:
            raise _unknown("channel.unknown", _("It is not told in this way."))
        if kind.is_urgent and not is_wanted:
            raise Refused("notifications.urgent", ALWAYS_ON)
        setattr(choice, channel, is_wanted)


def _unknown(code: str, sentence: Any) -> ValidationError:
    return ValidationError({"kinds": ValidationError(sentence, code=code)})
