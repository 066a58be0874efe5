"""Payout runs: what is free goes to the banks of shops and creators."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.outbox import enqueue
from commerce.ledger.banks import Transfer, bank
from commerce.ledger.posting import Leg, post
from commerce.models import (
    LedgerEntry,
    LedgerTransaction,
    Payout,
    PayoutAccount,
    SellerApplication,
    Shop,
)
from commerce.models.fields import total

Account, Kind, State = LedgerEntry.Account, LedgerTransaction.Kind, Payout.State
ON_ITS_WAY = (State.PREPARED, State.SENT)


def run(now: datetime | None = None) -> list[Payout]:
    """Prepare a payout for everybody to whom at least PAYOUT_LEAST of a currency is free, and let
    jobs send them. Creators who named no bank account, people who are shut out and suspended
    shops wait. Two runs at once pay once."""
    now = now or timezone.now()
    found = (prepare(row, now) for row in _due(now))
    return [payout for payout in found if payout]


@transaction.atomic
def run_by(actor: User) -> list[Payout]:
    """The same because somebody of the staff says so: it is in the audit log."""
    found = run()
    audit.record(actor, "payouts.run", count=len(found))
    return found


def _due(now: datetime) -> list[dict[str, Any]]:
    waits = Q(shop__state=Shop.State.SUSPENDED) | Q(account=Account.CREATOR) & (
        Q(person__is_active=False) | Q(person__payout_account=None)
    )
    sums = _free(now).exclude(waits).values("account", "shop", "person", "currency")
    due = sums.annotate(sum=total()).filter(sum__gte=settings.PAYOUT_LEAST)
    return list(due.order_by("account", "shop", "person", "currency"))


@transaction.atomic
def prepare(whose: Mapping[str, Any], now: datetime) -> Payout | None:
    """Tie all that is free to a payout; None where another run was faster. `whose` names account,
    shop or person, and currency."""
    _hold(whose["shop"], whose["person"])
    names = ("account", "shop", "person", "currency")
    free = _free(now).filter(**{name: whose[name] for name in names})
    chosen = dict(free.values_list("pk", "amount"))
    amount = sum(chosen.values(), Decimal(0))
    if amount < settings.PAYOUT_LEAST:
        return None
    payout = Payout.objects.create(
        shop_id=whose["shop"],
        creator_id=whose["person"],
        currency=whose["currency"],
        amount=amount,
        period_end=now,
    )
    LedgerEntry.objects.filter(pk__in=chosen).update(payout=payout)
    enqueue("commerce.send_payout", payout_id=str(payout.pk))
    return payout


def send(payout_id: UUID) -> None:
    """Have the bank carry it; what the bank did before is not done again. The bank is asked
    outside of any transaction."""
    payout = Payout.objects.filter(pk=payout_id, state__in=ON_ITS_WAY).first()
    if payout is None:
        return
    Payout.objects.filter(pk=payout_id, state=State.PREPARED).update(state=State.SENT)
    note(payout_id, bank().transfer(payout, _iban(payout)))


def note(payout_id: UUID, told: Transfer) -> None:
    """What the bank says of it, perhaps late and perhaps twice. Once failed it stays so."""
    if told.failure:
        fail(payout_id, told.failure)
    elif told.is_paid:
        _paid(payout_id, told.reference)
    else:
        Payout.objects.filter(pk=payout_id, state__in=ON_ITS_WAY).update(reference=told.reference)


@transaction.atomic
def _paid(payout_id: UUID, reference: str) -> None:
    payout = Payout.objects.select_for_update().get(pk=payout_id)
    if payout.state not in ON_ITS_WAY:
        return
    owner, bank_leg = _legs(payout, -payout.amount)
    post(Kind.PAYOUT, f"payout:{payout.pk}", payout.currency, [owner, bank_leg])
    _settle(payout, State.PAID, reference=reference)


@transaction.atomic
def fail(payout_id: UUID, failure: str) -> None:
    """It did not arrive, or came back: all of it is free again, for the next run."""
    payout = Payout.objects.select_for_update().get(pk=payout_id)
    if payout.state == State.FAILED:
        return
    if payout.state == State.PAID:
        legs = _legs(payout, payout.amount)
        post(Kind.CORRECTION, f"payout-back:{payout.pk}", payout.currency, legs)
    payout.entries.update(payout=None)
    _settle(payout, State.FAILED, failure=failure[:200])


def _settle(payout: Payout, state: Payout.State, **facts: str) -> None:
    for name, value in {"state": state, "settled_at": timezone.now(), **facts}.items():
        setattr(payout, name, value)
    payout.save(update_fields=["state", "settled_at", *facts])


def _legs(payout: Payout, amount: Decimal) -> tuple[Leg, Leg]:
    """What its owner gets (below zero: gives), and the bank the other way round."""
    account = Account.SELLER if payout.shop_id else Account.CREATOR
    return (
        Leg(account, amount, payout.shop_id, payout.creator_id, payout=payout),
        Leg(Account.BANK, -amount, payout=payout),
    )


def _free(now: datetime) -> Any:
    owed = LedgerEntry.objects.owed().exclude(shop=None, person=None)
    return owed.filter(LedgerEntry.objects.is_free(now))


def _hold(shop_id: UUID | None, person_id: UUID | None) -> None:
    """Let no other run look until this one is done."""
    owners: Any = Shop.objects.filter(pk=shop_id) if shop_id else User.objects.filter(pk=person_id)
    list(owners.select_for_update(no_key=True).values_list("pk"))


def _iban(payout: Payout) -> str:
    if payout.shop_id:
        accepted = SellerApplication.objects.filter(
            shop=payout.shop_id, state=SellerApplication.State.ACCEPTED
        )
        return accepted.order_by("-decided_at").values_list("iban", flat=True).first() or ""
    account = PayoutAccount.objects.filter(person=payout.creator_id).first()
    return account.iban if account else ""
