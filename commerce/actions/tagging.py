"""Products in one's own videos, drafts too: which, when, and where in the picture."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce import commission
from commerce.models import Product, ProductTag
from commerce.refusals import invalid, refused
from videos import draft_length
from videos.models import Video


@transaction.atomic
def tag_product(
    author: User,
    video: Video,
    product_id: UUID,
    *,
    from_ms: int = 0,
    until_ms: int | None = None,
    x: float = 0.5,
    y: float = 0.5,
) -> ProductTag:
    """Show a product in one's video, or show it at another moment or place (the fields of
    `ProductTag`). It must be of one's own shop, or one by which one earns.

    Raises `Http404` for others' videos and for what is not sold, `Refused` (policy.R7,
    tag.not_yours), `ValidationError` (tag.full, tag.moment, tag.place).
    """
    policy.permit(policy.earn(author.person))
    _permit_place(video, from_ms, until_ms, x, y)
    Video.objects.select_for_update().only("pk").get(pk=_own(author, video).pk)  # count one by one
    product = _shown_by(author, product_id)
    others = video.product_tags.exclude(product=product)
    if others.count() >= ProductTag.MOST:
        raise invalid("tag.full")
    where = {"from_ms": from_ms, "until_ms": until_ms, "x": x, "y": y}
    tag, _is_new = ProductTag.objects.update_or_create(video=video, product=product, defaults=where)
    return tag


def untag_product(author: User, video: Video, product_id: UUID) -> None:
    """Show it no longer; what is not there stays so. Raises `Http404` for others' videos."""
    _own(author, video).product_tags.filter(product=product_id).delete()


def _own(author: User, video: Video) -> Video:
    if video.author_id != author.pk:
        raise Http404
    return video


def _shown_by(author: User, product_id: UUID) -> Product:
    products = Product.objects.visible_to(author).listed()
    if (product := products.filter(pk=product_id).first()) is None:
        raise Http404
    if not commission.earning(author.pk, [product], timezone.now()):
        raise refused("tag.not_yours")
    return product


def _permit_place(video: Video, from_ms: int, until_ms: int | None, x: float, y: float) -> None:
    # Comparisons that no NaN passes.
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise invalid("tag.place")
    begins = 0 <= from_ms < max(draft_length.milliseconds(video), 1)
    if not begins or (until_ms is not None and until_ms <= from_ms):
        raise invalid("tag.moment")
