"""Returns: asked, answered or not, sent, received, fought over."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import Case
from commerce.actions import returns
from commerce.models import Refund, ReturnWindow
from commerce.returning import answer_by, returnable_until
from tests.commerce.factories import make_product
from tests.commerce.orders import brought_to, fresh


@pytest.fixture
def order(ana, variant):
    return brought_to("delivered", ana, (variant, 3))


def asked(ana, order, pieces=1, reason="no_fit"):
    return returns.ask(ana, order, {order.lines.first().pk: pieces}, reason=reason, words="Tight")


def test_returned_pieces_are_paid_back_and_with_the_last_one_the_shipping(ana, mei, order):
    first = asked(ana, order, 2)
    returns.approve(mei, first)
    returns.send(ana, first, tracking="RET1")
    returns.receive(mei, first)
    assert fresh(order).refunded == Decimal("40.00")
    assert fresh(order).state == "delivered"

    last = asked(ana, order, 1)
    returns.approve(mei, last)
    returns.receive(mei, last)

    assert (fresh(order).state, fresh(order).left) == ("returned", 0)
    assert Refund.objects.count() == 2


def test_no_cent_stays_behind_where_pieces_do_not_divide(ana, mei, shop):
    variant = make_product(shop, price="10.01")[1]
    order = brought_to("delivered", ana, (variant, 3))
    line = order.lines.get()
    line.total = Decimal("30.02")
    line.save()

    for _piece in range(3):
        request = asked(ana, order)
        returns.approve(mei, request)
        returns.receive(mei, request)

    assert order.lines.get().refunded == Decimal("30.02")
    assert fresh(order).left == 0


def test_nobody_returns_more_than_they_have(ana, order):
    asked(ana, order, 2)

    for pieces in (0, 2, -1):
        with pytest.raises(ValidationError):
            asked(ana, order, pieces)
    with pytest.raises(ValidationError):
        asked(ana, order, 1, reason="because")
    assert asked(ana, order, 1).state == "asked"


def test_only_its_buyer_asks_and_only_the_shop_answers(ana, ben, mei, zoe, order):
    with pytest.raises(Http404):
        asked(ben, order)
    request = asked(ana, order)

    for person in (ana, zoe):
        with pytest.raises((Http404, Refused)):
            returns.approve(person, request)
    for verb in (returns.send, returns.withdraw, returns.dispute):
        with pytest.raises(Http404):
            verb(mei, request)
    request.refresh_from_db()
    assert request.state == "asked"


def test_window_is_the_shops_or_the_longer_one_of_a_category(ana, order):
    assert returnable_until(order) == order.delivered_at + timedelta(days=14)
    category = order.lines.get().variant.product.category
    ReturnWindow.objects.create(country="DE", category=category, days=30)
    ReturnWindow.objects.create(country="FR", category=category, days=60)

    assert returnable_until(order) == order.delivered_at + timedelta(days=30)
    later = order.delivered_at + timedelta(days=30, minutes=1)
    with time_machine.travel(later), pytest.raises(Conflict) as refusal:
        asked(ana, order)
    assert refusal.value.code == "return.too_late"


def test_what_has_not_arrived_cannot_go_back(ana, variant):
    with pytest.raises(Conflict) as refusal:
        asked(ana, brought_to("shipped", ana, (variant, 1)))

    assert refusal.value.code == "return.not_arrived"


def moment(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ((2026, 11, 24, 10), (2026, 11, 25, 10)),  # Tuesday
        ((2026, 11, 27, 10), (2026, 11, 30, 10)),  # Friday
        ((2026, 11, 28, 10), (2026, 12, 1, 0)),  # Saturday
    ],
)
def test_shop_has_one_working_day(said, due, settings):
    with timezone.override(UTC):
        assert answer_by(moment(*said)) == moment(*due)


def test_shop_that_says_nothing_agreed(ana, order):
    request = asked(ana, order)
    assert returns.approve_unanswered() == 0

    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert returns.approve_unanswered() == 1
        assert returns.approve_unanswered() == 0

    request.refresh_from_db()
    assert request.state == "approved"


def test_refusal_needs_words_and_ends_what_was_asked(ana, mei, order):
    request = asked(ana, order)

    with pytest.raises(ValidationError):
        returns.refuse(mei, request, answer=" ")
    returns.refuse(mei, request, answer="It was worn.")

    with pytest.raises(Conflict):
        returns.send(ana, request)
    with pytest.raises(Conflict):
        returns.approve(mei, request)


@pytest.mark.parametrize(("grants", "state"), [(True, "received"), (False, "refused")])
def test_moderator_decides_a_dispute_once(ana, mei, order, grants, state):
    request = asked(ana, order, 3)
    returns.refuse(mei, request, answer="It was worn.")
    returns.dispute(ana, request, words="It was not.")
    assert Case.objects.get(kind="order").object_id == order.pk

    returns.settle_disputes(order.pk, grants=grants)
    returns.settle_disputes(order.pk, grants=not grants)

    request.refresh_from_db()
    assert request.state == state
    assert fresh(order).refunded == (order.total if grants else 0)
