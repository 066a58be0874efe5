"""What the demo shops give creators: Ana takes part at Mei's, whoever wants may join Lucía's."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.models import User
from commerce.actions import programmes, showcase
from commerce.actions.payout_accounts import set_payout_account
from commerce.models import Product, Shop

Goods = Mapping[str, Product]


def offer_programmes(people: Mapping[str, User], goods: Goods) -> None:
    """Every shop offers ten percent to everybody; Mei invites Ana to show shirts for twenty, and
    Ana does."""
    for shop in Shop.objects.filter(state=Shop.State.OPEN).select_related("owner"):
        seller: Any = shop.owner
        programmes.offer(seller, shop, percent=Decimal(10), is_open=True)
    ana, shirt = people["ana"], goods["shirt"]
    mei: Any = shirt.shop.owner
    special = programmes.offer(mei, shirt.shop, product=shirt, percent=Decimal(20), is_open=False)
    programmes.invite(mei, special, ana)
    programmes.join(ana, special)
    showcase.add(ana, shirt)
    set_payout_account(ana, holder="Ana García", iban="DE89 3704 0044 0532 0130 00")
