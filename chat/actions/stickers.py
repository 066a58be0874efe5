"""One's own stickers: made of a picture, taken from a message, sent with one tap (R7)."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.screening import screen
from accounts.screening.nudity import is_revealing
from chat.actions.media import clean_alt
from chat.media.limits import LARGEST, BadMedia
from chat.media.pictures import STICKER
from chat.media.pictures import sticker as drawn
from chat.models.media import STICKERS_LIMIT, KeptSticker, Media, Sticker
from chat.refusals import invalid, refused
from chat.screening import of_sticker


def make_sticker(maker: User, file: Any, *, alt: str = "") -> Sticker:
    """A sticker of a picture that is cut out already, in the maker's set; private at first.

    Raises `ValidationError` (media.too_large, media.unreadable, media.held), `Refused`
    (policy.R2, sticker.too_many).
    """
    policy.permit(policy.may_use_messages(maker.person))
    _permit_more(maker)
    if file.size > LARGEST[Media.Kind.PHOTO]:
        raise invalid("media.too_large")
    try:
        picture = drawn(file)
    except BadMedia as bad:
        raise invalid(bad.code) from None
    screen(of_sticker(maker.pk, maker.pk), [picture])
    if is_revealing([picture]):  # a sticker goes on from hand to hand, to people of any age
        raise invalid("media.held")
    name = default_storage.save(f"chat/stickers/{secrets.token_hex(16)}.webp", ContentFile(picture))
    with transaction.atomic():
        sticker = Sticker.objects.create(maker=maker, file=name, side=STICKER, alt=clean_alt(alt))
        KeptSticker.objects.create(owner=maker, sticker=sticker)
    return sticker


def keep_sticker(actor: User, sticker: Sticker) -> Sticker:
    """Add a sticker that one sees to one's own set; twice is once. Raises `Refused`
    (sticker.too_many, policy.R2)."""
    policy.permit(policy.may_use_messages(actor.person))
    if not KeptSticker.objects.filter(owner=actor, sticker=sticker).exists():
        _permit_more(actor)
        KeptSticker.objects.get_or_create(owner=actor, sticker=sticker)
    return sticker


def remove_sticker(actor: User, sticker: Sticker) -> None:
    """Take a sticker out of one's set. What was sent stays; what one made is published no more."""
    KeptSticker.objects.filter(owner=actor, sticker=sticker).delete()
    Sticker.objects.filter(pk=sticker.pk, maker=actor).update(published_at=None)


def publish_sticker(maker: User, sticker: Sticker, *, is_published: bool) -> Sticker:
    """Let everybody add one's own sticker, or nobody any more. Raises `Refused` (policy.R7,
    media.not_yours)."""
    if sticker.maker_id != maker.pk:
        raise refused("media.not_yours")
    if is_published:
        policy.permit(policy.publish_sticker(maker.person))
    sticker.published_at = timezone.now() if is_published else None
    sticker.save(update_fields=["published_at"])
    return sticker


def _permit_more(owner: User) -> None:
    if KeptSticker.objects.filter(owner=owner).count() >= STICKERS_LIMIT:
        raise refused("sticker.too_many")
