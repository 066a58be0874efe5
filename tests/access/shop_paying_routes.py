"""The doors of payments (shop_routes.py says who knocks)."""

ROUTES = """
# The buyer's own.
? .. ... + ..
    get pay/{payment}/
    post pay/{payment}/again/

# The same for apps.
? .. ... + ..
    get api/v1/payments/{payment}/

# A purchase that is paid waits for no payment: that is said to its buyer.
? .. ... + ..
    post api/v1/checkout/{purchase}/pay/

# The test provider's page is for whoever has its address, and there is none of this charge.
. .. ... . ..
    get pay/test/{charge}/
    post pay/test/{charge}/

# Whoever speaks as a provider is told that its signature is missing.
+ ++ +++ + ++
    post pay/hooks/{name}/
"""
