"""Which browsers and apps somebody is told on: registered by a press there, gone with the session
that it was in."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.models import Device, User
from accounts.models.device import ADDRESS_LIMIT, NAME_LIMIT, digest_of
from accounts.push.carrying import offered, pusher
from accounts.text import clean_name

DEVICES_AT_MOST = 20


@transaction.atomic
def register_device(
    user: User,
    *,
    kind: str,
    address: str,
    keys: Mapping[str, Any] | None = None,
    name: str = "",
    session_key: str = "",
) -> Device:
    """Have this browser or app told, for as long as the session lives.

    The same address again is the same device; if it was somebody else's, it is theirs no more. Of
    more than twenty the one that was registered first goes. Raises `Refused` (device.not_offered),
    `ValidationError` (device.address, device.keys).
    """
    if kind not in offered():
        raise Refused("device.not_offered", _("Medley cannot reach devices of this kind here."))
    if not 0 < len(address) <= ADDRESS_LIMIT:
        raise ValidationError(_("This is no device's address."), code="device.address")
    stored = pusher(kind).check(address, keys or {})
    User.objects.select_for_update().get(pk=user.pk)  # two at once cannot both be the twentieth
    Device.objects.at(kind, address).exclude(user=user).delete()
    device, _is_new = Device.objects.update_or_create(
        digest=digest_of(kind, address),
        user=user,
        defaults={
            "kind": kind,
            "address": address,
            "keys": stored,
            "name": clean_name(name)[:NAME_LIMIT],
            "session_key": session_key,
            "registered_at": timezone.now(),
            "failures": 0,
        },
    )
    _forget_the_oldest(user)
    return device


def _forget_the_oldest(user: User) -> None:
    mine = Device.objects.filter(user=user).order_by("-registered_at", "-pk")
    surplus = mine.values_list("pk", flat=True)[DEVICES_AT_MOST:]
    Device.objects.filter(pk__in=list(surplus)).delete()


def remove_device(device: Device) -> None:
    """It is told no more; whoever signed in there stays so."""
    device.delete()


def forget_devices(user: User, *, session_key: str | None = None, keep: str | None = None) -> None:
    """Sessions ended: that one, or all but `keep`; nobody is told there any more."""
    devices = Device.objects.filter(user=user)
    if session_key is not None:
        devices = devices.filter(session_key=session_key)
    elif keep is not None:
        devices = devices.exclude(session_key=keep)
    devices.delete()
