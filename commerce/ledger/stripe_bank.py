"""Payouts by Stripe Connect: each shop and creator has a connected account, into which we transfer.

Who they are and their bank account they tell Stripe on its own pages. Shapes: docs.stripe.com/api
(accounts, account links, transfers, transfer reversals).
"""

import logging
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from commerce.ledger.banks import Transfer
from commerce.models import ConnectedAccount, LedgerEntry, Payout, Shop
from commerce.payments.stripe_asking import NEVER, ask, ask_once, client, minor
from commerce.refusals import unavailable

logger = logging.getLogger(__name__)

Account = LedgerEntry.Account
READY = "active"
# Who told Stripe who they are is looked at by the clock until it believes them, or for so long.
WAITED_FOR = timedelta(days=14)
LOOKED_AT_AFTER = timedelta(minutes=2)
AT_ONCE = 50
# With this they come back whose address was over: used before, or some minutes old.
OVER = "onboarding=over"


class StripeBank:
    """A payout is a transfer; its group is the payout's id, by which it is found again."""

    knows_owners = True

    def transfer(self, payout: Payout, iban: str) -> Transfer:
        account = _account_of(payout)
        if account is None:
            return Transfer(failure="no connected account")
        made = None if payout.state == Payout.State.PREPARED else _made(payout)
        try:
            made = made or self._transfer(payout, account)
        except NEVER as error:
            return Transfer(failure=error.user_message or error.code or "refused")
        return Transfer(reference=made.id, is_paid=True)

    @staticmethod
    def _transfer(payout: Payout, account: ConnectedAccount) -> Any:
        params: Any = {
            "amount": minor(payout.amount, payout.currency),
            "currency": payout.currency.lower(),
            "destination": account.reference,
            "transfer_group": str(payout.pk),
        }
        return ask_once("transfer", payout, partial(client().v1.transfers.create, params))

    def take_back(self, payout: Payout, amount: Decimal) -> str:
        params: Any = {"amount": minor(amount, payout.currency)}
        before = minor(payout.reversed, payout.currency)
        reverse = partial(client().v1.transfers.reversals.create, payout.reference, params)
        try:
            made = ask_once(f"reverse-{before}", payout, reverse)
        except NEVER as error:  # it is not there any more
            logger.warning("payout %s stays: %s", payout.pk, error)
            return ""
        return str(made.id)

    def unreachable(self) -> Q:
        shops = Q(account=Account.SELLER) & ~Q(shop__connected_account__is_ready=True)
        creators = Q(account=Account.CREATOR) & ~Q(person__connected_account__is_ready=True)
        return shops | creators

    def onboarding(self, owner: Shop | User, *, back: str) -> str:
        account = account_of(owner) or _opened(owner)
        ConnectedAccount.objects.filter(pk=account.pk).update(told_at=timezone.now())
        params: Any = {
            "account": account.reference,
            "type": "account_onboarding",
            "refresh_url": f"{back}?{OVER}",
            "return_url": back,
        }
        try:
            return str(ask(partial(client().v1.account_links.create, params)).url)
        except NEVER as error:
            logger.error("Stripe lets %s not tell who they are: %s", account, error)
            raise unavailable("payment.provider_down") from None

    def look_at_accounts(self) -> None:
        now = timezone.now()
        waiting = ConnectedAccount.objects.filter(
            is_ready=False, told_at__gt=now - WAITED_FOR, looked_at__lte=now - LOOKED_AT_AFTER
        )
        for account in waiting.order_by("looked_at")[:AT_ONCE]:
            look(account)


def account_of(owner: Shop | User) -> ConnectedAccount | None:
    """Theirs, if they began to tell who they are."""
    whose = {"shop": owner} if isinstance(owner, Shop) else {"person": owner}
    return ConnectedAccount.objects.filter(**whose).first()


def look(account: ConnectedAccount) -> ConnectedAccount:
    """Whether money can be sent there, as Stripe says now. Raises `Unavailable`."""
    said = ask(partial(client().v1.accounts.retrieve, account.reference))
    account.is_ready = getattr(said.capabilities, "transfers", "") == READY
    account.looked_at = timezone.now()
    account.save(update_fields=["is_ready", "looked_at"])
    return account


def _account_of(payout: Payout) -> ConnectedAccount | None:
    whose = {"shop": payout.shop_id} if payout.shop_id else {"person": payout.creator_id}
    return ConnectedAccount.objects.filter(**whose).first()


def _made(payout: Payout) -> Any:
    """The transfer that an earlier try made whose answer was lost; None where there is none."""
    params: Any = {"transfer_group": str(payout.pk), "limit": 1}
    found = ask(partial(client().v1.transfers.list, params)).data
    return found[0] if found else None


def _opened(owner: Shop | User) -> ConnectedAccount:
    """A new one. Two tabs at once are given the same: its key is the owner's id."""
    whose = {"shop": owner} if isinstance(owner, Shop) else {"person": owner}
    params: Any = {
        "type": "express",
        "capabilities": {"transfers": {"requested": True}},
        "metadata": {name: str(each.pk) for name, each in whose.items()},
    }
    once: Any = {"idempotency_key": f"account-{owner.pk}"}
    made = ask(partial(client().v1.accounts.create, params, once))
    account, _is_new = ConnectedAccount.objects.get_or_create(
        **whose, defaults={"reference": made.id}
    )
    return account
