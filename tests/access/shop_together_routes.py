"""The doors of group buys, reviews and questions (shop_routes.py says who knocks)."""

ROUTES = """
# Reading is for who sees the product.
+ +. +++ + ++
    get products/{product}/reviews/
    get products/{product}/questions/
    get shop/together/{group}/
    get api/v1/products/{product}/reviews/
    get api/v1/products/{product}/questions/
    get api/v1/group-buys/{group}/

# A picture under its random name.
+ ++ +++ + ++
    get media/reviews/{name}

# Asking is for who is signed in.
? +. +++ + ++
    post products/{product}/questions/
    post api/v1/products/{product}/questions/
    post shop/together/{group}/leave/
    delete api/v1/group-buys/{group}/place/

# Buying together is for adults (R7).
? +. --+ + ++
    post products/{product}/together/
    get shop/together/{group}/join/
    post shop/together/{group}/join/
    post api/v1/group-buys/

# One's own groups.
? ++ +++ + ++
    get api/v1/group-buys/

# Reviewing is for who bought it.
? .. ... + ..
    post products/{product}/reviews/
    get shop/reviews/{review}/
    post shop/reviews/{review}/
? -. --- + --
    post api/v1/products/{product}/reviews/
    patch api/v1/shop/reviews/{review}/

# What somebody said is theirs to take back.
? -. --- + --
    post shop/questions/{question}/delete/
    delete api/v1/shop/questions/{question}/
? -- --- + --
    post shop/answers/{answer}/delete/
    delete api/v1/shop/answers/{answer}/

# The shop answers, and who bought it; to a review the shop alone.
? -. --- + -+
    post shop/questions/{question}/answers/
    post api/v1/shop/questions/{question}/answers/
? .. --. . -+
    post shop/reviews/{review}/answer/
    put api/v1/shop/reviews/{review}/answer/

# What is offered to groups: whoever edits the shop's products.
? .. ... . -+
    get sell/products/{product}/together/
    post sell/products/{product}/together/
    get api/v1/sell/products/{product}/group-offer/
    put api/v1/sell/products/{product}/group-offer/
    delete api/v1/sell/products/{product}/group-offer/
"""
