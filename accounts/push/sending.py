"""One push to one device: as much of it as its owner wants read there, and what came of it."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone, translation

from accounts import ports
from accounts.models import Device, NotificationPreferences, User
from accounts.notifications.preferences import is_quiet
from accounts.outbox import NotNow
from accounts.push.carrying import Gone, Later, Outcome, Refusal, Sent, TooLong, offered, pusher
from accounts.push.pushes import LARGEST, Push
from accounts.reading import ANY_ID, NOBODY, Prepared
from accounts.sessions import living

logger = logging.getLogger(__name__)

FEWER_BYTES = LARGEST // 3
NOTED_EVERY = timedelta(hours=1)


def awake(device_id: UUID, *, is_urgent: bool = False) -> Device | None:
    """The device, if it may make itself heard now: its person is active, signed in there, and not
    to be left in peace (R8, their quiet hours). Where they were signed out it is forgotten."""
    device = _device.first(NOBODY, device_id)
    if device is None or device.kind not in offered():
        return None
    if is_quiet(device.user, timezone.now(), is_urgent=is_urgent):
        return None
    if device.session_key and not living([device.session_key]):
        device.delete()
        return None
    return device


_device = Prepared(
    lambda _viewer, key: Device.objects.select_related("user__notification_preferences").filter(
        pk=key, user__is_active=True
    ),
    ANY_ID,
)


def send(device: Device, push: Push) -> None:
    """Have its push service take it, with the number for the icon, and without names and words
    where the person wants it so. Where nobody is at the address any more the device is forgotten.

    Raises `NotNow` where the service asks for patience, `Refusal` where it wants none of it.
    """
    push = replace(push, badge=ports.unread_total(device.user))
    if hides_content(device.user):
        with translation.override(device.user.language or translation.get_language()):
            push = push.hidden()
    outcome = _handed_over(device, push)
    if isinstance(outcome, TooLong):
        outcome = _handed_over(device, push.fitting(FEWER_BYTES))
    _note(device, outcome)


def hides_content(user: User) -> bool:
    """Whether nothing that somebody wrote, nor who, is to be read on the person's devices."""
    return NotificationPreferences.of(user).hides_content


def _handed_over(device: Device, push: Push) -> Outcome:
    try:
        return pusher(device.kind).send(device, push)
    except Refusal:
        _count_failure(device, timezone.now())
        raise


def _note(device: Device, outcome: Outcome) -> None:
    now = timezone.now()
    match outcome:
        case Sent():
            _count_success(device, now)
        case Gone(since=since) if since is None or since >= device.registered_at:
            logger.info("%s is gone", device)
            device.delete()
        case Later(after=after):
            _count_failure(device, now)
            raise NotNow(after)
        case TooLong():
            raise Refusal("even the shortest is too long")


def _count_success(device: Device, now: datetime) -> None:
    """Now and then: a busy device is not a write with every push."""
    last = device.last_ok_at
    if device.failures or last is None or now - last > NOTED_EVERY:
        Device.objects.filter(pk=device.pk).update(last_ok_at=now, failures=0)


def _count_failure(device: Device, now: datetime) -> None:
    device.failures = min(device.failures + 1, 32_000)
    if device.is_hopeless(now):
        device.delete()
    else:
        device.save(update_fields=["failures"])
