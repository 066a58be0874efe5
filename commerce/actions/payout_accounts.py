"""Where creators and shops want their money."""

from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce import ibans
from commerce.ledger.banks import bank
from commerce.models import ConnectedAccount, PayoutAccount, Shop
from commerce.people import MONEY, demand
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


def onboarding_of(owner: Shop | User) -> str:
    """How far they are: "" where whoever carries payouts needs an IBAN alone, "unknown", "asked"
    or "ready"."""
    if not bank().knows_owners:
        return ""
    whose = {"shop": owner} if isinstance(owner, Shop) else {"person": owner}
    account = ConnectedAccount.objects.filter(**whose).first()
    if account is None:
        return "unknown"
    return "ready" if account.is_ready else "asked"


def begin_onboarding(actor: User, shop: Shop | None = None, *, back: str) -> str:
    """The address where the actor tells whoever carries payouts who they are, for themselves or for
    their shop; from there they come `back`.

    Raises `Refused` (policy.R7, shop.not_yours), `Conflict` (payout.no_onboarding), `Unavailable`.
    """
    if shop is None:
        policy.permit(policy.earn(actor.person))
    else:
        policy.permit(policy.sell(actor.person))
        demand(actor, shop, MONEY)
    return bank().onboarding(shop or actor, back=back)
