"""The doors of orders and returns (shop_routes.py says who knocks)."""

ROUTES = """
# One's own orders, if there are any.
? ++ +++ + ++
    get orders/
    get api/v1/orders/

# The buyer's order.
? .. ... + ..
    get orders/{order}/
    post orders/{order}/cancel/
    post orders/{order}/arrived/
    post orders/{order}/again/
    get orders/{order}/return/
    post orders/{order}/return/
    post orders/returns/{return}/{verb}/
    get api/v1/orders/{order}/
    post api/v1/orders/{order}/cancel/
    post api/v1/orders/{order}/arrived/
    post api/v1/orders/{order}/again/
    post api/v1/orders/{order}/returns/
    post api/v1/orders/returns/{return}/send/
    post api/v1/orders/returns/{return}/withdraw/
    post api/v1/orders/returns/{return}/dispute/

# Its papers: for both sides.
? .. ... + ++
    get orders/{order}/invoice.pdf
    get orders/{order}/refunds/{refund}.pdf
    get api/v1/orders/{order}/invoice/

# What the shop does with it.
? .. ... . ++
    get sell/orders/
    post sell/orders/pack/
    get sell/orders/{order}/
    get sell/orders/{order}/slip/
    post sell/orders/{order}/{verb}/
    get sell/returns/
    get api/v1/sell/orders/
    get api/v1/sell/orders/{order}/
    post api/v1/sell/orders/{order}/pack/
    post api/v1/sell/orders/{order}/ship/
    post api/v1/sell/orders/{order}/cancel/
    post api/v1/sell/orders/{order}/refunds/
    get api/v1/sell/returns/

# Who packs does not answer buyers.
? .. ... . -+
    post sell/returns/{return}/{verb}/
    post api/v1/sell/returns/{return}/approve/
    post api/v1/sell/returns/{return}/refuse/
    post api/v1/sell/returns/{return}/receive/
"""
