"""Where products are met, for pages of other apps."""

from django import template

from accounts.models import User
from commerce import profiles

register = template.Library()


@register.filter
def has_products(person: User) -> bool:
    """Whether somebody's profile has products to show; one query."""
    return profiles.has_products(person)
