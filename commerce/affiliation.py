"""What creators see of programmes and of their showcase."""

from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from accounts.models import User
from commerce.models import Product, Programme, ProgrammeMember, ShowcaseItem

State = ProgrammeMember.State
ADDABLE = 60


def offered_to(creator: User) -> QuerySet[Programme]:
    """Programmes the creator may join or is in, each with `part` (a state or None) and `my_rate`;
    invitations first, then those not yet joined, by rate."""
    mine = ProgrammeMember.objects.filter(programme=OuterRef("pk"), creator=creator)
    programmes = Programme.objects.offered_to(creator).select_related("shop__owner", "product")
    return programmes.annotate(
        part=Subquery(mine.values("state")[:1]), my_rate=Subquery(mine.values("percent")[:1])
    ).order_by(
        Case(
            When(part=State.INVITED, then=Value(0)),
            When(part=State.IN, then=Value(2)),
            default=Value(1),
            output_field=IntegerField(),
        ),
        "-percent",
        "-pk",
    )


def showcase_of(creator: User) -> list[ShowcaseItem]:
    """What the creator shows and shops still sell, in their order."""
    items = ShowcaseItem.objects.filter(creator=creator, product__in=Product.objects.listed())
    return list(items.select_related("product__shop").prefetch_related("product__photos"))


def addable(creator: User) -> list[Product]:
    """Products the creator may show and does not yet: of their own shop, and by which they earn;
    the newest."""
    parts = ProgrammeMember.objects.filter(
        creator=creator, state=State.IN, programme__is_active=True
    )
    whole_shops = parts.filter(programme__product=None).values("programme__shop")
    own_programme = Programme.objects.filter(is_active=True, product__isnull=False)
    earning = (
        Q(shop__owner=creator)
        | Q(pk__in=parts.filter(programme__product__isnull=False).values("programme__product"))
        | Q(shop__in=whole_shops) & ~Q(pk__in=own_programme.values("product"))
    )
    shown = ShowcaseItem.objects.filter(creator=creator).values("product")
    products = Product.objects.listed().filter(earning).exclude(pk__in=shown)
    found = products.select_related("shop").prefetch_related("photos")
    return list(found.order_by("-published_at")[:ADDABLE])


def product_for(creator: User, product_id: UUID) -> Product:
    """A product that is sold now, or that the creator shows already; else there is none."""
    shown = ShowcaseItem.objects.filter(creator=creator).values("product")
    products = Product.objects.filter(Q(pk__in=Product.objects.listed()) | Q(pk__in=shown))
    return get_object_or_404(products.select_related("shop"), pk=product_id)
