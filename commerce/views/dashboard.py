"""A shop's day: what waits, what runs low, what came in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policy
from accounts.requests import SignedInRequest
from commerce import shop_day
from commerce.models import Shop, ShopStaff
from commerce.people import READS_ORDERS, rights, shops_of
from commerce.sheets import sheet_of_orders
from commerce.views.applying import application
from commerce.views.selling import find_shop, working_in

UNOPENED = (Shop.State.DRAFT, Shop.State.APPLIED, Shop.State.REFUSED)


@login_required
@require_safe
def sell(request: SignedInRequest) -> HttpResponse:
    """The shop's day for its people; for everybody else, how one begins to sell."""
    policy.permit(policy.sell(request.user.person))
    if not shops_of(request.user).exists():
        return redirect("commerce:sell-apply")
    shop = working_in(request)
    if shop.state in UNOPENED and shop.owner_id == request.user.pk:
        return redirect("commerce:sell-apply")
    held = rights(request.user, shop)
    context = {
        "shop": shop,
        "rights": held,
        "day": shop_day.of(shop, held),
        "shops": list(shops_of(request.user)),
        "invitations": ShopStaff.objects.asked()
        .filter(person=request.user)
        .select_related("shop__owner"),
    }
    return render(request, "commerce/sell/day.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sell_apply(request: SignedInRequest) -> HttpResponse:
    """Asking to sell; who sells already is sent to their shop."""
    shop = Shop.objects.filter(owner=request.user).first()
    if shop is not None and shop.state not in UNOPENED:
        return redirect("commerce:sell")
    return application(request, shop)


@login_required
@require_safe
def sell_orders_sheet(request: SignedInRequest) -> HttpResponseBase:
    """All orders of the last year, a line for each piece sold, as CSV."""
    shop = find_shop(request, READS_ORDERS)
    return sheet_of_orders(shop)
