"""The one question that every entrance asks of what came in."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL.Image import Image

from accounts.models import ScreeningHit
from accounts.screening import lists
from accounts.screening.brought import Brought
from accounts.screening.hashing import PictureHash, bits_between, hash_of
from accounts.screening.holding import hold
from accounts.screening.lists import Match, Revisions
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
    """Raise `Held` where a picture, or one of three frames, of these files is on a list.

    What is kept then is the file that was recognised, with the `originals` it was made of; the
    caller shows nothing of it and deletes its own. Call it outside `atomic()`: what was found is
    committed although this raises.
    """
    now = lists.revisions()
    if not now:
        return
    for source in looked:
        for picture in pictures_in(source):
            found = _known(picture, now)
            if found:
                hold(brought, *found, [source, *(one for one in originals if one is not source)])
                raise Held


def _known(picture: Image, now: Revisions) -> tuple[PictureHash, Match] | None:
    looked = hash_of(picture)
    match = lists.nearest(looked, now) if looked else None
    if looked is None or match is None or _is_mistaken(looked):
        return None
    return looked, match


def _is_mistaken(looked: PictureHash) -> bool:
    """Whether somebody looked at this picture and said that it is another one."""
    mistaken = ScreeningHit.objects.filter(state=ScreeningHit.State.MISTAKEN)
    values = mistaken.values_list("value", flat=True)
    return any(bits_between(looked.value, bytes(value)) <= SAME for value in values)
