"""The doors of carts and checkouts (shop_routes.py says who knocks)."""

ROUTES = """
# A cart is for everybody, guests and those who cannot buy yet (R7); a wrong line is told.
+ ++ +++ + ++
    get cart/
    post cart/undo/
    get api/v1/cart/

# What somebody sees goes in; not what its seller keeps from them (R15).
+ +. +++ + ++
    post cart/add/
    post api/v1/cart/lines/

# The lines of others are not there.
. .. ... . ..
    post cart/lines/{line}/
    patch api/v1/cart/lines/{line}/
    delete api/v1/cart/lines/{line}/

# Paying is for adults (R7), and only for what one's seller does not keep from them (R15).
? +. --+ + ++
    get checkout/
    post checkout/
    post api/v1/checkout/quote/

# The same; without a key nothing is looked for, and that is said.
? ++ --+ + ++
    post api/v1/checkout/

# One's own addresses.
? ++ +++ + ++
    get settings/addresses/
    post settings/addresses/
    get api/v1/me/addresses/
    post api/v1/me/addresses/

# An address of the buyer's.
? .. ... + ..
    get settings/addresses/{address}/
    post settings/addresses/{address}/
    get api/v1/me/addresses/{address}/
    patch api/v1/me/addresses/{address}/
    delete api/v1/me/addresses/{address}/

# What a shop gives: the part of somebody who packs does not include it.
? .. ... . -+
    get sell/coupons/
    post sell/coupons/
    get sell/sales/
    post sell/sales/
    get api/v1/sell/coupons/
    post api/v1/sell/coupons/
    get api/v1/sell/flash-sales/
    post api/v1/sell/flash-sales/
    get sell/coupons/{coupon}/
    get sell/sales/{sale}/
    post sell/coupons/{coupon}/
    post sell/sales/{sale}/
    get api/v1/sell/coupons/{coupon}/
    patch api/v1/sell/coupons/{coupon}/
    delete api/v1/sell/coupons/{coupon}/
    get api/v1/sell/flash-sales/{sale}/
    patch api/v1/sell/flash-sales/{sale}/
    delete api/v1/sell/flash-sales/{sale}/
"""
