"""Which products stand in which videos, for whoever watches."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from commerce.models import Product, ProductTag
from videos.models import Video

MOST_VIDEOS = 30  # asked about at once


def tags_in(videos: Collection[UUID], viewer: Any) -> dict[UUID, list[ProductTag]]:
    """By video, in the order of their moments: what stands in those of these videos that the viewer
    may watch, and is for sale to them. Five queries, however many videos; each tag has its product
    with what `share_card()` reads."""
    watched = Video.objects.watchable_by(viewer).filter(pk__in=videos)
    sold = Product.objects.visible_to(viewer).listed()
    tags = ProductTag.objects.filter(video__in=watched, product__in=sold.values("pk"))
    found: dict[UUID, list[ProductTag]] = defaultdict(list)
    tags = tags.select_related("video__author").order_by("from_ms", "pk")
    for tag in tags.prefetch_related(Prefetch("product", _shown())):
        found[tag.video_id].append(tag)
    return found


def own_tags(video: Video) -> list[ProductTag]:
    """All that its author put there, what is not sold at the moment too; four queries."""
    tags = video.product_tags.order_by("from_ms", "pk")
    return list(tags.prefetch_related(Prefetch("product", _shown())))


def _shown() -> Any:
    return Product.objects.with_card()
