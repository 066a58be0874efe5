"""A file on its way to us, in as many pieces as its line needs."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils import timezone

from accounts.ids import uuid7
from accounts.uploads.metadata import read_metadata

NAME_LIMIT = 120
METADATA_LIMIT = 2048
# Nothing came for so long: nobody means to go on with it.
LIFETIME = timedelta(hours=24)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads, as sets."""

    def unfinished(self) -> Self:
        """Those that still miss bytes, or whose receiver has not heard of them yet."""
        return self.filter(completed_at__isnull=True)

    def abandoned(self, now: datetime) -> Self:
        """Unfinished ones that nobody went on with in time."""
        return self.unfinished().filter(expires_at__lte=now)

    def whole(self) -> Self:
        """Unfinished ones with every byte: whoever took the last one died before it said so."""
        return self.unfinished().filter(offset=F("length"))

    def bytes_together(self) -> int:
        """What they take once they are whole, an unfinished one as long as it said it would be."""
        return self.aggregate(bytes=Sum("length", default=0))["bytes"]


class Upload(models.Model):
    """`offset` of `length` bytes are safely on the disk; those of an unfinished upload lie in the
    spool (accounts/uploads/spool.py), those of a finished one in the storage under `file`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    purpose = models.CharField(max_length=20, help_text="One of UPLOAD_RECEIVERS.")
    name = models.CharField(max_length=NAME_LIMIT, blank=True)
    metadata = models.CharField(
        max_length=METADATA_LIMIT, blank=True, help_text="Upload-Metadata as it was given."
    )
    length = models.PositiveBigIntegerField(help_text="Bytes.")
    offset = models.PositiveBigIntegerField(default=0, help_text="Bytes that are here.")
    parts = models.CharField(
        max_length=1024,
        blank=True,
        default="",
        db_default="",
        help_text="What object storage calls its parts, where they are sent there.",
    )
    file = models.CharField(max_length=200, blank=True, help_text="Name in the file storage.")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__lte=F("length")), name="upload_offset_within_length"
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | (Q(offset=F("length")) & ~Q(file="")),
                name="upload_complete_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="upload_abandoned",
                condition=Q(completed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.offset} of {self.length} bytes for {self.purpose}"

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def is_expired(self) -> bool:
        return not self.is_complete and self.expires_at <= timezone.now()

    @property
    def told(self) -> dict[str, str]:
        """What the client said of the file, by key ("filetype", "draft")."""
        return read_metadata(self.metadata)
