"""Thin Celery wrappers around what the shop must do in the background."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.outbox import outbox_job
from commerce.actions import group_buys
from commerce.ledger import payouts


@shared_task(name="commerce.run_payouts")
def run_payouts() -> None:
    """Prepare what is free to be paid out."""
    payouts.run()


def _give_up_payout(payout_id: str) -> None:
    payouts.fail(UUID(payout_id), "the bank could not be reached")


@shared_task(name="commerce.send_payout")
@partial(outbox_job, given_up=_give_up_payout)
def send_payout(payout_id: str) -> None:
    """Have the bank carry a payout."""
    payouts.send(UUID(payout_id))


@shared_task(name="commerce.expire_group_buys")
def expire_group_buys() -> None:
    """Settle the groups whose time ran out; by the clock."""
    group_buys.expire()


@shared_task(name="commerce.capture_place")
@outbox_job
def capture_place(purchase_id: str) -> None:
    """Take the money of a place in a complete group."""
    from commerce.actions import group_settling

    group_settling.take_money(UUID(purchase_id))


@shared_task(name="commerce.release_place")
@outbox_job
def release_place(purchase_id: str) -> None:
    """Let the money go that was held for a place."""
    from commerce.actions import group_settling

    group_settling.let_money_go(UUID(purchase_id))
