"""How long the shop keeps what has its time."""

from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7_from
from accounts.rights.keeping import Retention, delete_in_batches
from commerce.data_rights.purging import forget_buyers
from commerce.models import Purchase, Touch

TOUCHES_KEPT = timedelta(days=Touch.DAYS)
GUEST_CARTS_KEPT = timedelta(days=30)
EVENTS_KEPT = timedelta(days=90)
IMPORTS_KEPT = timedelta(days=30)
WEBHOOKS_KEPT = timedelta(days=30)
BOOKS_KEPT = timedelta(days=3653)  # ten years


def _forget(label: str, kept: timedelta, field: str, **only: object) -> int:
    before = timezone.now() - kept
    return delete_in_batches(label, Q(**{f"{field}__lt": before}, **only))


def _forget_webhooks() -> int:
    """By their keys, which begin with the time."""
    before = uuid7_from(timezone.now() - WEBHOOKS_KEPT)
    return delete_in_batches("commerce.WebhookEvent", Q(pk__lt=before))


def _forget_buyers() -> int:
    """The sums stay, in books that are only added to."""
    old = Purchase.objects.filter(placed_at__lt=timezone.now() - BOOKS_KEPT, buyer__isnull=False)
    gone = 0
    while some := forget_buyers(old):
        gone += some
    return gone


RETENTION = (
    Retention(
        ("commerce.Touch",),
        TOUCHES_KEPT,
        "the product was met last",
        "whoever showed it earns by it for that long",
        "accounts.keep_retention",
        partial(_forget, "commerce.Touch", TOUCHES_KEPT, "at"),
    ),
    Retention(
        ("commerce.Cart", "commerce.CartLine"),
        GUEST_CARTS_KEPT,
        "it was last touched, of somebody who is not signed in",
        "guests find their cart again",
        "accounts.keep_retention",
        partial(_forget, "commerce.Cart", GUEST_CARTS_KEPT, "touched_at", person__isnull=True),
    ),
    Retention(
        ("commerce.ProviderEvent",),
        EVENTS_KEPT,
        "it came",
        "each is heard once; and to see what a payment provider said",
        "accounts.keep_retention",
        partial(_forget, "commerce.ProviderEvent", EVENTS_KEPT, "received_at"),
    ),
    Retention(
        ("commerce.ProductImport",),
        IMPORTS_KEPT,
        "the file came",
        "sellers read what became of each line",
        "accounts.keep_retention",
        partial(_forget, "commerce.ProductImport", IMPORTS_KEPT, "created_at"),
    ),
    Retention(
        ("commerce.WebhookEvent", "commerce.WebhookDelivery", "commerce.WebhookAttempt"),
        WEBHOOKS_KEPT,
        "it happened",
        "sellers see what their servers were told, and have it sent again",
        "accounts.keep_retention",
        _forget_webhooks,
    ),
    Retention(
        ("commerce.Purchase", "commerce.Order"),
        BOOKS_KEPT,
        "they were placed (the sums stay for good; who bought, and where to, goes)",
        "tax law wants invoices for ten years",
        "accounts.keep_retention",
        _forget_buyers,
    ),
    Retention(
        ("commerce.LedgerTransaction", "commerce.LedgerEntry"),
        None,
        "",
        "the ledger is append-only; it names people by their ids",
        "",
    ),
    Retention(
        ("commerce.Coupon", "commerce.FlashSale", "commerce.GroupBuy"),
        None,
        "",
        "orders say at which price something was sold, and why (they end at `ends_at`)",
        "",
    ),
)
