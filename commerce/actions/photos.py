"""Photos of products: added, described, put in order, taken away."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import images
from accounts.models import User
from accounts.ports import card_changed
from accounts.screening import Brought, screen
from accounts.text import clean_name
from commerce import copies
from commerce.actions.products import permit
from commerce.models import Product, ProductPhoto
from commerce.refusals import invalid

SIDE = 1080  # pixels: shown over the width of a phone
ALT = 200


def add_photo(actor: User, product: Product, file: images.Readable, *, alt: str = "") -> Product:
    """Show the picture's middle behind those there are. It is made anew, without what a camera
    wrote into it, and compared with known ones (R44).

    Raises as `actions.products`, and `ValidationError` (product.photos, product.alt, avatar.type,
    avatar.too_large, media.held).
    """
    permit(actor, product.shop)
    alt = _clean_alt(alt)
    content = images.content_of(file)
    picture = images.square_webp(content, SIDE)
    screen(Brought("product", actor.pk, "product", product.pk), [content, picture])
    name = default_storage.save(images.random_name("products"), ContentFile(picture))
    try:
        return _place(product, name, alt, copies.make(ProductPhoto, name, picture))
    except BaseException:
        copies.drop(ProductPhoto, [name])
        raise


@transaction.atomic
def _place(product: Product, name: str, alt: str, smaller: list[int]) -> Product:
    held = _held(product)
    places = list(held.photos.values_list("position", flat=True))
    if len(places) >= ProductPhoto.MOST:
        raise invalid("product.photos", "photos", count=ProductPhoto.MOST)
    position = max(places, default=-1) + 1
    size = {"width": SIDE, "height": SIDE, "smaller": smaller}
    held.photos.create(image=name, **size, alt=alt, position=position)
    card_changed("product", held.pk)
    return held


@transaction.atomic
def describe_photo(actor: User, photo: ProductPhoto, alt: str) -> ProductPhoto:
    """Say what it shows, for people who cannot see it."""
    permit(actor, photo.product.shop)
    photo.alt = _clean_alt(alt)
    photo.save(update_fields=["alt"])
    return photo


@transaction.atomic
def order_photos(actor: User, product: Product, keys: Sequence[UUID]) -> Product:
    """Show these in this order; what is not named comes behind them."""
    permit(actor, product.shop)
    held = _held(product)
    places = {key: place for place, key in enumerate(keys)}
    photos = sorted(held.photos.all(), key=lambda photo: places.get(photo.pk, len(places)))
    for position, photo in enumerate(photos):
        photo.position = position
    ProductPhoto.objects.bulk_update(photos, ["position"])
    card_changed("product", held.pk)
    return held


@transaction.atomic
def remove_photo(actor: User, photo: ProductPhoto) -> None:
    """Take it away; its file goes after the commit. The last one of what is for sale stays
    (product.no_photo)."""
    permit(actor, photo.product.shop)
    held = _held(photo.product)
    if held.is_published and held.photos.count() == 1:
        raise invalid("product.no_photo", "photos")
    held.photos.filter(pk=photo.pk).delete()
    card_changed("product", held.pk)
    transaction.on_commit(lambda: copies.drop(ProductPhoto, [photo.image.name or ""]))


def _held(product: Product) -> Product:
    return Product.objects.select_for_update(of=("self",)).get(pk=product.pk)


def _clean_alt(alt: str) -> str:
    cleaned = clean_name(alt)
    if len(cleaned) > ALT:
        raise invalid("product.alt", "alt", count=ALT)
    return cleaned
