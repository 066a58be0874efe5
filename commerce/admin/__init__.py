"""The shop in the admin: it reads, and calls actions."""

from commerce.admin import coupons, ledger, refunds, return_windows, selling, taxes

__all__ = ["coupons", "ledger", "refunds", "return_windows", "selling", "taxes"]
