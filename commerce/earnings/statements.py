"""Payouts as those read them to whom they go."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from commerce.models import Payout
from commerce.people import MONEY, may


def payouts_of(owner: Any) -> QuerySet[Payout]:
    """A shop's or a creator's, newest first."""
    payouts: QuerySet[Payout] = owner.payouts.order_by("-created_at", "-pk")
    return payouts


def payout_for(viewer: User, payout_id: Any) -> Payout:
    """One's own, or that of a shop whose money one looks after; else there is none."""
    found = Payout.objects.filter(Q(creator=viewer) | Q(shop__isnull=False))
    payout = get_object_or_404(found.select_related("shop"), pk=payout_id)
    if payout.shop is not None and not may(viewer, payout.shop, MONEY):
        return get_object_or_404(Payout.objects.none())
    return payout
