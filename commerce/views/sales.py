"""A shop's orders: the list with its filters, one of them, packing slips, returns."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict
from accounts.requests import SignedInRequest
from commerce.actions import orders as verbs
from commerce.actions import returns
from commerce.actions.refunding import shipping_left
from commerce.forms.orders import RefundForm, ShipForm, amounts_in
from commerce.models import Order, ReturnRequest, Shop
from commerce.people import READS_ORDERS, rights
from commerce.timeline import timeline
from commerce.views.orders import attempt
from commerce.views.selling import find_shop

PAGE = 30
AT_ONCE = 100  # packed or printed together
FILTERS = (
    ("paid", pgettext_lazy("orders", "To pack")),
    ("packed", pgettext_lazy("orders", "To send")),
    ("shipped", pgettext_lazy("orders", "On their way")),
    ("delivered", pgettext_lazy("orders", "Arrived")),
    ("back", pgettext_lazy("orders", "Cancelled and returned")),
    ("", pgettext_lazy("orders", "All")),
)
BACK = (Order.State.CANCELLED, Order.State.RETURNED, Order.State.REFUNDED)


@login_required
@require_safe
def sell_orders(request: SignedInRequest) -> HttpResponse:
    """What the shop has to send, and had: by state, and by words."""
    shop = find_shop(request, READS_ORDERS)
    state, words = request.GET.get("state", "paid"), request.GET.get("q", "")
    found: Any = Order.objects.sold_by(shop).matching(words)
    if not words:
        found = _in(found, state)
    shown = found.select_related("shop", "buyer").prefetch_related("lines")
    counts = dict(
        Order.objects.sold_by(shop).order_by().values_list("state").annotate(number=Count("pk"))
    )
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "filters": [(name, words, counts.get(name)) for name, words in FILTERS],
        "state": state,
        "words": words,
        **_at(request, shop),
    }
    return render(request, "commerce/orders/sales.html", context)


def _in(orders: QuerySet[Order], state: str) -> QuerySet[Order]:
    if state == "back":
        return orders.filter(state__in=BACK)
    if state in Order.State:
        # What waits is worked off from the oldest on.
        newest_first = state not in (Order.State.PAID, Order.State.PACKED)
        found = orders.filter(state=state)
        return found if newest_first else found.order_by("paid_at", "pk")
    return orders


@login_required
@require_safe
def sell_order(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """One order of the shop, with what its people can do now."""
    return _page(request, order_id)


def _page(
    request: SignedInRequest,
    order_id: UUID,
    *,
    ship: ShipForm | None = None,
    refund: RefundForm | None = None,
) -> HttpResponse:
    order = _sold(request, order_id)
    lines = list(order.lines.all())
    context = {
        "order": order,
        "moments": list(timeline(order)),
        "lines": [(line, line.total - line.refunded) for line in lines],
        "shipping_left": shipping_left(order, lines),
        "ship_form": ship or ShipForm(),
        "refund_form": refund or RefundForm(),
        **_at(request, order.shop),
    }
    is_wrong = any(form is not None and form.errors for form in (ship, refund))
    return render(request, "commerce/orders/sale.html", context, status=422 if is_wrong else 200)


def _sold(request: SignedInRequest, order_id: UUID) -> Order:
    """An order of any shop for which the person reads them."""
    paid = Order.objects.filter(number__isnull=False).in_full()
    order = get_object_or_404(paid, pk=order_id)
    if READS_ORDERS not in rights(request.user, order.shop):
        raise Http404
    return order


def _at(request: SignedInRequest, shop: Shop) -> dict[str, Any]:
    return {"shop": shop, "rights": rights(request.user, shop)}


# --- What one does --------------------------------------------------------------------------------


@login_required
@require_POST
def pack_all(request: SignedInRequest) -> HttpResponse:
    """Pack the chosen ones, or print their slips; what has moved on meanwhile is left alone."""
    chosen = request.POST.getlist("order")[:AT_ONCE]
    if request.POST.get("do") == "print":
        return _slips(request, chosen)
    packed = 0
    for order in _chosen(request, chosen):
        try:
            verbs.pack(request.user, order)
            packed += 1
        except Conflict:
            continue
    said = ngettext("%(count)d order is packed.", "%(count)d orders are packed.", packed)
    messages.success(request, said % {"count": packed})
    return redirect("commerce:sell-orders")


@login_required
@require_POST
def change_sale(request: SignedInRequest, order_id: UUID, verb: str) -> HttpResponse:
    """Pack it, send it, cancel it or give money back."""
    order = _sold(request, order_id)
    if verb == "pack":
        attempt(request, lambda: verbs.pack(request.user, order))
    elif verb == "cancel":
        reason = request.POST.get("reason", "")
        attempt(request, lambda: verbs.cancel(request.user, order, reason=reason))
    elif verb == "ship":
        return _ship(request, order)
    elif verb == "refund":
        return _refund(request, order)
    else:
        raise Http404
    return redirect("commerce:sell-order", order_id)


def _ship(request: SignedInRequest, order: Order) -> HttpResponse:
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _page(request, order.pk, ship=form)
    attempt(request, lambda: verbs.ship(request.user, order, **form.cleaned_data))
    return redirect("commerce:sell-order", order.pk)


def _refund(request: SignedInRequest, order: Order) -> HttpResponse:
    form = RefundForm(request.POST)
    if form.is_valid():
        shipping, reason = form.cleaned_data["shipping"] or Decimal(0), form.cleaned_data["reason"]
        lines = amounts_in(request.POST)
        try:
            verbs.refund(request.user, order, lines, shipping=shipping, reason=reason)
            messages.success(request, _("The money is on its way back to the buyer."))
            return redirect("commerce:sell-order", order.pk)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return _page(request, order.pk, refund=form)


# --- Packing slips --------------------------------------------------------------------------------


@login_required
@require_safe
def slip(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """What lies in the parcel and where it goes, to print."""
    return _slips(request, [str(_sold(request, order_id).pk)])


def _slips(request: SignedInRequest, keys: list[str]) -> HttpResponse:
    orders = _chosen(request, keys)
    return render(request, "commerce/orders/slips.html", {"orders": orders})


def _chosen(request: SignedInRequest, keys: list[str]) -> list[Order]:
    """Those of the shop in which the person works now; others are as if they were not there."""
    shop = find_shop(request, READS_ORDERS)
    try:
        chosen = Order.objects.sold_by(shop).filter(pk__in=[UUID(key) for key in keys])
    except ValueError as error:
        raise Http404 from error
    shown = chosen.select_related("shop", "purchase", "buyer").prefetch_related("lines")
    return list(shown.order_by("paid_at", "pk"))


# --- Returns --------------------------------------------------------------------------------------


@login_required
@require_safe
def sell_returns(request: SignedInRequest) -> HttpResponse:
    """What buyers send back: what waits for an answer first."""
    shop = find_shop(request, READS_ORDERS)
    asked = ReturnRequest.objects.filter(order__shop=shop).in_working_order()
    shown = asked.select_related("order__shop", "order__buyer").prefetch_related("lines__line")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    return render(request, "commerce/orders/returns.html", {"page": page, **_at(request, shop)})


@login_required
@require_POST
def answer_return(request: SignedInRequest, return_id: UUID, verb: str) -> HttpResponse:
    """Approve it, refuse it, or say that it came."""
    found = get_object_or_404(ReturnRequest.objects.select_related("order"), pk=return_id)
    answer = request.POST.get("answer", "")
    if verb == "approve":
        attempt(request, lambda: returns.approve(request.user, found, answer=answer))
    elif verb == "refuse":
        attempt(request, lambda: returns.refuse(request.user, found, answer=answer))
    elif verb == "receive":
        attempt(
            request,
            lambda: returns.receive(request.user, found),
            _("The money is on its way back to the buyer."),
        )
    else:
        raise Http404
    return redirect("commerce:sell-order", found.order_id)
