"""What people of a shop decide about it: words, picture, holidays; who works there; shipping."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Coded
from accounts.requests import SignedInRequest
from commerce.actions import closing, shipping, shops, staff
from commerce.forms.selling import RateForm, ShopForm, StaffForm, ZoneForm
from commerce.models import ShippingRate, ShippingZone, Shop
from commerce.people import SETTINGS, STAFF, rights
from commerce.views.selling import find_shop

Context = dict[str, Any]


def page(request: SignedInRequest, part: str, shop: Shop, context: Context) -> HttpResponse:
    """A part's page; what was refused keeps what was typed."""
    context = {"shop": shop, "rights": rights(request.user, shop), **context}
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(request, f"commerce/sell/{part}.html", context, status=status)


def done(request: SignedInRequest, form: BaseForm, verb: Callable[[], Any], said: str = "") -> bool:
    """Whether the verb was let; what it refused stands in the form."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        form.add_error(None, error)
    except Coded as error:
        form.add_error(None, error.detail)
    else:
        messages.success(request, said or _("Saved."))
        return True
    return False


@login_required
@require_http_methods(["GET", "POST"])
def sell_settings(request: SignedInRequest) -> HttpResponse:
    """Name, words, policies, holidays."""
    shop = find_shop(request, SETTINGS)
    form = ShopForm(request.POST or None, instance=Shop.objects.get(pk=shop.pk))
    if request.method == "POST" and done(
        request, form, lambda: shops.update(request.user, shop, **form.changed)
    ):
        return redirect("commerce:sell-settings")
    return page(request, "settings", shop, {"form": form})


@login_required
@require_POST
def sell_picture(request: SignedInRequest) -> HttpResponse:
    """A new picture, or none."""
    shop = find_shop(request, SETTINGS)
    file = request.FILES.get("file")
    try:
        if "remove" in request.POST:
            shops.remove_picture(request.user, shop)
        elif file is not None:
            shops.set_picture(request.user, shop, file)
        else:
            raise ValidationError(_("Choose a picture first."), code="avatar.type")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("commerce:sell-settings")


@login_required
@require_http_methods(["GET", "POST"])
def sell_closing(request: SignedInRequest) -> HttpResponse:
    """What closing means and what must be finished first; POST closes it, or opens it again."""
    shop = find_shop(request, STAFF)
    if request.method == "POST":
        verb = closing.reopen if "reopen" in request.POST else closing.close
        try:
            verb(request.user, shop)
        except Coded as error:
            messages.error(request, error.detail)
            return redirect("commerce:sell-closing")
        return redirect("commerce:sell")
    return page(request, "closing", shop, {"unfinished": closing.unfinished(shop)})


# --- Staff ----------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def sell_staff(request: SignedInRequest) -> HttpResponse:
    """Who works there, and asking somebody."""
    shop = find_shop(request, STAFF)
    form = StaffForm(request.POST or None)
    if request.method == "POST" and done(
        request, form, lambda: staff.invite(request.user, shop, **form.cleaned_data), _("Asked.")
    ):
        return redirect("commerce:sell-staff")
    jobs = shop.staff.select_related("person").order_by("pk")
    return page(request, "staff", shop, {"form": form, "jobs": jobs, "roles": staff.ROLES})


@login_required
@require_POST
def sell_job(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Another part for somebody, or none."""
    shop = find_shop(request, STAFF)
    if "remove" in request.POST:
        staff.remove(request.user, shop, job_id)
        messages.success(request, _("Removed."))
    else:
        staff.change_role(request.user, shop, job_id, role=request.POST.get("role", ""))
        messages.success(request, _("Saved."))
    return redirect("commerce:sell-staff")


@login_required
@require_POST
def sell_invitation(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Yes or no to working for a shop."""
    if request.POST.get("answer") == "accept":
        job = staff.accept(request.user, job_id)
        messages.success(request, _("You work for %(shop)s now.") % {"shop": job.shop.name})
    else:
        staff.decline(request.user, job_id)
    return redirect("commerce:sell")


# --- Shipping -------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def sell_shipping(request: SignedInRequest) -> HttpResponse:
    """All zones with their rates; a new zone."""
    shop = find_shop(request, SETTINGS)
    form = ZoneForm(request.POST or None, instance=ShippingZone(shop=shop))
    if request.method == "POST" and done(
        request, form, lambda: shipping.save_zone(request.user, shop, **form.cleaned_data)
    ):
        return redirect("commerce:sell-shipping")
    return _shipping(request, shop, {"form": form})


def _shipping(request: SignedInRequest, shop: Shop, context: Context) -> HttpResponse:
    zones = shop.zones.prefetch_related("rates").order_by("pk")
    return page(request, "shipping", shop, {"zones": zones} | context)


@login_required
@require_http_methods(["GET", "POST"])
def sell_zone(request: SignedInRequest, zone_id: int) -> HttpResponse:
    """Another name and other countries, or no such zone any more."""
    shop = find_shop(request, SETTINGS)
    if "remove" in request.POST:
        shipping.remove_zone(request.user, shop, zone_id)
        return redirect("commerce:sell-shipping")
    zone = shipping.zone_of(shop, zone_id)
    form = ZoneForm(request.POST or None, instance=zone)
    if request.method == "POST" and done(
        request, form, lambda: shipping.save_zone(request.user, shop, zone_id, **form.cleaned_data)
    ):
        return redirect("commerce:sell-shipping")
    return page(request, "zone", shop, {"form": form, "zone": zone})


@login_required
@require_http_methods(["GET", "POST"])
def sell_rate(request: SignedInRequest, zone_id: int, rate_id: int | None = None) -> HttpResponse:
    """A way to ship into a zone: a new one, a changed one, or one no longer."""
    shop = find_shop(request, SETTINGS)
    zone = shipping.zone_of(shop, zone_id)
    if rate_id is not None and "remove" in request.POST:
        shipping.remove_rate(request.user, shop, zone_id, rate_id)
        return redirect("commerce:sell-shipping")
    rate = shipping.rate_of(zone, rate_id) if rate_id is not None else ShippingRate(zone=zone)
    form = RateForm(request.POST or None, instance=rate)
    if request.method == "POST" and done(
        request,
        form,
        lambda: shipping.save_rate(request.user, shop, zone_id, rate_id, **form.cleaned_data),
    ):
        return redirect("commerce:sell-shipping")
    return page(request, "rate", shop, {"form": form, "zone": zone, "rate_id": rate_id})
