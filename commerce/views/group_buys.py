"""Group buys: the group's own page, joining and leaving it, and what a shop offers."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import policy
from accounts.errors import Conflict
from accounts.models import User
from accounts.requests import PageRequest, SignedInRequest
from commerce import people
from commerce.actions import group_buys as actions
from commerce.forms.reviews import GroupOfferForm
from commerce.models import GroupBuy, Product
from commerce.views.reviews import find_product
from commerce.views.signing_in import to_log_in


def find_group(request: HttpRequest, group_id: UUID) -> GroupBuy:
    """A group as this person may see it."""
    return get_object_or_404(GroupBuy.objects.visible_to(request.user), pk=group_id)


@require_safe
def group_buy(request: PageRequest, group_id: UUID) -> HttpResponse:
    """Who is in, how many places are left and until when; htmx asks for what changes of it."""
    group = find_group(request, group_id)
    context = _about(request, group)
    if request.htmx and request.GET.get("part") == "state":
        return render(request, "commerce/together/_state.html", context)
    return render(request, "commerce/together/page.html", context)


def _about(request: HttpRequest, group: GroupBuy) -> dict[str, Any]:
    """People across a block are counted, not named (R15)."""
    places = group.places.order_by("taken_at", "pk")
    shown = User.objects.visible_to(request.user)
    inside = list(shown.filter(pk__in=places.values("person")))
    person = request.user
    return {
        "group": group,
        "product": group.product,
        "inside": inside,
        "others": group.filled - len(inside),
        "is_inside": any(each.pk == person.pk for each in inside),
        "refusal": policy.buy(person.person) if person.is_authenticated else None,
        "variants": group.product.variants.filter(is_offered=True, stock__gt=0),
    }


@login_required
@require_POST
def start_group_buy(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """Open a group on what the shop offers, perhaps from a `conversation`; scripts read its id."""
    product = find_product(request, product_id)
    offer = get_object_or_404(product.group_offers, is_active=True)
    group = actions.start(request.user, offer, _conversation(request))
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"id": str(group.pk), "url": group.get_absolute_url()}, status=201)
    return redirect(group)


def _conversation(request: HttpRequest) -> UUID | None:
    """Where it was started from, as the page said; only remembered, never a right."""
    via = request.POST.get("via", "").partition("t:")[2]
    try:
        return UUID(request.POST.get("conversation", via))
    except ValueError:
        return None


def join_group_buy(request: PageRequest, group_id: UUID) -> HttpResponse:
    """On to paying for one piece: the place is taken when the payment is held."""
    group = find_group(request, group_id)
    if not request.user.is_authenticated:
        return to_log_in(group.get_absolute_url())
    try:
        actions.permit_joining(request.user, group)
    except Conflict as error:
        messages.error(request, str(error.detail))
        return redirect(group)
    return _to_checkout(request, group)


def _to_checkout(request: HttpRequest, group: GroupBuy) -> HttpResponseRedirect:
    chosen = request.POST.get("variant") or request.GET.get("variant") or ""
    offered = group.product.variants.filter(is_offered=True)
    variant = next((each for each in offered if str(each.pk) == chosen), None)
    if variant is None and len(offered) == 1:
        variant = offered[0]
    if variant is None:
        messages.error(request, _("Choose which one you want."))
        return HttpResponseRedirect(group.get_absolute_url())
    asked = urlencode({"group_buy": group.pk, "variant": variant.pk})
    return HttpResponseRedirect(f"{reverse('commerce:checkout')}?{asked}")


@login_required
@require_POST
def leave_group_buy(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    """Give one's place back while the group waits."""
    group = find_group(request, group_id)
    try:
        actions.leave(request.user, group)
        messages.success(request, _("You left the group. Nothing is charged."))
    except Conflict as error:
        messages.error(request, str(error.detail))
    return redirect(group)


@login_required
def sell_group_buy(request: SignedInRequest, product_id: UUID) -> HttpResponse:
    """What the shop offers to groups for one product: changed, or ended."""
    product = get_object_or_404(Product.objects.select_related("shop"), pk=product_id)
    people.demand(request.user, product.shop, people.PRODUCTS)
    if "end" in request.POST:
        actions.end_offer(request.user, product)
        return redirect("commerce:sell-group-buy", product.pk)
    offer = product.group_offers.filter(is_active=True).first()
    form = GroupOfferForm(request.POST or None, initial=_as_form(offer))
    if request.method == "POST" and form.is_valid() and _offered(request, product, form):
        return redirect("commerce:sell-group-buy", product.pk)
    context = {
        "product": product,
        "shop": product.shop,
        "offer": offer,
        "form": form,
        "groups": product.group_buys.with_product().order_by("-started_at")[:20],
    }
    status = 422 if form.errors else 200
    return render(request, "commerce/together/offer.html", context, status=status)


def _offered(request: SignedInRequest, product: Product, form: GroupOfferForm) -> bool:
    try:
        actions.offer(request.user, product, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _as_form(offer: Any) -> dict[str, Any] | None:
    if offer is None:
        return None
    return {"people": offer.people, "percent": offer.percent, "hours": offer.hours}
