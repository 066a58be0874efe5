"""Who carries payouts to banks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.models import User
from commerce.models import LedgerEntry, Payout, Shop
from commerce.refusals import conflict

NO_IBAN = Q(account=LedgerEntry.Account.CREATOR, person__payout_account=None)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a bank answered: it has `reference` for it, and is sure (`is_paid`), tells later, or
    says in `failure` why not."""

    reference: str = ""
    is_paid: bool = False
    failure: str = ""


class Bank(Protocol):
    """Asked outside of any transaction, perhaps twice: a payout's id is its idempotency key.
    `knows_owners` says that shops and creators tell it who they are (`onboarding`), not us."""

    knows_owners: bool

    def transfer(self, payout: Payout, iban: str) -> Transfer:
        """Send the payout's amount to that account ("": the one the bank knows for its owner).
        Raises `Unavailable` where it cannot be asked: perhaps it was sent all the same."""

    def take_back(self, payout: Payout, amount: Decimal) -> str:
        """Fetch so much of a payout back that arrived, as refunds came after it: the bank's name
        for that, or "" where it cannot; then the next payout is smaller. `payout.reversed` is what
        was fetched before: with it the payout's id is the idempotency key. Raises `Unavailable`."""

    def unreachable(self) -> Q:
        """Ledger entries of those to whom this bank cannot send yet."""

    def onboarding(self, owner: Shop | User, *, back: str) -> str:
        """The address where they tell the bank who they are; from there they come to `back`.
        Raises `Conflict` (payout.no_onboarding) where an IBAN is enough, and `Unavailable`."""

    def look_at_accounts(self) -> None:
        """By the clock: see whom it can reach by now. Raises `Unavailable`."""


def bank() -> Bank:
    """The one that settings.PAYOUT_BANK names."""
    made: Bank = import_string(settings.PAYOUT_BANK)()
    return made


class TestBank:
    """Pays at once and sends nothing; accounts that end in REFUSED do not exist."""

    __test__ = False  # for pytest: no test
    knows_owners = False
    REFUSED = "0000"

    def transfer(self, payout: Payout, iban: str) -> Transfer:
        if iban.endswith(self.REFUSED):
            return Transfer(failure="no such account")
        return Transfer(reference=f"test-{payout.pk}", is_paid=True)

    def take_back(self, payout: Payout, amount: Decimal) -> str:
        return ""

    def unreachable(self) -> Q:
        return NO_IBAN

    def onboarding(self, owner: Shop | User, *, back: str) -> str:
        raise conflict("payout.no_onboarding")

    def look_at_accounts(self) -> None:
        """There is nothing to wait for."""
