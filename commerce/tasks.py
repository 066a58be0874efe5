"""Thin Celery wrappers around what the shop must do in the background."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.outbox import outbox_job
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
