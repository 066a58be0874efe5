"""The doors of earning, programmes and payouts (shop_routes.py says who knocks)."""

ROUTES = """
# Earning by what shops sell: whoever is an adult (R7).
? ++ --+ + ++
    get shop/earn/
    get shop/showcase/
    post shop/showcase/
    get shop/earnings/
    get shop/earnings.csv
    post shop/earnings/account/
    post shop/earnings/onboarding/
    post api/v1/me/payout-account/onboarding/
    get api/v1/me/earnings/
    get api/v1/me/earnings.csv
    get api/v1/me/payouts/
    put api/v1/me/payout-account/
    get api/v1/me/programmes/
    delete api/v1/me/programmes/{programme}/
    get api/v1/me/showcase/
    put api/v1/me/showcase/
    delete api/v1/me/showcase/{product}/

# Where one's money goes: nobody said it yet.
? .. --. . ..
    get api/v1/me/payout-account/

# A programme: not for the shop's own.
? ++ --+ + +-
    post shop/earn/{programme}/
    post api/v1/me/programmes/{programme}/

# A showcase: for what one sells or earns with.
? -- --- - -+
    post api/v1/me/showcase/

# A payout of the shop.
? .. ... . .+
    get shop/payouts/{payout}/
    get shop/payouts/{payout}.csv
    get shop/payouts/{payout}.pdf
    get api/v1/me/payouts/{payout}.csv
    get api/v1/me/payouts/{payout}.pdf

# What the shop pays and takes in: its owner's.
? .. --. . -+
    get sell/affiliates/
    post sell/affiliates/
    post sell/affiliates/invite/
    post sell/affiliates/{programme}/
    post sell/affiliates/creators/{member}/
    get sell/money/
    post sell/money/onboarding/
    post api/v1/sell/payouts/onboarding/
    get sell/money.csv
    get api/v1/sell/money/
    get api/v1/sell/money.csv
    get api/v1/sell/payouts/
    get api/v1/sell/programmes/
    post api/v1/sell/programmes/
    delete api/v1/sell/programmes/{programme}/
    get api/v1/sell/programmes/{programme}/creators/
    post api/v1/sell/programmes/{programme}/creators/
    patch api/v1/sell/creators/{member}/
    delete api/v1/sell/creators/{member}/
"""
