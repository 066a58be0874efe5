"""How tests make group buys, held payments and things that have arrived, without asking a rule."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.models.outbox import OutboxJob
from commerce.models import GroupBuy, GroupBuyOffer, Order, OrderLine, Product, Purchase


def make_offer(product: Product, **fields: Any) -> GroupBuyOffer:
    """Three people, 20 % off, a day."""
    fields = {"people": 3, "percent": Decimal(20), "hours": 24} | fields
    return GroupBuyOffer.objects.create(product=product, **fields)


def make_held(buyer: User, group: GroupBuy, **fields: Any) -> Purchase:
    """What somebody placed for a group, with its payment held."""
    return make_purchase(buyer, state="authorised", group_buy=group, **fields)


def make_purchase(buyer: User, **fields: Any) -> Purchase:
    fields = {"goods": Decimal(16), "total": Decimal(16), "currency": "EUR"} | fields
    return Purchase.objects.create(buyer=buyer, key=str(uuid4()), address={}, **fields)


def make_arrived(buyer: User, product: Product) -> OrderLine:
    """One piece that was bought and has arrived."""
    purchase = make_purchase(buyer, state="paid")
    now = timezone.now()
    order = Order.objects.create(
        purchase=purchase,
        shop=product.shop,
        buyer=buyer,
        state=Order.State.DELIVERED,
        currency="EUR",
        goods=Decimal(20),
        total=Decimal(20),
        paid_at=now,
        delivered_at=now,
    )
    return OrderLine.objects.create(
        order=order,
        variant=product.variants.first(),
        product_title=product.title,
        quantity=1,
        price=Decimal(20),
        total=Decimal(20),
    )


def asked_for(task: str) -> set[str]:
    """The purchases for which such a job was written."""
    return {job.arguments["purchase_id"] for job in OutboxJob.objects.filter(task=task)}
