"""The doors of selling (shop_routes.py says who knocks)."""

ROUTES = """
# A shop is for everybody but those whom its owner blocks (R15).
+ +. +++ + ++
    get shops/{slug}/
    get api/v1/shops/{slug}/

# Its picture lies under a name that nobody guesses.
+ ++ +++ + ++
    get media/shops/{name}

# Selling is for adults (R7); who has no shop is shown how to begin.
? ++ --+ + ++
    get sell/
    get sell/apply/
    post sell/apply/
    post api/v1/sell/application/

# One's own, for whoever is signed in.
? ++ +++ + ++
    get api/v1/sell/shops/
    get api/v1/sell/invitations/

# What everybody of the shop reads.
? .. ... . ++
    get sell/orders.csv
    get api/v1/sell/shop/
    get api/v1/sell/day/
    get api/v1/sell/orders.csv

# What the part of somebody who packs does not include.
? .. ... . -+
    get sell/settings/
    post sell/settings/
    post sell/picture/
    get sell/closing/
    post sell/closing/
    get api/v1/sell/shop/closed/
    get sell/staff/
    post sell/staff/
    get sell/shipping/
    post sell/shipping/
    get sell/import/
    post sell/import/
    get sell/products.csv
    get sell/shipping/{zone}/
    post sell/shipping/{zone}/
    get sell/shipping/{zone}/rates/
    post sell/shipping/{zone}/rates/
    get sell/shipping/{zone}/rates/{rate}/
    post sell/shipping/{zone}/rates/{rate}/
    post sell/staff/{job}/
    get sell/import/{import}/
    post sell/import/{import}/
    patch api/v1/sell/shop/
    put api/v1/sell/shop/picture/
    delete api/v1/sell/shop/picture/
    get api/v1/sell/products.csv
    post api/v1/sell/imports/
    get api/v1/sell/imports/{import}/
    post api/v1/sell/imports/{import}/
    get api/v1/sell/staff/
    post api/v1/sell/staff/
    patch api/v1/sell/staff/{job}/
    get api/v1/sell/zones/
    post api/v1/sell/zones/
    put api/v1/sell/zones/{zone}/
    delete api/v1/sell/zones/{zone}/
    post api/v1/sell/zones/{zone}/rates/
    patch api/v1/sell/zones/{zone}/rates/{rate}/
    delete api/v1/sell/zones/{zone}/rates/{rate}/
    get sell/webhooks/
    post sell/webhooks/
    get sell/webhooks/{webhook}/
    post sell/webhooks/{webhook}/
    get sell/webhooks/deliveries/{delivery}/
    post sell/webhooks/deliveries/{delivery}/
    get api/v1/sell/webhooks/
    post api/v1/sell/webhooks/
    get api/v1/sell/webhooks/{webhook}/
    patch api/v1/sell/webhooks/{webhook}/
    delete api/v1/sell/webhooks/{webhook}/
    post api/v1/sell/webhooks/{webhook}/secret/
    post api/v1/sell/webhooks/{webhook}/test/
    post api/v1/sell/webhooks/{webhook}/replay/
    get api/v1/sell/webhooks/{webhook}/deliveries/
    get api/v1/sell/webhooks/deliveries/{delivery}/
    post api/v1/sell/webhooks/deliveries/{delivery}/replay/

# Somebody's part: taken away by the owner, or given up by whoever has it.
? .. ... . ++
    delete api/v1/sell/staff/{job}/

# Nobody here was asked to work for it, nobody here asked to sell.
? .. ... . ..
    get api/v1/sell/application/
    delete api/v1/sell/invitations/{job}/

# Minors hear that it is for adults, before anything else.
? .. --. . ..
    post api/v1/sell/invitations/{job}/

# Answering what one was not asked.
? .. ... . ..
    post sell/invitations/{job}/

# Closing it: others wait for an order here, and it is not closed.
? .. ... . -+
    put api/v1/sell/shop/closed/
    delete api/v1/sell/shop/closed/
"""
