"""NudeNet 3 as NUDITY_DETECTOR; installed by whoever wants it (`pip install nudenet`)."""

import tempfile
from importlib import import_module
from pathlib import Path

from PIL import Image

NAKED = frozenset(
    {
        "ANUS_EXPOSED",
        "BUTTOCKS_EXPOSED",
        "FEMALE_BREAST_EXPOSED",
        "FEMALE_GENITALIA_EXPOSED",
        "MALE_GENITALIA_EXPOSED",
    }
)
# Of 1: rather a picture too many is refused to young people than one too few.
SURE = 0.4


class NudeNet:
    """A detector as accounts/screening/nudity.py asks for one."""

    def __init__(self) -> None:
        self.detector = import_module("nudenet").NudeDetector()

    def finds(self, picture: Image.Image) -> bool:
        with tempfile.TemporaryDirectory(prefix="medley-looked-") as folder:
            path = Path(folder) / "picture.png"
            picture.save(path)
            found = self.detector.detect(str(path))
        return any(each["class"] in NAKED and each["score"] >= SURE for each in found)
