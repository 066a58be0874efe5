"""What moderators see of reported things of the shop (EXHIBITORS)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.ports import ExhibitFile, Exhibits
from commerce.models import ReviewPhoto


def of_review(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """Its photos, as long as they are there."""
    photos = ReviewPhoto.objects.filter(review=object_id)
    key = str(object_id)
    return Exhibits(files=tuple(ExhibitFile(key, photo.image.name, "picture") for photo in photos))
