"""Lists of known pictures and sounds, and what was found with them before anybody had it (R44)."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models.report import Report

# Of 256 bits: what PDQ's authors recommend, and with what a list of pictures begins.
DISTANCE = 31
MOST_DISTANCE = 60
HASH_BYTES = 32
HASH_BITS = 8 * HASH_BYTES


class HashListQuerySet(models.QuerySet["HashList"]):
    """Lists, as sets."""

    def of_pictures(self) -> Self:
        return self.filter(kind=HashList.Kind.PICTURE)

    def with_counts(self) -> Self:
        """With `hash_count`, how much is on each."""
        return self.annotate(hash_count=Count("hashes"))


class HashList(models.Model):
    """One list that `manage.py import_hashes` brought: hashes, never pictures.

    `revision` rises with every change of what it finds: whoever keeps it in memory looks there.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", _("Pictures (PDQ)")
        SOUND = "sound", _("Sounds (Chromaprint)")

    class Action(models.TextChoices):
        HOLD = "hold", _("Keep as evidence for an authority")
        REVIEW = "review", _("Keep until moderators have decided")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(
        max_length=7, choices=Kind.choices, default=Kind.PICTURE, db_default=Kind.PICTURE
    )
    reason = models.CharField(
        max_length=13, choices=Report.Reason.choices, default=Report.Reason.ILLEGAL
    )
    severity = models.PositiveSmallIntegerField(
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("1 to 10."),
    )
    action = models.CharField(max_length=6, choices=Action.choices, default=Action.HOLD)
    distance = models.PositiveSmallIntegerField(
        default=DISTANCE,
        validators=[MaxValueValidator(MOST_DISTANCE)],
        help_text=_("How many of 256 bits may differ."),
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = HashListQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class KnownHash(models.Model):
    """One thing on one list; `note` is the list's own word for it.

    Of a picture `value` is its PDQ hash; of a sound, the SHA-256 of its `fingerprint`: words of
    Chromaprint (accounts/fingerprints.py).
    """

    hash_list = models.ForeignKey(HashList, models.CASCADE, related_name="hashes", db_index=False)
    value = models.BinaryField(max_length=HASH_BYTES)
    note = models.CharField(max_length=120, blank=True)
    fingerprint = models.BinaryField(default=bytes, db_default=b"", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash_list", "value"], name="hash_once_a_list")
        ]

    def __str__(self) -> str:
        return bytes(self.value).hex()


class KnownSoundMark(models.Model):
    """Where one word of a known sound's fingerprint stands: by it, the sound is found by index."""

    word = models.IntegerField()
    place = models.PositiveIntegerField()
    known = models.ForeignKey(KnownHash, models.CASCADE, related_name="marks")

    class Meta:
        indexes = [models.Index(fields=["word"], name="known_sound_mark_word")]

    def __str__(self) -> str:
        return f"{self.word} at {self.place} of {self.known_id}"


class ScreeningHitQuerySet(models.QuerySet["ScreeningHit"]):
    """What was found, as sets."""

    def mistaken(self) -> Self:
        """What somebody looked at and said that it is something else."""
        return self.filter(state=ScreeningHit.State.MISTAKEN)


class ScreeningHit(models.Model):
    """Something that was on a list: kept out of everybody's sight, with its case.

    `files` are those in the closed storage, the one that was recognised first:
    `[{"name", "sha256", "size"}]`. `uploader` is who it was as it was then; it outlives the account
    where an authority has to be told. `value` is the picture's own hash; of a sound it is the
    list's, and `fingerprint` what was heard.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for a decision")
        MISTAKEN = "mistaken", _("Something else: may be used")
        GONE = "gone", _("Its files were deleted")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entrance = models.CharField(max_length=20, help_text=_("One of SCREENED."))
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploader = models.JSONField(default=dict)
    case = models.ForeignKey(
        "accounts.Case", models.SET_NULL, null=True, blank=True, related_name="screening_hits"
    )
    hash_list = models.ForeignKey(
        HashList, models.SET_NULL, null=True, blank=True, related_name="hits"
    )
    list_name = models.CharField(max_length=60)
    note = models.CharField(max_length=120, blank=True)
    value = models.BinaryField(max_length=HASH_BYTES)
    fingerprint = models.BinaryField(default=bytes, db_default=b"", blank=True)
    distance = models.PositiveSmallIntegerField(help_text=_("Bits that differ, of 256."))
    files = models.JSONField(default=list)
    is_held = models.BooleanField(
        _("kept for an authority"), help_text=_("Its files stay until legal lets go of them.")
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=timezone.now)

    objects = ScreeningHitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "found_at"], name="hit_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.entrance} {self.object_id} on {self.list_name}"

    @property
    def file_names(self) -> list[str]:
        """Names in the closed storage."""
        return [file["name"] for file in self.files]

    def as_evidence(self) -> dict[str, Any]:
        """What its case keeps: values without the file."""
        return {
            "hit": str(self.pk),
            "entrance": self.entrance,
            "list": self.list_name,
            "note": self.note,
            "distance": self.distance,
            "hash": bytes(self.value).hex(),
            "sha256": [file["sha256"] for file in self.files],
        }
