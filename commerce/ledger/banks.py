"""Who carries payouts to banks."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from commerce.models import Payout


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a bank answered: it has `reference` for it, and is sure (`is_paid`), tells later, or
    says in `failure` why not."""

    reference: str = ""
    is_paid: bool = False
    failure: str = ""


class Bank(Protocol):
    """Asked outside of any transaction, perhaps twice: a payout's id is its idempotency key."""

    def transfer(self, payout: Payout, iban: str) -> Transfer:
        """Send the payout's amount to that account ("": the one the bank knows for its owner).
        Raises `Unavailable` where it cannot be asked: nothing was sent."""


def bank() -> Bank:
    """The one that settings.PAYOUT_BANK names."""
    made: Bank = import_string(settings.PAYOUT_BANK)()
    return made


class TestBank:
    """Pays at once and sends nothing; accounts that end in REFUSED do not exist."""

    __test__ = False  # for pytest: no test
    REFUSED = "0000"

    def transfer(self, payout: Payout, iban: str) -> Transfer:
        if iban.endswith(self.REFUSED):
            return Transfer(failure="no such account")
        return Transfer(reference=f"test-{payout.pk}", is_paid=True)
