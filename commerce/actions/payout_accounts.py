"""Where creators want their money."""

import re

from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce.models import PayoutAccount
from commerce.refusals import invalid

IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def set_payout_account(creator: User, *, holder: str, iban: str) -> PayoutAccount:
    """From the next payout on; the IBAN may be written with spaces.

    Raises `Refused` (policy.R7), `ValidationError` (payout.holder, payout.iban).
    """
    policy.permit(policy.earn(creator.person))
    holder, iban = holder.strip(), re.sub(r"\s", "", iban).upper()
    if not 2 <= len(holder) <= 120:
        raise invalid("payout.holder", "holder")
    if not IBAN.fullmatch(iban) or not _checks(iban):
        raise invalid("payout.iban", "iban")
    account, _is_new = PayoutAccount.objects.update_or_create(
        person=creator, defaults={"holder": holder, "iban": iban, "changed_at": timezone.now()}
    )
    return account


def _checks(iban: str) -> bool:
    """ISO 13616: four characters moved to the end, letters as numbers from 10 on, modulo 97."""
    return int("".join(str(int(each, 36)) for each in iban[4:] + iban[:4])) % 97 == 1
