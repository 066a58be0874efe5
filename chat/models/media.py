"""Pictures, films, voice and files in messages: each a row that says where its files are and how
long they stay; and stickers."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Follow, User
from chat.models.message import Message

ALT_LIMIT = 500
NAME_LIMIT = 120
UNSENT_FOR = timedelta(hours=24)
# What was unsent stays so long for whoever judges a report; nobody else gets it.
GRACE = timedelta(days=7)
STICKERS_LIMIT = 24


def address(view: str, key: Any, storage_name: str) -> str:
    """Where one stored file is served, access checked; empty for no file."""
    return (
        reverse(f"api:{view}", args=[key, PurePosixPath(storage_name).name]) if storage_name else ""
    )


class MediaQuerySet(models.QuerySet["Media"]):
    """Media, as sets."""

    def visible_to(self, user) -> Self:
        """What hangs on messages that the person may read now, and their own that wait to be
        sent; what shows nakedness nobody under 18 has, however they came by it (R44)."""
        if not user.may_chat:
            return self.none()
        readable = Message.objects.visible_to(user).filter(unsent_at__isnull=True)
        fit = self.filter(is_revealing=False) if user.person.is_minor else self
        return fit.filter(Q(message__in=readable) | Q(owner=user, message__isnull=True))

    def unsent(self) -> Self:
        """Uploads that no message has."""
        return self.filter(message__isnull=True)

    def let_go(self, now: datetime) -> Self:
        """Those whose files nobody needs from `now` on; what others were copied from stays."""
        copies = Media.objects.filter(copied_from=OuterRef("pk"))
        lost = Q(ends_at__isnull=True, message__isnull=True)
        return self.filter(Q(ends_at__lte=now) | lost).exclude(Exists(copies))


class Media(models.Model):
    """One upload, before and after it is sent. Its files have names that nobody guesses.

    `source` is what came in, and goes once `file` (what is shown or kept) and `thumb` are made.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VIDEO = "video", _("Video")
        VOICE = "voice", _("Voice message")
        FILE = "file", _("File")
        STICKER = "sticker", _("Sticker")

    class State(models.TextChoices):
        UPLOADING = "uploading", _("Uploading")
        PROCESSING = "processing", _("Being prepared")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="media", db_index=False
    )
    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    refusal = models.CharField(max_length=40, blank=True, help_text=_("Why, as a code."))
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="media_rows"
    )
    sticker = models.ForeignKey(
        "Sticker", models.PROTECT, null=True, blank=True, related_name="sendings"
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    source = models.CharField(max_length=200, blank=True, help_text=_("Name in the file storage."))
    file = models.CharField(max_length=200, blank=True)
    thumb = models.CharField(max_length=200, blank=True)
    blur = models.CharField(max_length=2000, blank=True, help_text=_("A tiny picture, data: URI."))
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    seconds = models.FloatField(default=0)
    waveform = models.JSONField(default=list, blank=True, help_text=_("Loudness, 0 to 100."))
    name = models.CharField(max_length=NAME_LIMIT, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes."))
    alt = models.CharField(
        _("description for people who cannot see it"), max_length=ALT_LIMIT, blank=True
    )
    is_revealing = models.BooleanField(
        default=False, db_default=False, help_text=_("The nudity detector found something.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the files go; never while a message shows them.")
    )

    objects = MediaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(file="") | Q(sticker__isnull=False),
                name="media_ready_has_file",
            )
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(ends_at__isnull=False), name="media_ending"
            ),
            models.Index(fields=["owner", "created_at"], name="media_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def files(self) -> tuple[str, ...]:
        """Storage names of what may be fetched by whoever sees the message; the source never."""
        return tuple(name for name in (self.file, self.thumb) if name)

    def card(self) -> dict[str, Any]:
        """What a message tells of it, as JSON values; its addresses check access again."""
        if self.sticker:
            return {**self.sticker.card(), "id": str(self.pk), "sticker": str(self.sticker.pk)}
        return {
            "id": str(self.pk),
            "kind": self.kind,
            "url": address("media-file", self.pk, self.file),
            "thumb": address("media-file", self.pk, self.thumb),
            "blur": self.blur,
            "width": self.width,
            "height": self.height,
            "seconds": round(self.seconds, 1),
            "waveform": self.waveform,
            "name": self.name,
            "size": self.size,
            "alt": self.alt,
        }


class StickerQuerySet(models.QuerySet["Sticker"]):
    """Stickers, as sets."""

    def kept_by(self, user) -> Self:
        """The person's own set, the latest first."""
        return self.filter(keepings__owner=user).order_by("-keepings__kept_at", "-pk")

    def visible_to(self, user) -> Self:
        """One's own, those kept, published ones, and what was sent where the person reads."""
        if not user.may_chat:
            return self.none()
        kept = KeptSticker.objects.filter(owner=user, sticker=OuterRef("pk"))
        seen = Media.objects.filter(sticker=OuterRef("pk")).visible_to(user)
        published = Q(published_at__isnull=False)
        return self.filter(published | Q(maker=user) | Exists(kept) | Exists(seen))

    def published_for(self, user) -> Self:
        """What those whom the person follows have published, the latest first; never across a
        block (R15)."""
        followed = User.objects.visible_to(user).filter(
            pk__in=Follow.objects.accepted().filter(follower=user).values("followed")
        )
        published = self.filter(published_at__isnull=False, maker__in=followed)
        return published.order_by("-published_at", "-pk")

    def forgotten(self) -> Self:
        """Those that nobody keeps and no message has."""
        kept = KeptSticker.objects.filter(sticker=OuterRef("pk"))
        sent = Media.objects.filter(sticker=OuterRef("pk"))
        return self.exclude(Exists(kept)).exclude(Exists(sent))


class Sticker(models.Model):
    """A small picture with a clear ground, made by somebody; private until published (R7)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="stickers_made"
    )
    file = models.CharField(max_length=200)
    side = models.PositiveSmallIntegerField(help_text=_("Pixels; it is square."))
    alt = models.CharField(max_length=ALT_LIMIT, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = StickerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sticker {self.pk}"

    def card(self) -> dict[str, Any]:
        """As a message's medium, and as the picker shows it."""
        url = address("sticker-file", self.pk, self.file)
        return {
            "id": str(self.pk),
            "kind": Media.Kind.STICKER.value,
            "url": url,
            "thumb": url,
            "blur": "",
            "width": self.side,
            "height": self.side,
            "seconds": 0,
            "waveform": [],
            "name": "",
            "size": 0,
            "alt": self.alt,
        }


class KeptSticker(models.Model):
    """One sticker in one person's set, made by them or taken from a message."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_stickers", db_index=False
    )
    sticker = models.ForeignKey(Sticker, models.CASCADE, related_name="keepings")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("owner", "sticker", name="sticker_kept_once")]

    def __str__(self) -> str:
        return f"{self.sticker_id} of {self.owner_id}"
