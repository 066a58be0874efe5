"""Staff say how long goods can be sent back; the longest of what fits counts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from commerce.models import Category, Order, ReturnWindow
from commerce.returning import returnable_until
from tests.accounts.staff import desk_of, make_staff
from tests.commerce.orders import pay, place

ADD = "admin:commerce_returnwindow_add"


@pytest.fixture
def order(ana, variant) -> Order:
    """It came just now, to Germany: something of a shelf in "All clothes"; no window is entered."""
    ReturnWindow.objects.all().delete()  # the migration's
    placed = pay(place(ana, (variant, 1)))
    parent = Category.objects.create(slug="all-clothes", name="All clothes")
    Category.objects.filter(pk=variant.product.category_id).update(parent=parent)
    Order.objects.filter(pk=placed.pk).update(delivered_at=timezone.now())
    return Order.objects.get(pk=placed.pk)


def days(order: Order) -> int:
    until = returnable_until(order)
    assert until is not None and order.delivered_at is not None
    return (until - order.delivered_at).days


def test_the_longest_counts_a_shelfs_parents_and_the_shops_own_too(order):
    parent = Category.objects.get(slug="all-clothes")
    other = Category.objects.create(slug="other-things", name="Other things")
    assert days(order) == 14

    ReturnWindow.objects.create(country="DE", category=parent, days=30)
    ReturnWindow.objects.create(country="", category=None, days=20)
    ReturnWindow.objects.create(country="FR", category=None, days=90)
    ReturnWindow.objects.create(country="", category=other, days=90)
    assert days(order) == 30

    order.shop.return_days = 45
    assert days(order) == 45


def test_staff_enter_change_and_remove_them_and_it_is_in_the_log(order):
    client = desk_of(make_staff("lea", "legal"))
    said = {"country": "de", "category": "", "days": "21"}

    assert client.post(reverse(ADD), said).status_code == 302
    window = ReturnWindow.objects.get()
    assert (window.country, days(order)) == ("DE", 21)
    for wrong, words in (
        (said, "already"),
        (said | {"country": "XX"}, "Choose a country"),
        (said | {"country": "FR", "days": "0"}, "Between 1 and 730"),
    ):
        assert words in client.post(reverse(ADD), wrong).content.decode()
    change = reverse("admin:commerce_returnwindow_change", args=[window.pk])
    assert client.post(change, said | {"days": "28"}).status_code == 302
    assert days(order) == 28
    delete = reverse("admin:commerce_returnwindow_delete", args=[window.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 302

    assert returnable_until(order) == order.delivered_at + timedelta(days=14)
    noted = AuditEntry.objects.filter(verb__startswith="return_window").order_by("number")
    assert [entry.verb for entry in noted] == [
        "return_window.saved",
        "return_window.saved",
        "return_window.removed",
    ]
