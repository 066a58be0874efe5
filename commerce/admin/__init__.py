"""The shop in the admin: it reads, and calls actions."""

from commerce.admin import ledger, selling, taxes

__all__ = ["ledger", "selling", "taxes"]
