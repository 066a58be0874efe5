"""Lists of known things, for tests: `know(picture)` and `know_sound(file)` put one on a list."""

from pathlib import Path

from PIL import Image

from accounts.models import HashList
from accounts.screening import importing, sounds
from accounts.screening.hashing import hash_of

LIST = "Known to tests"


def hash_line(picture: Image.Image) -> str:
    """The picture's hash as a line of a list."""
    looked = hash_of(picture.convert("RGB"))
    assert looked is not None
    return str(looked)


def know(*pictures: Image.Image, name: str = LIST, **settings) -> HashList:
    """Have these pictures recognised from now on."""
    lines = [hash_line(picture) for picture in pictures]
    known, _added = importing.import_hashes(None, name, lines, **settings)
    return known


def sound_line(file: Path) -> str:
    """Its fingerprint as a line of a list."""
    heard = sounds.fingerprint_of(file)
    assert heard
    return heard.hex()


def know_sound(file: Path, name: str = "Sounds known to tests", **settings) -> HashList:
    """Have what is heard in this file recognised from now on."""
    known, _added = importing.import_hashes(
        None, name, [sound_line(file)], kind=HashList.Kind.SOUND, **settings
    )
    return known
