"""Which app clients were refused by the age screen of late (R1)."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

LIFETIME = timedelta(hours=24)


class AgeRefusalQuerySet(models.QuerySet["AgeRefusal"]):
    """Refusals, as sets."""

    def standing(self, digest: str) -> bool:
        """Whether this client was refused within the last 24 h."""
        return self.filter(digest=digest, expires_at__gt=timezone.now()).exists()

    def remember(self, digest: str) -> None:
        """Refuse this client for 24 h from now; forget those whose time is over."""
        self.filter(expires_at__lte=timezone.now()).delete()
        self.update_or_create(digest=digest, defaults={"expires_at": timezone.now() + LIFETIME})


class AgeRefusal(models.Model):
    """A client by its keyed hash: neither address nor birth date is kept."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = AgeRefusalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"refused until {self.expires_at:%Y-%m-%d %H:%M}"
