"""What the people of a shop look at in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from commerce.models import (
    Answer,
    Order,
    OrderLine,
    Product,
    Question,
    ReturnRequest,
    Review,
    Shop,
    Variant,
)
from commerce.models.fields import total
from commerce.people import MONEY, PRODUCTS, READS_ORDERS, SUPPORT

SHOWN = 8  # lines of what runs low
DAYS = 28

SOLD = ("paid", "packed", "shipped", "delivered", "returned", "refunded")


@dataclass(frozen=True, slots=True)
class Takings:
    """Money of each day, what was paid back taken off it, in the shop's currency."""

    days: Sequence[date]
    amounts: Sequence[Decimal]
    orders: Sequence[int]
    before: Decimal  # of as many days before these

    @property
    def total(self) -> Decimal:
        return sum(self.amounts, Decimal(0))

    @property
    def numbers(self) -> dict[str, list[Any]]:
        """Columns for the plot."""
        return {
            "day": [day.isoformat() for day in self.days],
            "takings": [float(amount) for amount in self.amounts],
            "orders": list(self.orders),
        }

    @property
    def rows(self) -> list[tuple[date, int, Decimal]]:
        """The same, day by day, the latest first."""
        return list(zip(self.days, self.orders, self.amounts, strict=True))[::-1]


@dataclass(frozen=True, slots=True)
class Day:
    """Numbers are None where the person's part does not include them."""

    ordered_today: int | None = None
    to_send: int | None = None
    returns: int | None = None
    reviews: int | None = None
    questions: int | None = None
    low: Sequence[Variant] = ()
    takings: Takings | None = None


def of(shop: Shop, rights: frozenset[str]) -> Day:
    """What somebody with these rights is shown; seven queries at most."""
    ordered, to_send = _orders(shop) if READS_ORDERS in rights else (None, None)
    supports = SUPPORT in rights
    return Day(
        ordered_today=ordered,
        to_send=to_send,
        returns=_open_returns(shop) if READS_ORDERS in rights else None,
        reviews=_unanswered_reviews(shop) if supports else None,
        questions=_unanswered_questions(shop) if supports else None,
        low=_low(shop) if PRODUCTS in rights else (),
        takings=takings_of(shop) if MONEY in rights else None,
    )


def _orders(shop: Shop) -> tuple[int, int]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counted = Order.objects.filter(shop=shop).aggregate(
        today=Count("pk", filter=Q(state__in=SOLD, paid_at__gte=midnight)),
        to_send=Count("pk", filter=Q(state__in=("paid", "packed"))),
    )
    return counted["today"], counted["to_send"]


def _open_returns(shop: Shop) -> int:
    return ReturnRequest.objects.filter(order__shop=shop, state__in=("asked", "sent")).count()


def _unanswered_reviews(shop: Shop) -> int:
    """Two stars and less deserve an answer; the others may stand."""
    reviews = Review.objects.filter(product__shop=shop, answered_at=None, taken_down_at=None)
    return reviews.filter(stars__lte=2).count()


def _unanswered_questions(shop: Shop) -> int:
    answers = Answer.objects.filter(question=OuterRef("pk"), taken_down_at=None)
    asked = Question.objects.filter(product__shop=shop, taken_down_at=None)
    return asked.exclude(Exists(answers)).count()


def _low(shop: Shop) -> list[Variant]:
    low = Variant.objects.filter(
        product__shop=shop,
        product__state=Product.State.PUBLISHED,
        product__taken_down_at=None,
        is_offered=True,
        stock__lte=Variant.LOW,
    )
    return list(low.select_related("product").order_by("stock", "product__title", "pk")[:SHOWN])


def takings_of(shop: Shop, days: int = DAYS) -> Takings:
    """The last days up to today, where the person lives."""
    today = timezone.localdate()
    shown = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    first = today - timedelta(days=2 * days - 1)
    rows = (
        Order.objects.filter(shop=shop, state__in=SOLD, paid_at__isnull=False)
        .annotate(day=TruncDate("paid_at"))
        .filter(day__gte=first)
        .values("day")
        .order_by()
        .annotate(total=total("total"), back=total("refunded"), orders=Count("pk"))
    )
    by_day = {row["day"]: (row["total"] - row["back"], row["orders"]) for row in rows}
    none = (Decimal(0), 0)
    return Takings(
        days=shown,
        amounts=[by_day.get(day, none)[0] for day in shown],
        orders=[by_day.get(day, none)[1] for day in shown],
        before=sum((by_day[day][0] for day in by_day if day < shown[0]), Decimal(0)),
    )


def lines_of(shop: Shop, days: int = 365) -> Any:
    """All that was sold in the last days, a row for each line of an order, the oldest first."""
    since = timezone.now() - timedelta(days=days)
    lines = OrderLine.objects.filter(order__shop=shop, order__paid_at__gte=since)
    return lines.select_related("order__shop").order_by("order__paid_at", "pk")
