"""The money of orders, moved by jobs: what goes back, and what is not wanted any more. Where the
provider will not pay something back, people settle it here."""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.outbox import enqueue
from commerce.models import Payment, Purchase, Refund
from commerce.payments import paying
from commerce.refusals import conflict, invalid, refused

logger = logging.getLogger(__name__)

State = Refund.State
SETTLED = (Purchase.State.FAILED, Purchase.State.PAID)


def send_refund(refund_id: UUID) -> None:
    """Have the provider pay it back; what is settled stays as it is."""
    refund = Refund.objects.select_related("payment", "order").filter(pk=refund_id).first()
    if refund is not None and refund.state == State.ASKED:
        paying.refund(refund)


def refund_waits(refund_id: UUID) -> None:
    """All tries failed: people see it from now on, while the clock goes on asking."""
    waiting = Refund.objects.filter(pk=refund_id, state=State.ASKED)
    waiting.update(failure="payment.provider_down")


def release_payment(purchase_id: UUID) -> None:
    """Let go of the payments of a purchase that nobody waits for: it fell through, or is paid."""
    purchase = Purchase.objects.filter(pk=purchase_id, state__in=SETTLED).first()
    if purchase is not None:
        paying.release(purchase)


def release_late_hold(payment_id: UUID) -> None:
    """Let go of a hold that came after its payment was over."""
    paying.release_late(Payment.objects.get(pk=payment_id))


def money_waits(purchase_id: UUID) -> None:
    """All tries to take or release its money failed: the clock goes on (payments/sweeping.py)."""
    logger.error("the money of purchase %s is neither taken nor let go", purchase_id)


# --- What people do about refunds that the provider does not pay ----------------------------------


def may_settle(person: User) -> bool:
    """Have a refund asked for again, or say that it was settled otherwise."""
    return person.is_active and person.has_perm("commerce.change_refund")


@transaction.atomic
def ask_again(actor: User, refund_id: UUID) -> Refund:
    """Have the provider asked once more.

    Raises `Refused` (refund.hands), `Conflict` (refund.settled).
    """
    refund = _for_people(actor, refund_id)
    refund.state, refund.failure, refund.settled_at = State.ASKED, "", None
    refund.asked_at = timezone.now()
    refund.attempt = F("attempt") + 1  # the provider would answer as it did before
    refund.save(update_fields=["state", "failure", "settled_at", "asked_at", "attempt"])
    enqueue("commerce.send_refund", refund_id=str(refund.pk))
    _record(actor, "refund.asked_again", refund)
    return refund


@transaction.atomic
def settle_outside(actor: User, refund_id: UUID, *, note: str) -> Refund:
    """The buyer has the money by another way; `note` says by which.

    Raises as `ask_again` does, and `ValidationError` (refund.note).
    """
    refund, note = _for_people(actor, refund_id), note.strip()
    if not 1 <= len(note) <= 500:
        raise invalid("refund.note", "note")
    paying.paid_back(refund, note=note)
    _record(actor, "refund.settled_outside", refund)
    refund.refresh_from_db()
    return refund


def _for_people(actor: User, refund_id: UUID) -> Refund:
    if not may_settle(actor):
        raise refused("refund.hands")
    # In the order of `paying.paid_back`: its payment, then the refund.
    Payment.objects.select_for_update().filter(refunds=refund_id).first()
    refund = Refund.objects.select_for_update().filter(pk=refund_id).first()
    if refund is None:
        raise Http404
    if not Refund.objects.for_people().filter(pk=refund_id).exists():
        raise conflict("refund.settled")
    return refund


def _record(actor: User, verb: str, refund: Refund) -> None:
    order, amount = str(refund.order_id or ""), str(refund.amount)
    audit.record(actor, verb, kind="refund", object_id=refund.pk, order=order, amount=amount)
