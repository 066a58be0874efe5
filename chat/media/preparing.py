"""One uploaded file becomes what its kind is shown as. Knows paths, no rows."""

from pathlib import Path

from accounts.errors import BadFile
from accounts.ports import render_film
from chat.media.limits import BadMedia
from chat.media.pictures import cover, photo
from chat.media.prepared import Prepared
from chat.media.voice import voice
from chat.models.media import Media
from chat.refusals import SENTENCES


def film(source: Path, folder: Path) -> Prepared:
    """An MP4 that plays everywhere. Raises `BadMedia`."""
    try:
        made = render_film(source, folder)
    except BadFile as bad:
        raise BadMedia(_own_code(bad.code)) from bad
    thumb, blur = cover(folder / made.cover, folder)
    best = made.files[0]
    return Prepared(best.name, thumb, blur, best.width, best.height, made.seconds)


def _own_code(code: str) -> str:
    """video.too_long is media.too_long here; what has no such name is unreadable."""
    own = f"media.{code.partition('.')[2]}"
    return own if own in SENTENCES else "media.unreadable"


PREPARERS = {Media.Kind.PHOTO: photo, Media.Kind.VIDEO: film, Media.Kind.VOICE: voice}


def prepare(kind: str, source: Path, folder: Path) -> Prepared:
    """What is shown of `source`, in `folder`. Raises `BadMedia`."""
    folder.mkdir(parents=True, exist_ok=True)
    return PREPARERS[Media.Kind(kind)](source, folder)
