"""A sound is a thing of its own: a track of the library, or what was lifted out of a video."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext

from accounts.ids import uuid7
from accounts.models import User
from videos.models.audience import open_to_all
from videos.models.video import Video

# Beats a minute: from, and below.
TEMPOS = {"slow": (0, 90), "medium": (90, 120), "fast": (120, 1000)}


# Eighteen years and a day, leap days and time zones included.
CERTAINLY_ADULT = timedelta(days=6576)


def _friends(person: Any) -> Q:
    if not person.is_authenticated:
        return Q(pk=None)
    return Q(Exists(User.objects.friends_of(person).filter(pk=OuterRef("owner"))))


class SoundQuerySet(models.QuerySet["Sound"]):
    """Sounds, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """The library, one's own, and of others what was lifted out of videos the viewer may watch:
        the sound of a video that is not there for somebody is not there either, nor is one that
        was taken down for anybody."""
        origins = Video.objects.watchable_by(viewer).filter(pk=OuterRef("video"))
        there = self.filter(Q(kind=Sound.Kind.LIBRARY) | Exists(origins), removed_at=None)
        return there.with_origin()

    def usable_by(self, person: Any) -> Self:
        """What `person` may put under a video of theirs: visible, open, and by R5 theirs to take.

        The R5 half is asked of each row (`videos.rights.may_reuse_sound`) where one is chosen; here
        stands what a database can say, so that a list shows nothing that would be refused often.
        """
        mine = Q(owner=person) if person.is_authenticated else Q(pk=None)
        lent = Q(is_open=True) & open_to_all("video__")
        lent &= Q(owner__birth_date__lte=timezone.now().date() - CERTAINLY_ADULT) | _friends(person)
        library = Q(kind=Sound.Kind.LIBRARY, is_open=True)
        whole = Q(contains=None) | Q(contains__is_open=True)
        return self.visible_to(person).filter(whole, library | mine | lent)

    def removed(self) -> Self:
        """Those that moderators took down, and those in which such a one was recognised."""
        return self.filter(Q(removed_at__isnull=False) | Q(contains__removed_at__isnull=False))

    def of_video(self, video: Video) -> Any:
        """The key of what a video sounds like: its music, or its parent's in a duet or stitch, else
        what was lifted out of it; None where there is nothing."""
        if video.sound_id or not video.is_made_of_parent:
            own = self.filter(video=video).values_list("pk", flat=True)
            return video.sound_id or own.first()
        return self.of_video(video.parent) if video.parent else None

    def with_origin(self) -> Self:
        """With owner and video at hand, without the fingerprint: no query more."""
        return self.select_related("owner", "video__author").defer("fingerprint")

    def saved_by(self, viewer: Any) -> Self:
        """With `is_saved` as the viewer stands to each."""
        if not viewer.is_authenticated:
            no = models.Value(False, output_field=models.BooleanField())
            return self.annotate(is_saved=no)
        kept = SavedSound.objects.filter(sound=OuterRef("pk"), user=viewer)
        return self.annotate(is_saved=Exists(kept))

    def saying(self, words: str) -> Self:
        """Whose title or artist, or whose owner's name, holds each of the words, case ignored."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(artist__icontains=word)
                | Q(owner__username__icontains=word)
                | Q(owner__display_name__icontains=word)
            )
        return found

    def at_tempo(self, tempo: str) -> Self:
        """Those of one of TEMPOS."""
        lowest, below = TEMPOS[tempo]
        return self.filter(bpm__gte=lowest, bpm__lt=below)


class Sound(models.Model):
    """`is_open` is the owner's consent to reuse, and theirs to take back."""

    class Kind(models.TextChoices):
        LIBRARY = "library", gettext_lazy("Library")
        ORIGINAL = "original", gettext_lazy("Original sound")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120, blank=True)
    artist = models.CharField(max_length=120, blank=True)
    # With the video its sound is gone for all at once; the row waits until those who use it are
    # silenced (videos/actions/lending.py).
    video = models.OneToOneField(
        Video, models.SET_NULL, null=True, blank=True, related_name="own_sound"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="sounds"
    )
    file = models.CharField(max_length=200, help_text=gettext_lazy("Name in the file storage."))
    duration_ms = models.PositiveIntegerField()
    peaks = models.JSONField(default=list, blank=True)
    mood = models.CharField(max_length=30, blank=True)
    bpm = models.PositiveSmallIntegerField(null=True, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=300, blank=True)
    cover = models.CharField(max_length=200, blank=True)
    is_open = models.BooleanField(default=True)
    # A known sound that was recognised in it: who lends this one would lend that one too.
    contains = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="contained_in"
    )
    # Chromaprint's words, 4 bytes each (accounts/fingerprints.py).
    fingerprint = models.BinaryField(default=bytes, blank=True)
    # SHA-256 of the file that was imported: the same one is not taken twice.
    source_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    use_count = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When a moderator took it down.")
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = SoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="library") | Q(owner__isnull=False),
                name="sound_original_has_owner",
            )
        ]
        indexes = [
            models.Index(fields=["-use_count", "-id"], name="sound_by_use"),
            models.Index(fields=["mood", "-use_count"], name="sound_by_mood"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("videos:sound", args=[self.pk])

    @property
    def is_original(self) -> bool:
        return self.kind == self.Kind.ORIGINAL

    @property
    def name(self) -> str:
        """Its title; of one without, whose it is in the reader's language."""
        return self.title or pgettext("a sound", "Original sound")

    @property
    def by(self) -> str:
        """Whose it is: the artist, or whoever made the video."""
        return self.artist or (self.owner.name if self.owner else "")

    @property
    def line(self) -> str:
        """Both in a line, as players show it."""
        return f"{self.name} · {self.by}" if self.by else self.name

    @cached_property
    def is_public(self) -> bool:
        """Anybody may hear it, signed in or not."""
        return not self.is_original or bool(self.video and self.video.is_public)

    def media_url(self, storage_name: str) -> str:
        """Where one of its files is served, permission checked; empty for no file."""
        if not storage_name:
            return ""
        return reverse("videos:sound_media", args=[self.pk, PurePosixPath(storage_name).name])

    @property
    def file_url(self) -> str:
        return self.media_url(self.file)

    @property
    def cover_url(self) -> str:
        """Its own picture, else that of the video it comes from."""
        if self.cover or not self.video or self.video.is_sensitive:
            return self.media_url(self.cover)
        return self.video.cover_small_url

    @property
    def clock(self) -> str:
        """Its length as people read it: 0:31."""
        seconds = round(self.duration_ms / 1000)
        return f"{seconds // 60}:{seconds % 60:02}"

    def share_card(self) -> dict[str, Any]:
        """What a conversation shows of it (chat/sharing.py): plays in place, links to its page."""
        return {
            "kind": "sound",
            "id": str(self.pk),
            "title": self.name,
            "detail": f"{self.by} · {self.clock}" if self.by else self.clock,
            "poster": self.cover_url,
            "video": self.file_url,
            "duration_ms": self.duration_ms,
            "url": self.get_absolute_url(),
        }

    def note_share(self, user: Any, conversation_count: int) -> None:
        """Nobody counts how often a sound is shared."""

    def count_use(self, by: int) -> None:
        """So many published videos more use it, or fewer."""
        Sound.objects.filter(pk=self.pk).update(use_count=F("use_count") + by)


class SavedSound(models.Model):
    """Somebody keeps a sound for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_sounds")
    sound = models.ForeignKey(Sound, models.CASCADE, related_name="saves")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("user", "sound", name="sound_saved_once")]

    def __str__(self) -> str:
        return f"{self.user_id} keeps {self.sound_id}"


class SoundMark(models.Model):
    """Where one word of a sound's fingerprint stands: by it, the same sound is found by index.

    One word in four is kept, chosen by its value, so that both sides choose the same.
    """

    word = models.IntegerField()
    place = models.PositiveIntegerField()
    sound = models.ForeignKey(Sound, models.CASCADE, related_name="marks")

    class Meta:
        indexes = [models.Index(fields=["word"], name="sound_mark_word")]

    def __str__(self) -> str:
        return f"{self.word} at {self.place} of {self.sound_id}"
