"""Who knocks at which door of the shop, and what is answered: each part has a table of its own.

One sign (tables.py) for each of WHO (shop.py), from the left: anonymous; stranger, blocked; kid
(14), teen (16), moderator; buyer; packer, owner. The shop is the owner's, the packer works there,
the buyer has something of it.

A new route without a row fails test_shop.py.
"""

from tests.access import (
    shop_catalogue_routes,
    shop_checkout_routes,
    shop_earning_routes,
    shop_meeting_routes,
    shop_orders_routes,
    shop_paying_routes,
    shop_selling_routes,
    shop_together_routes,
)

TABLES = (
    shop_catalogue_routes.ROUTES,
    shop_checkout_routes.ROUTES,
    shop_earning_routes.ROUTES,
    shop_meeting_routes.ROUTES,
    shop_orders_routes.ROUTES,
    shop_paying_routes.ROUTES,
    shop_selling_routes.ROUTES,
    shop_together_routes.ROUTES,
)
