"""Asking to sell, and what came of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts import policy
from accounts.requests import SignedInRequest
from commerce.actions import applications
from commerce.forms.applying import ApplicationForm
from commerce.models import SellerApplication, Shop, ShopStaff


def application(request: SignedInRequest, shop: Shop | None) -> HttpResponse:
    """The form, or that it is being looked at. A refused one comes back with what was said."""
    policy.permit(policy.sell(request.user.person))
    last = shop.applications.order_by("-sent_at").first() if shop else None
    if shop is not None and shop.state == Shop.State.APPLIED:
        return _page(request, "waiting", {"shop": shop, "application": last})
    form = ApplicationForm(request.POST or None, request.FILES or None, initial=_said(shop, last))
    if request.method == "POST" and _sent(request, form):
        return redirect("commerce:sell")
    return _page(request, "apply", {"form": form, "shop": shop, "last": last})


def _said(shop: Shop | None, last: SellerApplication | None) -> dict[str, Any]:
    if shop is None or last is None:
        return {"currency": "EUR"}
    told = model_to_dict(last, fields=applications.TRADER)
    return told | {"name": shop.name, "currency": shop.currency}


def _sent(request: SignedInRequest, form: ApplicationForm) -> bool:
    if not form.is_valid():
        return False
    try:
        applications.apply(
            request.user,
            name=form.cleaned_data["name"],
            currency=form.cleaned_data["currency"],
            document=form.cleaned_data["document"],
            declares_law=form.cleaned_data["declares_law"],
            trader=form.trader,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _page(request: SignedInRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    invited = ShopStaff.objects.asked().filter(person=request.user).select_related("shop__owner")
    template = f"commerce/sell/{part}.html"
    return render(request, template, context | {"invitations": invited}, status=status)
