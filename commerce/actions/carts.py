"""Carts: of people, and of guests until they sign in. Having one is for everybody (R7: paying is
not)."""

import hashlib
import secrets
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from commerce.meeting import DIRECT, Met, read
from commerce.models import Cart, CartLine, Product, Purchase, Variant
from commerce.refusals import conflict, invalid

LONGEST_SECRET = 128


def new_secret() -> str:
    """What a guest's browser or app keeps; only its hash is stored."""
    return secrets.token_urlsafe(24)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find(person: Any, secret: str = "") -> Cart | None:
    """The cart of a signed-in person, or of the guest with this secret, if there is one."""
    if person.is_authenticated:
        return Cart.objects.filter(person=person).first()
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    return Cart.objects.filter(secret_hash=_hashed(secret)).first()


def cart_of(person: Any, secret: str = "") -> Cart:
    """The same, made where there was none. A guest needs a secret (`new_secret()`)."""
    if person.is_authenticated:
        return Cart.objects.get_or_create(person=person)[0]
    return Cart.objects.get_or_create(secret_hash=_hashed(secret))[0]


@transaction.atomic
def add(cart: Cart, variant_id: UUID, quantity: int = 1, met: Met | None = None) -> CartLine:
    """Put some pieces in, to those that are there already, up to as many as a line holds.

    Raises `Http404` where the owner of the cart does not see the product, `ValidationError`
    (cart.quantity, cart.full), `Conflict` (stock.gone).
    """
    _check(quantity)
    variant = _seen(cart, variant_id)
    if not variant.is_available:
        raise conflict("stock.gone")
    held = hold(cart)
    line = held.lines.filter(variant=variant).first()
    if line is None:
        line = _new_line(held, variant)
    line.quantity = min((line.quantity or 0) + quantity, CartLine.MOST)
    if line.is_for_later:
        line.quantity, line.is_for_later = quantity, False
    line.price_seen = variant.price.amount
    for name, value in (met if met and met != DIRECT else Met.of(line)).columns.items():
        setattr(line, name, value)
    line.save()
    return line


def met_in(viewer: Any, variant_id: UUID, via: str) -> Met:
    """Where it was met, as `?via=` claims and meeting.py finds true."""
    variant = Variant.objects.select_related("product").filter(pk=variant_id).first()
    return read(via, viewer, variant.product) if variant and via else DIRECT


def _check(quantity: int) -> None:
    if not 1 <= quantity <= CartLine.MOST:
        raise invalid("cart.quantity", "quantity", count=CartLine.MOST)


def _seen(cart: Cart, variant_id: UUID) -> Variant:
    viewer = cart.person or AnonymousUser()
    variant = Variant.objects.select_related("product").filter(pk=variant_id).first()
    if variant is None or not Product.objects.visible_to(viewer).filter(pk=variant.product_id):
        raise Http404
    return variant


def hold(cart: Cart) -> Cart:
    """The cart, locked until the transaction ends, and known to be in use."""
    held = Cart.objects.select_for_update().filter(pk=cart.pk).first()
    if held is None:
        raise Http404
    Cart.objects.filter(pk=cart.pk).update(touched_at=timezone.now())
    return held


def _new_line(cart: Cart, variant: Variant) -> CartLine:
    if cart.lines.count() >= Cart.MOST_LINES:
        raise invalid("cart.full", count=Cart.MOST_LINES)
    return CartLine(cart=cart, variant=variant, quantity=0)


@transaction.atomic
def change(
    cart: Cart, line_id: UUID, *, quantity: int | None = None, for_later: bool | None = None
) -> CartLine:
    """Another number of pieces, or laid aside (`for_later`) and back. Whoever touches a line has
    seen its price. Raises `Http404` for a line of another cart, `ValidationError`
    (cart.quantity)."""
    line = _line(hold(cart), line_id)
    if quantity is not None:
        _check(quantity)
        line.quantity = quantity
    if for_later is not None:
        line.is_for_later = for_later
    line.price_seen = line.variant.price.amount
    line.save(update_fields=["quantity", "is_for_later", "price_seen"])
    return line


@transaction.atomic
def remove(cart: Cart, line_id: UUID) -> CartLine:
    """Take a line out; it answers what was there, to be put back by `add`."""
    line = _line(hold(cart), line_id)
    CartLine.objects.filter(pk=line.pk).delete()
    return line


def _line(cart: Cart, line_id: UUID) -> CartLine:
    line = cart.lines.select_related("variant__product").filter(pk=line_id).first()
    if line is None:
        raise Http404
    return line


@transaction.atomic
def merge(secret: str, person: User) -> None:
    """A guest signed in: what they had chosen joins what the person had. Quantities add up
    to what a line holds, and nothing is lost."""
    guest = find(AnonymousUser(), secret)
    if guest is None:
        return
    own, guest = hold(cart_of(person)), hold(guest)
    there = {line.variant_id: line for line in own.lines.all()}
    for line in guest.lines.all():
        if (twin := there.get(line.variant_id)) is None:
            CartLine.objects.filter(pk=line.pk).update(cart=own)
        else:
            _join(twin, line)
    guest.delete()


def _join(line: CartLine, other: CartLine) -> None:
    if line.is_for_later and not other.is_for_later:
        line.quantity, line.is_for_later = 0, False
    if line.is_for_later == other.is_for_later:
        line.quantity = min(line.quantity + other.quantity, CartLine.MOST)
    line.price_seen = other.price_seen
    line.save(update_fields=["quantity", "is_for_later", "price_seen"])


@transaction.atomic
def put_back(purchase: Purchase) -> None:
    """A purchase fell through: what was in it lies in the buyer's cart again."""
    if purchase.buyer is None or purchase.group_buy_id is not None:
        return
    cart = hold(cart_of(purchase.buyer))
    there = set(cart.lines.values_list("variant", flat=True))
    orders = purchase.orders.prefetch_related("lines")
    lost = [line for order in orders for line in order.lines.all() if line.variant_id]
    CartLine.objects.bulk_create(
        CartLine(
            cart=cart,
            variant_id=cast("UUID", line.variant_id),
            quantity=min(line.quantity, CartLine.MOST),
            price_seen=line.price,
            **Met.of(line).columns,
        )
        for line in lost
        if line.variant_id not in there
    )
