"""The port to a program that finds nakedness in pictures (NUDITY_DETECTOR); none unless named."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from PIL import Image

from accounts.screening.pictures import Source, pictures_in


class Detector(Protocol):
    """What NUDITY_DETECTOR names: a class that is made once a process, without arguments."""

    def finds(self, picture: Image.Image) -> bool:
        """Whether an RGB picture shows nakedness."""


def is_revealing(sources: Iterable[Source]) -> bool:
    """Whether a picture, or one of three frames, of these files shows nakedness; no without a
    detector. What the detector raises is raised: nothing unseen goes through."""
    if not settings.NUDITY_DETECTOR:
        return False
    detector = _made(settings.NUDITY_DETECTOR)
    return any(detector.finds(picture) for source in sources for picture in pictures_in(source))


@cache
def _made(path: str) -> Detector:
    made: Detector = import_string(path)()
    return made
