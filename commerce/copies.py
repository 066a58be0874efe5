"""The smaller copies of photos: made, made later, dropped."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts import images
from commerce.models.photo import SizedPhoto

AT_ONCE = 100  # photos: about half a minute


def make(kind: type[SizedPhoto], name: str, picture: bytes) -> list[int]:
    """Store the copies that this kind of photo has beside the one of that name; answers their
    sides."""
    for side in kind.SIDES:
        copy = ContentFile(images.square_webp(picture, side))
        default_storage.save(kind.copy_name(name, side), copy)
    return list(kind.SIDES)


def drop(kind: type[SizedPhoto], names: Iterable[str]) -> None:
    """Delete these photos' files, and all copies that there may be."""
    for name in names:
        for each in (name, *(kind.copy_name(name, side) for side in kind.SIDES)):
            default_storage.delete(each)


def make_missing(kind: type[SizedPhoto]) -> int:
    """Of photos that came before there were copies, some at a time; answers of how many. One whose
    file is gone or broken is shown as it is."""
    photos = kind._default_manager
    older = list(photos.filter(smaller__isnull=True).order_by("pk")[:AT_ONCE])
    for photo in older:
        name = photo.image.name or ""
        try:
            with default_storage.open(name) as file:
                smaller = make(kind, name, file.read())
        except (FileNotFoundError, ValidationError):
            smaller = []
        photos.filter(pk=photo.pk).update(smaller=smaller)
    return len(older)
