"""A shop's codes and flash sales."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from commerce.actions import coupons as actions
from commerce.forms.coupons import CouponForm, SaleForm
from commerce.models import Coupon, FlashSale
from commerce.people import PRODUCTS
from commerce.views.selling import find_shop
from commerce.views.shop_settings import done, page


@login_required
@require_http_methods(["GET", "POST"])
def sell_coupons(request: SignedInRequest) -> HttpResponse:
    """Those that count, with how often they were used, and a new one."""
    shop = find_shop(request, PRODUCTS)
    form = CouponForm(request.POST or None, instance=Coupon(shop=shop))
    if request.method == "POST" and done(
        request, form, lambda: actions.give(request.user, shop, **form.cleaned_data)
    ):
        return redirect("commerce:sell-coupons")
    active = shop.coupons.filter(is_active=True).order_by("-starts_at", "pk")[:100]
    return page(request, "coupons", shop, {"form": form, "coupons": active})


@login_required
@require_POST
def sell_coupon(request: SignedInRequest, coupon_id: UUID) -> HttpResponse:
    """End it."""
    actions.end(request.user, find_shop(request, PRODUCTS), coupon_id)
    return redirect("commerce:sell-coupons")


@login_required
@require_http_methods(["GET", "POST"])
def sell_sales(request: SignedInRequest) -> HttpResponse:
    """Those that run or come, with what is sold, and a new one."""
    shop = find_shop(request, PRODUCTS)
    form = SaleForm(shop, request.POST or None, initial={"most_each": 1})
    if request.method == "POST" and done(request, form, lambda: _start(request, form)):
        return redirect("commerce:sell-sales")
    coming = FlashSale.objects.filter(variant__product__shop=shop, ends_at__gt=timezone.now())
    sales = coming.select_related("variant__product").order_by("starts_at", "pk")[:100]
    return page(request, "flash", shop, {"form": form, "sales": sales})


def _start(request: SignedInRequest, form: SaleForm) -> FlashSale:
    said = form.cleaned_data | {"variant": form.cleaned_data["variant"].pk}
    return actions.start_sale(request.user, find_shop(request, PRODUCTS), **said)


@login_required
@require_POST
def sell_flash(request: SignedInRequest, sale_id: UUID) -> HttpResponse:
    """End it."""
    actions.end_sale(request.user, find_shop(request, PRODUCTS), sale_id)
    return redirect("commerce:sell-sales")
