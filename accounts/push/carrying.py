"""The port to the services that carry pushes: each kind of device has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Device
from accounts.push.pushes import Push

# Of a service that says nothing: (to connect, to answer), in seconds. Others wait behind it.
PATIENCE = (3.0, 5.0)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """The service took it; when the device gets it is the service's business."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody is at that address any more; where the service says so, since when."""

    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the service is busy or away. `after` where it says when to come again."""

    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class TooLong:
    """The same with fewer words may go."""


Outcome = Sent | Gone | Later | TooLong


class Refusal(Exception):
    """The service will not take this from us: keys that do not fit, a request it does not
    understand. Trying again as it is helps nobody but whoever mends it."""


class Pusher(Protocol):
    """One way to reach devices; made once a process, without arguments."""

    def check(self, address: str, keys: Mapping[str, Any]) -> dict[str, str]:
        """The keys to store for an address that may be pushed to; `ValidationError` where it is
        none (device.address, device.keys)."""
        ...

    def send(self, device: Device, push: Push) -> Outcome:
        """Hand one push to the service, within seconds. Raises `Refusal`."""
        ...


def offered() -> list[str]:
    """The kinds of devices that can be told here: those for whose service there are keys."""
    return list(settings.PUSHERS)


@cache
def pusher(kind: str) -> Pusher:
    """The one for this kind of device, which is offered."""
    return import_string(settings.PUSHERS[kind])()


def wait_asked_for(header: str | None) -> timedelta | None:
    """What a Retry-After says, seconds or a date (RFC 9110, section 10.2.3), of an hour at most."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(timedelta(seconds=int(header.strip()[:6])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    wait = until.replace(tzinfo=until.tzinfo or UTC) - timezone.now()
    return min(max(wait, timedelta()), LONGEST_WAIT)
