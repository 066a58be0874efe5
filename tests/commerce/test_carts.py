"""Carts: of guests and people, merged at sign-in, touched by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404

from commerce.actions import carts
from commerce.models import Cart, CartLine
from tests.commerce.factories import make_product

GUEST = AnonymousUser()


def test_pieces_add_up_to_what_a_line_holds(ana, variant):
    cart = carts.cart_of(ana)

    carts.add(cart, variant.pk, 60)
    line = carts.add(cart, variant.pk, 60)

    assert (line.quantity, CartLine.objects.count()) == (99, 1)


@pytest.mark.parametrize("quantity", [-1, 0, 100, 10**12])
def test_no_other_number_goes_in(ana, variant, quantity):
    with pytest.raises(ValidationError):
        carts.add(carts.cart_of(ana), variant.pk, quantity)


def test_nobody_puts_in_what_they_do_not_see(ana, shop):
    _product, hidden = make_product(shop, state="draft")

    with pytest.raises(Http404):
        carts.add(carts.cart_of(ana), hidden.pk)


def test_another_cart_line_is_not_there(ana, ben, variant):
    line = carts.add(carts.cart_of(ben), variant.pk)

    with pytest.raises(Http404):
        carts.change(carts.cart_of(ana), line.pk, quantity=5)
    with pytest.raises(Http404):
        carts.remove(carts.cart_of(ana), line.pk)


def test_a_guests_secret_is_not_stored(db):
    secret = carts.new_secret()

    cart = carts.cart_of(GUEST, secret)

    assert secret not in str(cart.secret_hash)
    assert carts.find(GUEST, secret) == cart
    assert carts.find(GUEST, "guessed") is None


def test_a_guests_cart_joins_the_persons(ana, shop, variant):
    _product, mug = make_product(shop)
    secret = carts.new_secret()
    guest = carts.cart_of(GUEST, secret)
    carts.add(guest, variant.pk, 2)
    carts.add(guest, mug.pk, 1)
    carts.add(carts.cart_of(ana), variant.pk, 3)

    carts.merge(secret, ana)

    lines = CartLine.objects.filter(cart__person=ana)
    assert dict(lines.values_list("variant", "quantity")) == {variant.pk: 5, mug.pk: 1}
    assert Cart.objects.count() == 1


def test_what_is_laid_aside_comes_back_when_it_is_put_in_again(ana, variant):
    cart = carts.cart_of(ana)
    line = carts.add(cart, variant.pk, 3)
    carts.change(cart, line.pk, for_later=True)

    line = carts.add(cart, variant.pk, 1)

    assert (line.is_for_later, line.quantity) == (False, 1)
