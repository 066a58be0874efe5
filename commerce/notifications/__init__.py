"""What people are told about the shop: kinds, registered when the app is ready, and what verbs say.

Each module names the kinds of one noun; `places` knows where lines about orders lead, `telling` is
what verbs call inside their transactions.
"""

from commerce.notifications import group_buys, orders, payouts, products, reviews, shops

KINDS = (
    *orders.KINDS,
    *shops.KINDS,
    *payouts.KINDS,
    *group_buys.KINDS,
    *reviews.KINDS,
    *products.KINDS,
)

__all__ = ["KINDS"]
