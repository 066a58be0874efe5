"""What search knows: the words of captions, and every word there is, to mend typing errors by."""

from django.db import models
from django.utils import timezone


class Findable(models.Model):
    """A published video's words as they are looked up (videos/search/indexing.py).

    The index over `words` (GIN, or FTS5 on SQLite) is made by the migration.
    """

    video = models.OneToOneField("videos.Video", models.CASCADE, related_name="findable")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"words of {self.video_id}"


class Term(models.Model):
    """A word that stands in captions, topics, names or titles, and how often."""

    word = models.CharField(max_length=40, unique=True)
    count = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.word


class TermKey(models.Model):
    """A term, or what is left of it without one letter: words that share a key are one slip of a
    finger apart (symmetric deletion)."""

    key = models.CharField(max_length=40)
    term = models.ForeignKey(Term, models.CASCADE, related_name="keys")

    class Meta:
        indexes = [models.Index(fields=["key"], name="term_by_key")]

    def __str__(self) -> str:
        return f"{self.key} of {self.term_id}"
