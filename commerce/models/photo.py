"""What all square photos of the shop have: smaller copies that lie beside them."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.files import ImageFieldFile


class SizedPhoto(models.Model):
    """A square picture (`image`) with a copy of each of SIDES, in pixels."""

    SIDES: ClassVar[tuple[int, ...]]
    image: ImageFieldFile | models.ImageField

    smaller = models.JSONField(
        null=True, blank=True, help_text="Which of SIDES there are; none: not looked at yet."
    )

    class Meta:
        abstract = True

    @property
    def copies(self) -> dict[int, str]:
        """Storage names of the smaller ones, by their side in pixels."""
        return {side: self.copy_name(self.image.name or "", side) for side in self.smaller or ()}

    @property
    def files(self) -> list[str]:
        """The storage names of all its sizes."""
        return [self.image.name or "", *self.copies.values()]

    @staticmethod
    def copy_name(name: str, side: int) -> str:
        """Where the copy of that side lies."""
        return f"{name.removesuffix('.webp')}-{side}.webp"

    @classmethod
    def whole_name(cls, name: str) -> str:
        """Of which picture a file is a copy; the picture itself of no copy."""
        for side in cls.SIDES:
            if name.endswith(f"-{side}.webp"):
                return f"{name.removesuffix(f'-{side}.webp')}.webp"
        return name

    def url_for(self, side: int) -> str:
        """Where the copy of that side lies, or the picture itself where there is none."""
        name = self.copies.get(side)
        return self.image.storage.url(name) if name else str(self.image.url)
