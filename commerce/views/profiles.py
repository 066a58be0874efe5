"""The products of a person's profile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import User
from commerce.models import Shop
from commerce.profiles import SHOWN, products_of


@require_GET
def profile_products(request: HttpRequest, username: str) -> HttpResponse:
    """What somebody shows and sells; whom one may not see is not there."""
    person = get_object_or_404(User.objects.visible_to(request.user).named(username))
    context = {
        "person": person,
        "products": products_of(person, request.user)[:SHOWN],
        "shop": Shop.objects.visible_to(request.user).filter(owner=person, state="open").first(),
    }
    return render(request, "commerce/tags/profile.html", context)
