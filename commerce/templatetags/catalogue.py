"""What pages of the catalogue draw with: products as machines read them, and lists of a shop's."""

import json
from collections.abc import Collection
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from commerce.models import Product, Shop

register = template.Library()

MOST = 60
# As django.utils.html.json_script does: nothing in it ends the element.
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def is_in(value: Any, those: Collection[Any]) -> bool:
    """Whether it is one of those."""
    return value in those


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute, which escapes it."""
    return json.dumps(value)


@register.simple_tag
def currencies() -> tuple[str, ...]:
    """What shops may trade in."""
    return settings.CURRENCIES


@register.simple_tag
def products_of(shop: Shop, viewer: Any) -> list[Product]:
    """What the shop sells, the newest first: three queries."""
    shown = Product.objects.visible_to(viewer).filter(shop=shop, state=Product.State.PUBLISHED)
    return list(shown.order_by("-published_at")[:MOST])


@register.simple_tag
def described(product: Product, request: HttpRequest) -> SafeString:
    """The product for search engines: schema.org's Product in JSON-LD. It is no script that runs:
    no policy has to let it."""
    told = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description,
        "image": [request.build_absolute_uri(photo.image.url) for photo in product.photos.all()],
        "brand": {"@type": "Brand", "name": product.shop.name},
        "offers": _offers(product, request),
    }
    if product.rating:
        told["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": product.rating,
            "reviewCount": product.rating_count,
        }
    written = mark_safe(json.dumps(told).translate(_UNSAFE))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', written)


def _offers(product: Product, request: HttpRequest) -> dict[str, Any]:
    there = "InStock" if product.in_stock else "OutOfStock"
    return {
        "@type": "AggregateOffer",
        "url": request.build_absolute_uri(product.get_absolute_url()),
        "lowPrice": str(product.price_from),
        "highPrice": str(max((each.price.amount for each in product.offered), default=0)),
        "offerCount": len(product.offered),
        "priceCurrency": product.shop.currency,
        "availability": f"https://schema.org/{there}",
    }
