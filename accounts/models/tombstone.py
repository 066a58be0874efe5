"""Whose account is gone for good: an id, and nothing else."""

from typing import Self

from django.db import models
from django.utils import timezone


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    """Tombstones, as sets."""

    def unfinished(self) -> Self:
        """Those of which something is still there."""
        return self.filter(done_at__isnull=True)


class Tombstone(models.Model):
    """Written when the deleting of an account begins, and kept longer than any backup: what is
    restored from one is deleted again (accounts/rights/tombstones.py).

    No foreign key: what it would point at is what must not be there.
    """

    person = models.UUIDField(primary_key=True)
    begun_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TombstoneQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.person)
