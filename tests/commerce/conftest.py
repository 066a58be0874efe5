"""Mei sells linen shirts; Ana and Ben buy them."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from commerce.models import Product, Shop, TaxRate, Variant
from tests.commerce.factories import make_product, make_shop
from tests.factories import make_user


@pytest.fixture(autouse=True)
def untaxed(request) -> None:
    """No country takes what a test does not say: the migration's rates are there or not, depending
    on which test ran before."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        TaxRate.objects.all().delete()


@pytest.fixture
def mei(db) -> User:
    return make_user("mei", age=30)


@pytest.fixture
def shop(mei) -> Shop:
    return make_shop(mei)


@pytest.fixture
def shirt(shop) -> Product:
    """For 20 EUR, ten in stock; its only variant is `shirt.variants.get()`."""
    return make_product(shop)[0]


@pytest.fixture
def variant(shirt) -> Variant:
    return shirt.variants.get()


@pytest.fixture
def after_returns() -> datetime.datetime:
    """When nothing that was sold just now can be returned any more."""
    return timezone.now() + datetime.timedelta(days=90)
