"""Where creators want their money."""

from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce import ibans
from commerce.models import PayoutAccount
from commerce.refusals import invalid


def set_payout_account(creator: User, *, holder: str, iban: str) -> PayoutAccount:
    """From the next payout on; the IBAN may be written with spaces.

    Raises `Refused` (policy.R7), `ValidationError` (payout.holder, payout.iban).
    """
    policy.permit(policy.earn(creator.person))
    holder, iban = holder.strip(), ibans.normal(iban)
    if not 2 <= len(holder) <= 120:
        raise invalid("payout.holder", "holder")
    if not ibans.is_iban(iban):
        raise invalid("payout.iban", "iban")
    account, _is_new = PayoutAccount.objects.update_or_create(
        person=creator, defaults={"holder": holder, "iban": iban, "changed_at": timezone.now()}
    )
    return account
