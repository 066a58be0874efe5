"""A shop's codes and flash sales."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from commerce.actions import coupons as actions
from commerce.forms.coupons import CouponChangeForm, CouponForm, SaleChangeForm, SaleForm
from commerce.models import Coupon, FlashSale, Shop
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
    listed = shop.coupons.with_taken_off().order_by("-is_active", "-starts_at", "pk")[:100]
    return page(request, "coupons", shop, {"form": form, "coupons": listed})


@login_required
@require_http_methods(["GET", "POST"])
def sell_coupon(request: SignedInRequest, coupon_id: UUID) -> HttpResponse:
    """How often it was used; another value, other bounds, or its end."""
    shop = find_shop(request, PRODUCTS)
    if "end" in request.POST:
        actions.end(request.user, shop, coupon_id)
        return redirect("commerce:sell-coupons")
    coupon = get_object_or_404(shop.coupons.with_taken_off(), pk=coupon_id)
    form = CouponChangeForm(request.POST or None, instance=shop.coupons.get(pk=coupon_id))
    if request.method == "POST" and done(
        request, form, lambda: actions.change(request.user, shop, coupon_id, **form.changed)
    ):
        return redirect("commerce:sell-coupons")
    return page(request, "coupon", shop, {"form": form, "coupon": coupon})


@login_required
@require_http_methods(["GET", "POST"])
def sell_sales(request: SignedInRequest) -> HttpResponse:
    """All with what is sold, the latest first, and a new one."""
    shop = find_shop(request, PRODUCTS)
    form = SaleForm(shop, request.POST or None, instance=FlashSale())
    if request.method == "POST" and done(request, form, lambda: _start(request, shop, form)):
        return redirect("commerce:sell-sales")
    sales = FlashSale.objects.of_shop(shop).order_by("-ends_at", "pk")[:100]
    return page(request, "flash", shop, {"form": form, "sales": sales})


def _start(request: SignedInRequest, shop: Shop, form: SaleForm) -> FlashSale:
    said = form.cleaned_data | {"variant": form.cleaned_data["variant"].pk}
    return actions.start_sale(request.user, shop, **said)


@login_required
@require_http_methods(["GET", "POST"])
def sell_flash(request: SignedInRequest, sale_id: UUID) -> HttpResponse:
    """Other times, another price, more pieces; or its end."""
    shop = find_shop(request, PRODUCTS)
    if "end" in request.POST:
        actions.end_sale(request.user, shop, sale_id)
        return redirect("commerce:sell-sales")
    sale = get_object_or_404(FlashSale.objects.of_shop(shop), pk=sale_id)
    form = SaleChangeForm(request.POST or None, instance=FlashSale.objects.get(pk=sale_id))
    if request.method == "POST" and done(
        request, form, lambda: actions.change_sale(request.user, shop, sale_id, **form.changed)
    ):
        return redirect("commerce:sell-sales")
    return page(request, "flash_sale", shop, {"form": form, "sale": sale})
