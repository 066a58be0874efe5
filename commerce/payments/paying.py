"""Paying a purchase: what is asked of the provider, and what its answer changes here.

`note` is the one place where a payment's state changes. Providers are asked outside of
transactions; what an event says is never believed: it makes us look (`handle`).
"""

import logging
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.errors import Conflict, Unavailable
from accounts.outbox import enqueue
from commerce import ledger
from commerce.actions import purchases
from commerce.actions.refunding import refund_second
from commerce.models import Payment, ProviderEvent, Purchase, Refund
from commerce.payments.moves import moves
from commerce.payments.opening import FREE, open_payment
from commerce.payments.port import Told, provider
from commerce.refusals import conflict, unavailable

logger = logging.getLogger(__name__)

State = Payment.State
OVER = (State.FAILED, State.RELEASED)
UNDER_WAY = (State.STARTED, State.ACTION, State.PROCESSING)


def start(purchase: Purchase, *, page: Callable[[Payment], str]) -> Payment:
    """The payment of a purchase, which its provider was asked to begin; the one that lives where
    there is one. `page` tells where the buyer comes back to.

    Where the provider cannot be asked it stays `started`, and may be asked again (`begin`). Raises
    `Conflict` (payment.over) where the purchase waits for no payment any more.
    """
    payment = purchase.opened or _opened(purchase)
    return begin(payment, page(payment)) if payment.state == State.STARTED else payment


@transaction.atomic
def _opened(purchase: Purchase) -> Payment:
    held = _locked(purchase.pk)
    living = held.payments.exclude(state__in=OVER).order_by("-pk").first()
    if living is not None:
        return living
    is_late = held.held_until is not None and held.held_until <= timezone.now()
    if held.state != Purchase.State.PENDING or is_late:
        raise conflict("payment.over")
    return open_payment(held)


def begin(payment: Payment, return_url: str) -> Payment:
    """Ask the provider to begin; nothing is lost where it cannot be asked."""
    take = payment.purchase.group_buy_id is None
    if payment.provider == FREE:
        return note(payment, Told(State.CAPTURED if take else State.AUTHORISED))
    try:
        told = provider(payment.provider).start(payment, take=take, return_url=return_url)
    except Unavailable:
        logger.warning("payment %s waits: %s cannot be asked", payment.pk, payment.provider)
        return payment
    return note(payment, told)


def capture(purchase: Purchase) -> None:
    """Take what is held for a purchase; where the bank refuses that, the hold is let go. Raises
    `Unavailable`."""
    for payment in purchase.payments.filter(state=State.AUTHORISED):
        free = payment.provider == FREE
        note(payment, Told(State.CAPTURED) if free else _captured(payment))


def _captured(payment: Payment) -> Told:
    told = provider(payment.provider).capture(payment)
    if told.state != State.FAILED:
        return told
    left = provider(payment.provider).release(payment)
    if left.state == State.AUTHORISED:
        raise unavailable("payment.provider_down")
    return left if left.state == State.CAPTURED else told


def release(purchase: Purchase) -> None:
    """Let go of whatever is not taken yet. Raises `Unavailable`."""
    for payment in purchase.payments.exclude(state__in=(*OVER, State.CAPTURED)):
        began = payment.reference and payment.provider != FREE
        note(payment, _released(payment) if began else Told(State.RELEASED))


def release_late(payment: Payment) -> None:
    """Let go of a hold that came after its payment was over. Raises `Unavailable`."""
    note(payment, _released(payment))


def _released(payment: Payment) -> Told:
    told = provider(payment.provider).release(payment)
    if told.state == State.AUTHORISED:  # still: there will be another try
        raise unavailable("payment.provider_down")
    return told


def refund(refund: Refund) -> None:
    """Have money go back that was decided on; the ledger learns of it once it has. Where the
    provider refuses, people look at it. Raises `Unavailable`."""
    payment = refund.payment
    Refund.objects.filter(pk=refund.pk).update(asked_at=timezone.now())
    try:
        reference = "" if payment.provider == FREE else provider(payment.provider).refund(refund)
    except Conflict as error:
        logger.error("refund %s: %s", refund.pk, error.code)
        Refund.objects.filter(pk=refund.pk, state=Refund.State.ASKED).update(
            state=Refund.State.FAILED, failure=error.code, settled_at=timezone.now()
        )
        return
    paid_back(refund, reference=reference)


