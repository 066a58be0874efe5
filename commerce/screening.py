"""The entrances of the shop (SCREENED)."""

from collections.abc import Iterable
from contextlib import ExitStack
from uuid import UUID

from django.db import transaction

from accounts import ports
from accounts.ports import Screened
from accounts.screening import Brought, Held, screen
from accounts.stored import local_file
from commerce.actions import shops
from commerce.models import Product, Review, Shop


class ReviewPhotos(Screened):
    """Photos of reviews, by the reviews' ids."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        pictured = Review.objects.standing().narrowed(with_photos=True)
        pictured = pictured.filter(pk__gt=after) if after else pictured
        return pictured.order_by("pk").values_list("pk", flat=True)[:most]

    def look_again(self, key: UUID) -> None:
        review = Review.objects.prefetch_related("photos").filter(pk=key).first()
        if review is None:
            return
        try:
            with ExitStack() as opened:
                names = [photo.image.name or "" for photo in review.photos.all()]
                paths = [opened.enter_context(local_file(name)) for name in names]
                screen(Brought("review", review.author_id, "review", review.pk), paths)
        except FileNotFoundError:
            return
        except Held:
            with transaction.atomic():
                ports.moderated()["review"].take_down(key)


class ShopPictures(Screened):
    """Pictures of shops, by the shops' ids."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        pictured = Shop.objects.exclude(picture="")
        pictured = pictured.filter(pk__gt=after) if after else pictured
        return pictured.order_by("pk").values_list("pk", flat=True)[:most]

    def look_again(self, key: UUID) -> None:
        shop = Shop.objects.exclude(picture="").filter(pk=key).first()
        if shop is None:
            return
        try:
            with local_file(shop.picture.name or "") as path:
                screen(Brought("shop", shop.owner_id, "shop", shop.pk), [path])
        except FileNotFoundError:
            return
        except Held:
            shops.take_away_picture(shop)


class ProductPhotos(Screened):
    """Photos of what is for sale, by the products' ids."""

    def batch(self, after: UUID | None, most: int) -> Iterable[UUID]:
        pictured = Product.objects.filter(photos__isnull=False, taken_down_at=None)
        pictured = pictured.filter(pk__gt=after) if after else pictured
        return pictured.order_by("pk").values_list("pk", flat=True).distinct()[:most]

    def look_again(self, key: UUID) -> None:
        product = Product.objects.with_card().filter(pk=key).first()
        if product is None:
            return
        try:
            with ExitStack() as opened:
                names = [photo.image.name or "" for photo in product.photos.all()]
                paths = [opened.enter_context(local_file(name)) for name in names]
                screen(Brought("product", product.shop.owner_id, "product", product.pk), paths)
        except FileNotFoundError:
            return
        except Held:
            with transaction.atomic():
                ports.moderated()["product"].take_down(key)
