"""What shops' own servers hear of what happens in the shop, in the shape of Standard Webhooks.

Verbs say it (`telling`) inside their transactions; jobs sign and send it (`signing`, `sending`),
again and again where nobody takes it. `docs/webhooks.md` is for those who receive.
"""

from commerce.webhooks.telling import order_moved, orders_moved, return_moved, stock_fell

__all__ = ["order_moved", "orders_moved", "return_moved", "stock_fell"]