@transaction.atomic
def paid_back(refund: Refund, **facts: str) -> bool:
    """The money is back, by the provider (`reference`) or otherwise (`note`); False where that was
    known."""
    payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
    held = Refund.objects.select_for_update(of=("self",)).select_related("order").get(pk=refund.pk)
    if held.state == Refund.State.DONE:
        return False
    told = {"state": Refund.State.DONE, "failure": "", "settled_at": timezone.now(), **facts}
    for name, value in told.items():
        setattr(held, name, value)
    held.save(update_fields=list(told))
    payment.refunded += held.amount
    payment.save(update_fields=["refunded"])
    if held.order_id is not None:
        ledger.refunded(held)
        enqueue("commerce.take_back_payout", order_id=str(held.order_id))
    return True


@transaction.atomic
def sent_back(refund: Refund) -> bool:
    """The buyer's bank did not take the money: it is booked back, the shop is told, and people look
    at it, who ask again or settle it otherwise. False where that is known, or settled by hand."""
    payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
    held = Refund.objects.select_for_update(of=("self",)).select_related("order").get(pk=refund.pk)
    if held.state != Refund.State.DONE or held.note or held.reference != refund.reference:
        return False
    payment.refunded -= held.amount
    payment.save(update_fields=["refunded"])
    if held.order_id is not None:
        ledger.came_back(held)
        purchases.refund_failed(held)
    held.state, held.failure = Refund.State.FAILED, "refund.sent_back"
    held.settled_at = timezone.now()
    held.attempt += 1  # what is paid back from now on is booked, and asked for, as something new
    held.save(update_fields=["state", "failure", "settled_at", "attempt"])
    return True


@transaction.atomic
def note(payment: Payment, told: Told) -> Payment:
    """Write down how a payment stands, and let its purchase know: each once, in any order."""
    # Of what is only under way the purchase does not hear: others need not wait for it.
    held_purchase = None if told.state in UNDER_WAY else _locked(payment.purchase_id)
    held = Payment.objects.select_for_update().get(pk=payment.pk)
    before = held.state
    changed = _name(held, told)
    if moves(before, told.state):
        changed += _move(held, told)
    elif told.state == State.AUTHORISED and before in OVER:
        enqueue("commerce.release_late_hold", payment_id=str(held.pk))
    if changed:
        held.save(update_fields=changed)
    if held_purchase and "state" in changed:
        _tell(held_purchase, before, held)
    return held


def _locked(purchase_id: UUID) -> Purchase:
    return Purchase.objects.select_for_update().get(pk=purchase_id)


def _name(payment: Payment, told: Told) -> list[str]:
    """What the provider calls it; the fields that this changed."""
    there = (payment.reference, payment.action_url)
    if not told.reference or (told.reference, told.action_url) == there:
        return []
    payment.reference = told.reference
    payment.action_url = told.action_url or payment.action_url
    return ["reference", "action_url"]


def _move(payment: Payment, told: Told) -> list[str]:
    """The fields that this changed."""
    payment.state = told.state
    payment.failure = told.failure if told.state == State.FAILED else ""
    payment.changed_at = timezone.now()
    if told.state == State.CAPTURED:
        payment.captured = payment.amount
    return ["state", "failure", "changed_at", "captured"]


def _tell(purchase: Purchase, before: str, payment: Payment) -> None:
    """A refused attempt leaves the purchase as it is: until its time is over there may be others.
    What was held and is so no more ends it; what another attempt paid already goes back."""
    if payment.state == State.CAPTURED:
        _take(purchase, payment)
    elif payment.state == State.AUTHORISED:
        purchases.authorised(purchase)
        if purchase.state != Purchase.State.PENDING:
            enqueue("commerce.release_payment", purchase_id=str(purchase.pk))
    elif before == State.AUTHORISED or payment.state == State.RELEASED:
        purchases.failed(purchase, payment.failure or "payment.released")


def _take(purchase: Purchase, payment: Payment) -> None:
    others = list(purchase.payments.exclude(pk=payment.pk).only("state", "captured"))
    if any(each.captured for each in others):
        refund_second(payment)
        return
    purchases.paid(purchase)
    if any(each.state not in OVER for each in others):
        enqueue("commerce.release_payment", purchase_id=str(purchase.pk))


def handle(event: ProviderEvent) -> None:
    """See what the payment or the refund is that an event is about. Raises `Unavailable`."""
    key = event.body.get("payment")
    payment = Payment.objects.filter(provider=event.provider, pk=UUID(key)).first() if key else None
    if payment is not None:
        note(payment, provider(event.provider).look(payment))
    if "refund" in event.body:
        _look_at_refund(event)
    ProviderEvent.objects.filter(pk=event.pk).update(handled_at=timezone.now())


def _look_at_refund(event: ProviderEvent) -> None:
    """Only what was paid back can be sent back."""
    done = Refund.objects.filter(
        pk=event.body["refund"], payment__provider=event.provider, state=Refund.State.DONE
    )
    for refund in done.exclude(reference="").select_related("payment"):
        if not provider(event.provider).has_paid_back(refund):
            sent_back(refund)
