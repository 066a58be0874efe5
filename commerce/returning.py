"""Until when something can be sent back, and until when its shop has to answer."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from commerce.models import Order, OrderLine, ReturnWindow

SATURDAY = 5


def returnable_until(order: Order) -> datetime | None:
    """The end of the order's return window; None while it has not arrived. The longest counts: the
    shop's own days, or what the law or we say for the country it went to and what was bought."""
    if order.delivered_at is None:
        return None
    return order.delivered_at + timedelta(days=max(order.shop.return_days, _least_days(order)))


def _least_days(order: Order) -> int:
    country = order.purchase.address.get("country", "")
    categories = OrderLine.objects.filter(order=order).values("variant__product__category")
    windows = ReturnWindow.objects.filter(
        Q(category=None) | Q(category__in=categories) | Q(category__children__in=categories),
        country__in=("", country),
    )
    return windows.aggregate(days=Max("days"))["days"] or 0


def answer_by(asked_at: datetime) -> datetime:
    """One working day later: what is asked on a Friday waits until Monday, at the same hour; what
    is asked at a weekend until Monday is over."""
    start = timezone.localtime(asked_at)
    if start.weekday() >= SATURDAY:
        start = _next_working_day(start).replace(hour=0, minute=0, second=0, microsecond=0)
    return _next_working_day(start)


def _next_working_day(day: datetime) -> datetime:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
