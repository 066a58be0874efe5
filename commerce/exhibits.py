"""What moderators see of reported things of the shop (EXHIBITORS)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.ports import ExhibitFile, Exhibits
from commerce.models import OrderLine, ProductPhoto, ReviewPhoto, Shop


def of_review(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """Its photos, as long as they are there."""
    photos = ReviewPhoto.objects.filter(review=object_id)
    key = str(object_id)
    return Exhibits(
        files=tuple(ExhibitFile(key, photo.image.name or "", "picture") for photo in photos)
    )


def of_product(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """Its photos as they are now."""
    photos = ProductPhoto.objects.filter(product=object_id)
    key = str(object_id)
    files = (ExhibitFile(key, photo.image.name or "", "picture", photo.alt) for photo in photos)
    return Exhibits(files=tuple(files))


def of_shop(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The picture that it has now."""
    shop = Shop.objects.filter(pk=object_id).first()
    if shop is None or not shop.picture:
        return Exhibits()
    return Exhibits(
        files=(ExhibitFile(str(shop.pk), shop.picture.name or "", "picture", shop.name),)
    )


def of_order(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The pictures of what was bought."""
    lines = OrderLine.objects.filter(order=object_id).exclude(picture="")
    return Exhibits(
        files=tuple(
            ExhibitFile(str(object_id), line.picture, "picture", line.product_title)
            for line in lines
        )
    )
