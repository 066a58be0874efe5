"""The one question that every entrance asks of what came in."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import Image

from accounts.models import ScreeningHit
from accounts.screening import lists, sounds
from accounts.screening.brought import Brought
from accounts.screening.hashing import PictureHash, bits_between, hash_of
from accounts.screening.holding import Found, hold
from accounts.screening.lists import Revisions
from accounts.screening.pictures import Source, pictures_in

# It says nothing of why: whoever tries out what is known learns as little as may be.
SENTENCE = _("This cannot be used. Choose something else.")


# Bits by which a picture may differ from itself, made smaller and saved anew (measured: 10 to 22).
SAME = 24


class Held(ValidationError):
    """It was on a list, and is kept where nobody sees it; people read `media.held`."""

    def __init__(self) -> None:
        super().__init__(SENTENCE, code="media.held")


def screen(brought: Brought, looked: Iterable[Source], *, originals: Iterable[Source] = ()) -> None:
    """Raise `Held` where a picture, one of three frames, or the sound of these files is on a list.

    What is kept then is the file that was recognised, with the `originals` it was made of; the
    caller shows nothing of it and deletes its own. Call it outside `atomic()`: what was found is
    committed although this raises.
    """
    now = lists.revisions()
    if now.are_none:
        return
    for source in looked:
        if found := _known(source, now):
            hold(brought, found, [source, *(one for one in originals if one is not source)])
            raise Held


def _known(source: Source, now: Revisions) -> Found | None:
    if now.pictures:
        for picture in pictures_in(source):
            if found := _known_picture(picture, now):
                return found
    return _known_sound(source) if now.sounds else None


def _known_picture(picture: Image, now: Revisions) -> Found | None:
    looked = hash_of(picture)
    match = lists.nearest(looked, now) if looked else None
    if looked is None or match is None or _is_mistaken_picture(looked):
        return None
    return Found(match, looked.value)


def _known_sound(source: Source) -> Found | None:
    heard = sounds.fingerprint_of(source)
    match = sounds.nearest(heard) if heard else None
    if match is None or _is_mistaken_sound(heard, match.value):
        return None
    return Found(match, match.value, heard)


# --- What somebody looked at, and said that it is something else ----------------------------------


def _is_mistaken_picture(looked: PictureHash) -> bool:
    mistaken = ScreeningHit.objects.mistaken().filter(fingerprint=b"")
    values = mistaken.values_list("value", flat=True)
    return any(bits_between(looked.value, bytes(value)) <= SAME for value in values)


def _is_mistaken_sound(heard: bytes, known: bytes) -> bool:
    mistaken = ScreeningHit.objects.mistaken().filter(value=known)
    others = mistaken.values_list("fingerprint", flat=True)
    return any(sounds.is_same(heard, bytes(other)) for other in others)
