"""What may be uploaded into a conversation: how large, how long, and under which name."""

from pathlib import PurePosixPath

from django.conf import settings

from accounts.errors import BadFile
from accounts.text import clean_name
from chat.models.media import NAME_LIMIT, Media
from chat.refusals import SENTENCES, invalid

ALBUM = 10
LONGEST_VOICE = 180  # seconds
LARGEST = {
    Media.Kind.PHOTO: 30 * 2**20,
    Media.Kind.VIDEO: settings.VIDEO_MAX_BYTES,
    Media.Kind.VOICE: 20 * 2**20,
    Media.Kind.FILE: 50 * 2**20,
}
# Of one person in 24 hours, so that nobody fills the storage.
WAITING = 40
DAILY_BYTES = 2 * 2**30

# Files that do something when they are opened. Inside an archive they come through: whoever
# unpacks one knows more than whoever only taps.
PROGRAMS = frozenset(
    {"apk", "app", "appx", "bat", "cmd", "com", "cpl", "deb", "dmg", "exe", "gadget", "hta", "iso"}
    | {"jar", "js", "jse", "lnk", "msi", "msix", "pif", "pkg", "ps1", "psm1", "reg", "rpm", "scf"}
    | {"scr", "sh", "url", "vb", "vbe", "vbs", "ws", "wsc", "wsf", "wsh", "xll"}
)


class BadMedia(BadFile):
    """A file that cannot be shown in a message; `code` is one of `media.*` in chat/refusals.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])


def check(kind: str, name: str, size: int) -> None:
    """Refuse early what can never be sent: `ValidationError` (media.unreadable, media.too_large,
    media.dangerous)."""
    if kind not in LARGEST or not size:
        raise invalid("media.unreadable")
    if size > LARGEST[Media.Kind(kind)]:
        raise invalid("media.too_large")
    if kind == Media.Kind.FILE and _suffix(name) in PROGRAMS:
        raise invalid("media.dangerous")


def clean_file_name(name: str) -> str:
    """What it was called, without folders and disguises, its suffix kept; never empty."""
    # Spaces before the suffix are what hides it: "photo.jpg          .exe".
    shown = clean_name(name.replace("\\", "/").rpartition("/")[2]).strip(". ") or "file"
    path = PurePosixPath(shown)
    return path.stem[: NAME_LIMIT - len(path.suffix[:12])] + path.suffix[:12]


def _suffix(name: str) -> str:
    return PurePosixPath(clean_file_name(name)).suffix[1:].strip().lower()
