"""A shop's own page, and its picture."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import media
from accounts.requests import PageRequest
from commerce.models import Shop
from commerce.people import rights


@require_safe
def shop(request: PageRequest, slug: str) -> HttpResponse:
    """Who sells, what, and how; whoever works there sees the way in."""
    found = get_object_or_404(Shop.objects.visible_to(request.user), slug=slug)
    context = {
        "shop": found,
        "zones": found.zones.prefetch_related("rates").order_by("pk"),
        "trader": found.trader,
        "works_here": bool(rights(request.user, found)),
    }
    return render(request, "commerce/shop.html", context)


@require_safe
def shop_picture(request: PageRequest, name: str) -> HttpResponseBase:
    """A picture under its random name, which never changes."""
    return media.serve(request, name, public=True)
