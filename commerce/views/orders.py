"""A buyer's orders: the list, one of them, its papers, and what one does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict
from accounts.requests import SignedInRequest
from commerce.actions import orders as verbs
from commerce.actions import reordering, returns
from commerce.forms.orders import AskForm, pieces_in
from commerce.models import Order, ReturnRequest
from commerce.returning import returnable_until
from commerce.timeline import timeline

PAGE = 20


@login_required
@require_safe
def orders(request: SignedInRequest) -> HttpResponse:
    """What one bought, the newest first."""
    mine = Order.objects.bought_by(request.user).with_lines()
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "commerce/orders/list.html", {"page": page})


@login_required
@require_safe
def order(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """One's own order: what, how far, and what one can do now."""
    return render(request, "commerce/orders/order.html", page_of(_mine(request, order_id)))


def page_of(order: Order) -> dict[str, Any]:
    """What its page shows."""
    until = returnable_until(order)
    free = returns.free_pieces(order) if order.state == Order.State.DELIVERED else {}
    return {
        "order": order,
        "moments": list(timeline(order)),
        "may_cancel": verbs.cancellable_by_buyer(order),
        "returnable_until": until,
        "may_return": returns.is_in_window(order, until) and any(free.values()),
    }


def _mine(request: SignedInRequest, order_id: UUID) -> Order:
    own = Order.objects.filter(buyer=request.user).in_full()
    return get_object_or_404(own, pk=order_id)


# --- What one does --------------------------------------------------------------------------------


@login_required
@require_POST
def cancel(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """Not any more."""
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: verbs.cancel(request.user, _own(request, order_id), reason=reason),
        _("The order is cancelled."),
    )
    return redirect("commerce:order", order_id)


@login_required
@require_POST
def deliver(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """It is here."""
    attempt(request, lambda: verbs.deliver(request.user, _own(request, order_id)), _("Enjoy it!"))
    return redirect("commerce:order", order_id)


@login_required
@require_POST
def order_again(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """The same once more: into the cart, and there."""
    missing: list[str] = []
    order = _own(request, order_id)
    if not attempt(request, lambda: missing.extend(reordering.order_again(request.user, order))):
        return redirect("commerce:order", order_id)
    if missing:
        titles = ", ".join(missing)
        messages.warning(request, _("Not there any more: %(titles)s") % {"titles": titles})
    return redirect("commerce:cart")


@login_required
def ask_return(request: SignedInRequest, order_id: UUID) -> HttpResponse:
    """Choose pieces and say why; POST asks the shop."""
    order = _mine(request, order_id)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            returns.ask(request.user, order, pieces_in(request.POST), **form.cleaned_data)
            messages.success(request, _("The shop was asked. It has one working day to answer."))
            return redirect("commerce:order", order_id)
        except ValidationError as error:
            form.add_error(None, error.messages)
    free = returns.free_pieces(order)
    lines = [(line, range(1, free[line.pk] + 1)) for line in order.lines.all() if free[line.pk] > 0]
    context = {"order": order, "form": form, "lines": lines}
    status = 422 if form.errors else 200
    return render(request, "commerce/orders/return.html", context, status=status)


@login_required
@require_POST
def change_return(request: SignedInRequest, return_id: UUID, verb: str) -> HttpResponse:
    """Send it back, keep it after all, or take the refusal to the moderators."""
    found = get_object_or_404(ReturnRequest, pk=return_id, order__buyer=request.user)
    if verb == "send":
        tracking = request.POST.get("tracking", "")
        attempt(request, lambda: returns.send(request.user, found, tracking=tracking))
    elif verb == "withdraw":
        attempt(request, lambda: returns.withdraw(request.user, found))
    elif verb == "dispute":
        words = request.POST.get("words", "")
        attempt(
            request,
            lambda: returns.dispute(request.user, found, words=words),
            _("The moderators look at it. You hear from us."),
        )
    else:
        raise Http404
    return redirect("commerce:order", found.order_id)


def attempt(request: SignedInRequest, verb: Callable[[], object], done: str = "") -> bool:
    """Do it, and say that it is done or why not; answers whether it is."""
    try:
        verb()
    except Conflict as error:
        messages.error(request, error.detail)
        return False
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    if done:
        messages.success(request, done)
    return True


def _own(request: SignedInRequest, order_id: UUID) -> Order:
    return get_object_or_404(Order, pk=order_id, buyer=request.user)
