"""Payout runs: what is free goes to the banks of shops and creators."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
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
from commerce.notifications.payouts import tell_receiver

logger = logging.getLogger(__name__)

Account, Kind, State = LedgerEntry.Account, LedgerTransaction.Kind, Payout.State
ON_ITS_WAY = (State.PREPARED, State.SENT)
ASKED_AFTER = timedelta(minutes=15)  # the job has had its tries by then
AT_ONCE = 100


def run(now: datetime | None = None) -> list[Payout]:
    """Prepare a payout for everybody to whom at least PAYOUT_LEAST of a currency is free, and let
    jobs send them. Whom the bank cannot reach yet, people who are shut out and suspended shops
    wait. Two runs at once pay once."""
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
    shut_out = Q(account=Account.CREATOR, person__is_active=False)
    waits = Q(shop__state=Shop.State.SUSPENDED) | shut_out | bank().unreachable()
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
    outside of any transaction. Raises `Unavailable`: whether it was sent nobody knows then."""
    payout = Payout.objects.filter(pk=payout_id, state__in=ON_ITS_WAY).first()
    if payout is None:
        return
    Payout.objects.filter(pk=payout_id, state=State.PREPARED).update(state=State.SENT)
    note(payout_id, bank().transfer(payout, _iban(payout)))


def ask_again() -> int:
    """By the clock: have the bank asked about those whose job had its tries; how many went on."""
    late = timezone.now() - ASKED_AFTER
    waiting = Payout.objects.filter(state__in=ON_ITS_WAY, created_at__lte=late)
    keys = waiting.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_asked_again(key) for key in list(keys))


def _asked_again(payout_id: UUID) -> bool:
    try:
        send(payout_id)
    except Exception:  # one that nobody can read holds up no other
        logger.exception("payout %s waits", payout_id)
        return False
    return True


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
    tell_receiver(payout, "paid")


@transaction.atomic
def fail(payout_id: UUID, failure: str) -> None:
    """It did not arrive, or came back: all of it is free again, for the next run."""
    payout = Payout.objects.select_for_update().get(pk=payout_id)
    if payout.state == State.FAILED:
        return
    if payout.state == State.PAID:
        legs = _legs(payout, payout.amount - payout.reversed)
        post(Kind.CORRECTION, f"payout-back:{payout.pk}", payout.currency, legs)
    payout.entries.update(payout=None)
    _settle(payout, State.FAILED, failure=failure[:200])
    tell_receiver(payout, "failed")


def take_back(order_id: UUID) -> None:
    """Refunds of an order came after its money was paid out: fetch back what its shop and creators
    owe, where the bank can; else their next payout is smaller. Raises `Unavailable`."""
    entries = LedgerEntry.objects.filter(transaction__order=order_id).exclude(
        shop=None, person=None
    )
    owners = entries.filter(account__in=(Account.SELLER, Account.CREATOR))
    for whose in owners.values("account", "shop", "person", "currency").distinct():
        _take_back_from(whose)


def _take_back_from(whose: Mapping[str, Any]) -> None:
    owed = LedgerEntry.objects.owed().filter(**whose).aggregate(sum=total())["sum"]
    paid = Payout.objects.filter(
        shop=whose["shop"],
        creator=whose["person"],
        currency=whose["currency"],
        state=State.PAID,
        reversed__lt=F("amount"),
    )
    for payout in paid.order_by("-settled_at"):
        if owed >= 0:
            return
        amount = min(-owed, payout.amount - payout.reversed)
        if not (reference := bank().take_back(payout, amount)):
            return
        _taken_back(payout, amount, reference)
        owed += amount


@transaction.atomic
def _taken_back(payout: Payout, amount: Decimal, reference: str) -> None:
    """Once, whoever else fetched the same."""
    same = Payout.objects.filter(pk=payout.pk, reversed=payout.reversed)
    if same.update(reversed=F("reversed") + amount):
        owner, bank_leg = _legs(payout, amount)
        key = f"payout-reversed:{payout.pk}:{reference}"
        post(Kind.CORRECTION, key, payout.currency, [replace(owner, payout=None), bank_leg])


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
