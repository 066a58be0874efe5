"""A browser or an app that is told of things while nobody has Medley open there."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.reading import NOBODY, ByKey

NAME_LIMIT = 60
ADDRESS_LIMIT = 2000
# Failing for so long and so often it will not come back; less may be our own line that is down.
HOPELESS_AFTER = timedelta(days=30)
HOPELESS_FAILURES = 20


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices, as sets."""

    def by_person(self, people: Iterable[UUID]) -> dict[UUID, list[UUID]]:
        """The devices of these people, whoever has any; one query."""
        found: dict[UUID, list[UUID]] = {}
        for user_id, key in _of_people(NOBODY, list(people)):
            found.setdefault(user_id, []).append(key)
        return found

    def at(self, kind: str, address: str) -> Self:
        """Whoever has this address."""
        return self.filter(digest=digest_of(kind, address))


class Device(models.Model):
    """`address` is where its push service takes what is meant for it: a Web Push endpoint, FCM's
    registration token, APNs' device token. It is told for as long as the session in which it was
    registered lives."""

    class Kind(models.TextChoices):
        """By which service it is reached."""

        WEB = "web", _("Browser")
        FCM = "fcm", _("Android")
        APNS = "apns", _("iPhone or iPad")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    address = models.CharField(max_length=ADDRESS_LIMIT)
    digest = models.CharField(max_length=64, unique=True, help_text="Of kind and address.")
    keys = models.JSONField(default=dict, help_text="Web Push: p256dh and auth, as base64url.")
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Chrome on Android, say.")
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    registered_at = models.DateTimeField(default=timezone.now, help_text="The last time.")
    last_ok_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Since then, in a row.")

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["web", "fcm", "apns"]), name="device_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name or self.kind} of {self.user_id}"

    @property
    def shown_name(self) -> str:
        """What its person's lists call it."""
        return self.name or self.get_kind_display()

    def is_hopeless(self, now: datetime) -> bool:
        """Whether nothing has reached it for a month, however often it was tried."""
        since = max(self.last_ok_at or self.registered_at, self.registered_at)
        return self.failures >= HOPELESS_FAILURES and now - since > HOPELESS_AFTER


def digest_of(kind: str, address: str) -> str:
    """What the unique index holds of an address, which may be long."""
    return hashlib.sha256(f"{kind}:{address}".encode()).hexdigest()


_of_people = ByKey(
    lambda _viewer, people: Device.objects.filter(user__in=people).values_list("user_id", "pk"),
    room=2,
    in_turns=False,
)
