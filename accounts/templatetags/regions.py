"""What is on where somebody is (R45), for pages that lead there."""

from django import template
from django.http import HttpRequest

from accounts.regions import asking

register = template.Library()


@register.filter
def offers(request: HttpRequest | str, feature: str) -> bool:
    """`{% if request|offers:"shop" %}`: whether the feature is on in the reader's region; it is for
    a page that is of no request."""
    return not isinstance(request, HttpRequest) or asking.offers(request, feature)
