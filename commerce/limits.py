"""The numbers of the shop that clients are told: see `ports.limits_of_apps`."""

from commerce.models import Address, Cart, CartLine


def limits() -> dict[str, int]:
    """How many of what."""
    return {
        "addresses": Address.MOST,
        "cart_lines": Cart.MOST_LINES,
        "cart_quantity": CartLine.MOST,
    }
