"""Thin Celery wrappers around what the shop must do in the background."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.outbox import outbox_job
from commerce import copies
from commerce.actions import (
    checkout,
    group_buys,
    group_settling,
    imports,
    order_settling,
    orders,
    returns,
    shops,
    wishes,
)
from commerce.ledger import payouts
from commerce.ledger.banks import bank
from commerce.models import ProductPhoto, ProviderEvent, ReviewPhoto
from commerce.payments import paying, sweeping, test_provider
from commerce.webhooks import sending


@shared_task(name="commerce.run_payouts")
def run_payouts() -> None:
    """Prepare what is free to be paid out."""
    payouts.run()


@shared_task(name="commerce.send_payout")
@outbox_job
def send_payout(payout_id: str) -> None:
    """Have the bank carry a payout. Where it does not answer the clock asks again, for nobody knows
    whether it was sent (`look_at_payments`)."""
    payouts.send(UUID(payout_id))


@shared_task(name="commerce.take_back_payout")
@outbox_job
def take_back_payout(order_id: str) -> None:
    """Fetch back what refunds made too much of a payout."""
    payouts.take_back(UUID(order_id))


@shared_task(name="commerce.expire_unpaid")
def expire_unpaid() -> None:
    """Give back what unpaid purchases hold whose time ran out; by the clock."""
    checkout.expire_unpaid()


@shared_task(name="commerce.expire_group_buys")
def expire_group_buys() -> None:
    """Settle the groups whose time ran out; by the clock."""
    group_buys.expire()


def _leave_money_to_the_clock(purchase_id: str) -> None:
    order_settling.money_waits(UUID(purchase_id))


@shared_task(name="commerce.capture_place")
@partial(outbox_job, given_up=_leave_money_to_the_clock)
def capture_place(purchase_id: str) -> None:
    """Take the money of a place in a complete group."""
    group_settling.take_money(UUID(purchase_id))


@shared_task(name="commerce.release_place")
@partial(outbox_job, given_up=_leave_money_to_the_clock)
def release_place(purchase_id: str) -> None:
    """Let the money go that was held for a place."""
    group_settling.let_money_go(UUID(purchase_id))


@shared_task(name="commerce.tell_in_stock")
@outbox_job
def tell_in_stock(variant_id: str) -> None:
    """Tell those who wait for a variant that it can be ordered again."""
    while wishes.tell_in_stock(UUID(variant_id)):
        pass


def _give_up_import(import_id: str, actor_id: str) -> None:
    imports.give_up(UUID(import_id))


@shared_task(name="commerce.import_products")
@partial(outbox_job, given_up=_give_up_import)
def import_products(import_id: str, actor_id: str) -> None:
    """Take over products from a file."""
    imports.run(UUID(import_id), UUID(actor_id))


@shared_task(name="commerce.size_photos")
def size_photos() -> None:
    """Make the smaller copies of photos that have none; by the clock."""
    for kind in (ProductPhoto, ReviewPhoto):
        copies.make_missing(kind)


@shared_task(name="commerce.renew_cards_of_shop")
@outbox_job
def renew_cards_of_shop(shop_id: str) -> None:
    """Have cards in conversations say whether a shop's products can be ordered."""
    shops.renew_cards(UUID(shop_id))


@shared_task(name="commerce.tend_orders")
def tend_orders() -> None:
    """Say that what was sent long ago has arrived, and pay back what shut shops did not send."""
    orders.deliver_due()
    orders.cancel_abandoned()


@shared_task(name="commerce.approve_returns")
def approve_returns() -> None:
    """Approve what shops did not answer in time."""
    returns.approve_unanswered()


def _show_refund_to_people(refund_id: str) -> None:
    order_settling.refund_waits(UUID(refund_id))


@shared_task(name="commerce.send_refund")
@partial(outbox_job, given_up=_show_refund_to_people)
def send_refund(refund_id: str) -> None:
    """Have the provider pay something back."""
    order_settling.send_refund(UUID(refund_id))


@shared_task(name="commerce.release_payment")
@partial(outbox_job, given_up=_leave_money_to_the_clock)
def release_payment(purchase_id: str) -> None:
    """Let go of a payment that is not wanted any more."""
    order_settling.release_payment(UUID(purchase_id))


@shared_task(name="commerce.release_late_hold")
@outbox_job
def release_late_hold(payment_id: str) -> None:
    """Let go of money that was held after its payment was over."""
    order_settling.release_late_hold(UUID(payment_id))


@shared_task(name="commerce.handle_payment_event")
@outbox_job
def handle_payment_event(event_id: int) -> None:
    """See what became of the payment that a provider told us about."""
    if event := ProviderEvent.objects.filter(pk=event_id).first():
        paying.handle(event)


@shared_task(name="commerce.look_at_payments")
def look_at_payments() -> None:
    """Ask how payments and payouts stand of which nothing was heard; by the clock."""
    sweeping.look_again()
    payouts.ask_again()
    bank().look_at_accounts()


@shared_task(name="commerce.tell_of_test_charge")
@outbox_job
def tell_of_test_charge(charge_id: str) -> None:
    """Send the test provider's webhook."""
    test_provider.tell(UUID(charge_id))


@shared_task(name="commerce.end_slow_charge")
@outbox_job
def end_slow_charge(charge_id: str) -> None:
    """Have the test provider's slow bank answer."""
    test_provider.end_slow(UUID(charge_id))


def _lose_webhook(delivery_id: str) -> None:
    sending.lose(UUID(delivery_id))


@shared_task(name="commerce.deliver_webhook")
@partial(outbox_job, given_up=_lose_webhook)
def deliver_webhook(delivery_id: str) -> None:
    """Tell a shop's own server of an event."""
    sending.deliver(UUID(delivery_id))


@shared_task(name="commerce.send_due_webhooks")
def send_due_webhooks() -> None:
    """Have those told again that did not listen; by the clock."""
    sending.send_due()
