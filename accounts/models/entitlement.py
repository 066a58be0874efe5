"""What somebody bought the right to."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7

NAME_LIMIT = 50


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    """Entitlements, as sets."""

    def valid(self, at: datetime | None = None) -> Self:
        """Those that hold at that moment (now): neither over nor taken back."""
        at = at or timezone.now()
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        return self.filter(lasting, granted_at__lte=at, revoked_at__isnull=True)


class Entitlement(models.Model):
    """`holder` has what `grantor` sells under `name` ("membership"): the shop writes it with the
    order and takes it back with the refund; others only ask whether it is there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="entitlements", db_index=False
    )
    grantor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    source = models.CharField(
        max_length=100, blank=True, default="", help_text="What granted it, as the shop calls it."
    )
    granted_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["holder", "grantor", "name"], name="entitlement_of")]

    def __str__(self) -> str:
        return f"{self.name} of {self.grantor_id} for {self.holder_id}"
