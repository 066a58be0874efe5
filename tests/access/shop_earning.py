"""What stands in the places of paths about earning."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from commerce.models import Payout, Programme, ProgrammeMember, Shop
from tests.factories import make_user


def earning_values(shop: Shop) -> dict[str, Any]:
    """An open programme with a member, and a payout to the shop."""
    programme = Programme.objects.create(shop=shop, percent=Decimal(10))
    member = ProgrammeMember.objects.create(
        programme=programme, creator=make_user("creator"), state=ProgrammeMember.State.IN
    )
    payout = Payout.objects.create(
        shop=shop, currency="EUR", amount=Decimal(20), period_end=timezone.now()
    )
    return {"programme": programme.pk, "member": member.pk, "payout": payout.pk}
