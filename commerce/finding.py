"""What somebody looks for in the shop, and what is found: a page at a time."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Self
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.models import Product
from commerce.models.product_set import ProductQuerySet

PAGE = 24
LONGEST = 80  # characters of what is typed
NEWEST, POPULAR, CHEAP, DEAR = "newest", "popular", "cheap", "dear"
SORTS: dict[str, tuple[str, Any]] = {
    NEWEST: ("-published_at", datetime.fromisoformat),
    POPULAR: ("-sold_count", int),
    CHEAP: ("price_from", Decimal),
    DEAR: ("-price_from", Decimal),
}
SORT_NAMES = {
    NEWEST: _("Newest"),
    POPULAR: _("Most bought"),
    CHEAP: _("Lowest price"),
    DEAR: _("Highest price"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; whatever is None or empty is not. `category` is a slug (its shelves are in
    it), `stars` the least rating, prices are in `currency` or in whatever each shop trades in."""

    words: str = ""
    category: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    stars: int | None = None
    currency: str = ""
    in_stock: bool = False
    sort: str = NEWEST

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """From an address: what cannot be read is not asked."""
        sort = asked.get("sort", NEWEST)
        return cls(
            words=" ".join(asked.get("q", "").split())[:LONGEST],
            category=asked.get("category", "")[:40],
            low=_decimal(asked.get("low", "")),
            high=_decimal(asked.get("high", "")),
            stars=int(asked["stars"]) if asked.get("stars", "") in ("1", "2", "3", "4") else None,
            currency=asked.get("currency", "")[:3].upper(),
            in_stock=bool(asked.get("in_stock", "")),
            sort=sort if sort in SORTS else NEWEST,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything at all is asked."""
        return any(getattr(self, field.name) != field.default for field in fields(self))

    def among(self, products: ProductQuerySet) -> ProductQuerySet:
        """Those that answer it, in its order."""
        order = SORTS[self.sort][0]
        last = "-pk" if order.startswith("-") else "pk"
        return products.saying(self.words).filter(self._asks()).order_by(order, last)

    def _asks(self) -> Q:
        asked = Q()
        if self.category:
            asked &= Q(category__slug=self.category) | Q(category__parent__slug=self.category)
        if self.low is not None:
            asked &= Q(price_from__gte=self.low)
        if self.high is not None:
            asked &= Q(price_from__lte=self.high)
        if self.stars:
            asked &= Q(rating_count__gt=0, rating_sum__gte=F("rating_count") * self.stars)
        if self.currency:
            asked &= Q(shop__currency=self.currency)
        return asked & Q(in_stock=True) if self.in_stock else asked


@dataclass(frozen=True, slots=True)
class Page:
    """Some products, and what asks for the next ones; empty where there are none."""

    products: list[Product]
    next: str = ""


def find(viewer: Any, question: Question, after: str = "") -> Page:
    """A page of what is for sale and answers the question; `after` is the last page's `next`."""
    shown = Product.objects.visible_to(viewer).listed()
    found = question.among(shown)
    if place := _place(after, question.sort):
        found = found.filter(_behind(question.sort, *place))
    products = list(found[: PAGE + 1])
    is_last = len(products) <= PAGE
    return Page(products[:PAGE], "" if is_last else _cursor(question.sort, products[PAGE - 1]))


# --- Cursors --------------------------------------------------------------------------------------


def _cursor(sort: str, last: Product) -> str:
    value = getattr(last, SORTS[sort][0].lstrip("-"))
    written = value.isoformat() if isinstance(value, datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([written, str(last.pk)]).encode()).decode()


def _place(cursor: str, sort: str) -> tuple[Any, UUID] | None:
    """Where a page begins; a cursor that nobody gave begins at the front."""
    try:
        value, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return SORTS[sort][1](value), UUID(key)
    except (ValueError, TypeError, AttributeError, InvalidOperation, binascii.Error):
        return None


def _behind(sort: str, value: Any, key: UUID) -> Q:
    order = SORTS[sort][0]
    column, sign = order.lstrip("-"), "lt" if order.startswith("-") else "gt"
    same = Q(**{column: value, f"pk__{sign}": key})
    # The first condition says the same again: it is the one that an index begins at.
    return Q(**{f"{column}__{sign}e": value}) & (Q(**{f"{column}__{sign}": value}) | same)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < 10**9 else None
