"""The doors of the catalogue (shop_routes.py says who knocks)."""

ROUTES = """
# The front page is for everybody, also for those who cannot buy yet (R7).
+ ++ +++ + ++
    get shop/
    get api/v1/products/
    get api/v1/shop/categories/

# A picture under its random name.
+ ++ +++ + ++
    get media/products/{name}

# A product: not for those whom its seller blocks (R15).
+ +. +++ + ++
    get products/{product}/
    get api/v1/products/{product}/

# One's own wishes.
? ++ +++ + ++
    get shop/wishlist/
    get api/v1/me/wishlist/

# Wishing for what one sees.
? +. +++ + ++
    post products/{product}/wish/
    post shop/alerts/{variant}/
    put api/v1/me/wishlist/{product}/
    put api/v1/shop/alerts/{variant}/
    delete api/v1/shop/alerts/{variant}/

# Taking back one's own wish, also for what one does not see any more.
? ++ +++ + ++
    delete api/v1/me/wishlist/{product}/

# What the part of somebody who packs does not include.
? .. ... . -+
    get sell/products/
    get sell/products/new/
    post sell/products/new/
    get sell/products/{product}/
    post sell/products/{product}/
    post sell/products/{product}/options/
    post sell/products/{product}/variants/
    post sell/products/{product}/state/
    post sell/products/{product}/photos/
    post sell/photos/{photo}/
    get api/v1/sell/products/
    post api/v1/sell/products/
    get api/v1/sell/products/{product}/
    patch api/v1/sell/products/{product}/
    delete api/v1/sell/products/{product}/
    put api/v1/sell/products/{product}/published/
    put api/v1/sell/products/{product}/archived/
    put api/v1/sell/products/{product}/options/
    put api/v1/sell/products/{product}/variants/
    post api/v1/sell/products/{product}/photos/
    put api/v1/sell/products/{product}/photos/
    patch api/v1/sell/photos/{photo}/
    delete api/v1/sell/photos/{photo}/
"""
