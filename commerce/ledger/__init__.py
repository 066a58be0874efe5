"""The ledger: whose money it is, in double entry. Written with its cause, never changed.

Whatever happens to money is one transaction whose entries sum to zero. Above zero we owe it to the
account, below zero the account gave it. A buyer gives what an order costs; the seller, the creator
who showed it, Medley's fee and the tax share it. Prices are the seller's, but Medley runs the
market: it keeps the tax apart and hands it to the state for the shop.
"""

from commerce.ledger.balances import Balance, balances
from commerce.ledger.refunds import came_back, refunded
from commerce.ledger.sales import captured, delivered, sold, sold_all

__all__ = [
    "Balance",
    "balances",
    "came_back",
    "captured",
    "delivered",
    "refunded",
    "sold",
    "sold_all",
]
