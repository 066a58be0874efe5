"""The doors where products are met (shop_routes.py says who knocks)."""

ROUTES = """
# What stands in a page of videos: those that one may not watch are left out.
+ ++ +++ + ++
    get shop/in-videos/
    get api/v1/products/in-videos/

# A video and a profile are for everybody but those whom their owner blocks (R15); minors look too.
+ +. +++ + ++
    get shop/in-videos/{video}/
    get shop/of/{username}/
    get api/v1/videos/{video}/products/

# The author's own, for adults (R7).
? .. --. . .+
    get shop/videos/{video}/
    post shop/videos/{video}/
    put api/v1/videos/{video}/products/{product}/

# Others' videos are not there to be changed.
? .. ... . .+
    post shop/videos/{video}/{product}/remove/
    delete api/v1/videos/{video}/products/{product}/
"""
