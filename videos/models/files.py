"""The stored files of a video: their names, their addresses, what has been made so far."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.routes import address_of_file

if TYPE_CHECKING:
    from uuid import UUID

PLAYABLE = ("720", "540", "360")  # MP4s, the best first
DOWNLOAD = "save"  # a marked copy to take along, for whoever may (videos/rights.py)


class Files(models.Model):
    """The part of `Video` that knows its files. Asks the database for renditions: fetch them with
    `with_parts` where there are many videos."""

    cover = models.CharField(max_length=200, blank=True)
    cover_small = models.CharField(max_length=200, blank=True)
    strip = models.CharField(max_length=200, blank=True, help_text=_("Ten pictures in one row."))

    if TYPE_CHECKING:
        pk: UUID
        renditions: Any
        recipe_version: int

    class Meta:
        abstract = True

    @property
    def folder(self) -> str:
        """Where its files lie in the storage."""
        return f"videos/{self.pk}"

    def media_url(self, storage_name: str) -> str:
        """Where one of its files is served, permission checked; empty for no file."""
        if not storage_name:
            return ""
        return address_of_file("videos:media", self.pk, PurePosixPath(storage_name).name)

    @property
    def files(self) -> set[str]:
        """Storage names of all that was made of its clips."""
        pictures = {self.cover, self.cover_small, self.strip} - {""}
        return pictures | {file for one in self.renditions.all() for file in one.files}

    @property
    def shown_files(self) -> set[str]:
        """What may be fetched by whoever may watch: what was made to be shown; what came, never."""
        return self.files - {one.file for one in self.renditions.all() if one.kind == DOWNLOAD}

    @property
    def shown_renditions(self) -> list[Any]:
        """The ways to play it."""
        return [one for one in self.renditions.all() if one.kind != DOWNLOAD]

    @property
    def download(self) -> Any:
        """The marked copy of the video as it is now; None while there is none."""
        for rendition in self.renditions.all():
            if rendition.kind == DOWNLOAD and rendition.recipe_version == self.rendered_version:
                return rendition
        return None

    @property
    def playable_files(self) -> dict[str, str]:
        """Storage names of its MP4s, by kind, the best first."""
        found = {one.kind: one.file for one in self.renditions.all()}
        return {kind: found[kind] for kind in PLAYABLE if kind in found}

    @property
    def rendered_version(self) -> int:
        """Of which version of the recipe it plays; 0 before it plays at all."""
        versions = (one.recipe_version for one in self.renditions.all() if one.kind == "720")
        return max(versions, default=0)

    @property
    def has_extras(self) -> bool:
        """Is all that is made after publishing there, for the recipe as it is?"""
        versions = {one.kind: one.recipe_version for one in self.renditions.all()}
        return bool(self.strip) and versions.get("loop") == self.recipe_version

    @property
    def cover_url(self) -> str:
        return self.media_url(self.cover)

    @property
    def cover_small_url(self) -> str:
        return self.media_url(self.cover_small)

    def rendition_url(self, kind: str) -> str:
        """The address of rendition "720", "360", "loop" or "hls"; empty while there is none."""
        for rendition in self.renditions.all():
            if rendition.kind == kind:
                return self.media_url(rendition.file)
        return ""

    @property
    def large_url(self) -> str:
        return self.rendition_url("720")

    @property
    def small_url(self) -> str:
        """The small one; the large one where that was quicker to publish."""
        return self.rendition_url("360") or self.large_url

    @property
    def loop_url(self) -> str:
        """A few silent seconds for grids; empty until they are made."""
        return self.rendition_url("loop")

    @property
    def stream_url(self) -> str:
        """The HLS playlist of a long video; empty for short ones, where one file is quicker."""
        return self.rendition_url("hls")
