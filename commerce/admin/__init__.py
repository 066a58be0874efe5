"""The shop in the admin: it reads, and calls actions."""

from commerce.admin import selling, taxes

__all__ = ["selling", "taxes"]
