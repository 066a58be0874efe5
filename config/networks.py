"""Networks as settings name them."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured


def listed(words: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Such as "10.0.0.0/8" or one address; `ImproperlyConfigured` for anything else."""
    try:
        return tuple(ip_network(word.strip()) for word in words if word.strip())
    except ValueError as error:
        raise ImproperlyConfigured(f"METRICS_FROM lists networks: {error}") from None
