"""What the shop's tables refuse to hold."""

import pytest
from django.db import IntegrityError, transaction

from commerce.models import Cart, Coupon, Variant
from tests.commerce.factories import make_variant


def test_stock_never_falls_below_nothing(variant):
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(pk=variant.pk).update(stock=-1)


def test_nothing_is_for_free_or_less(shirt):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_variant(shirt, price="0")


def test_a_cart_is_of_a_person_or_of_a_guest(ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cart.objects.create(person=ana, secret_hash="a" * 64)


def test_a_coupon_takes_a_percentage_or_an_amount(shop):
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupon.objects.create(shop=shop, code="BOTH", percent=10, off=5, currency="EUR")


def test_a_coupon_is_not_used_more_often_than_it_may(shop):
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupon.objects.create(shop=shop, code="TEN", percent=10, most_uses=10, used=11)
