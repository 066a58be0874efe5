"""The cart: of guests too."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Coded
from accounts.requests import PageRequest
from commerce.actions import carts
from commerce.basket import basket_of
from commerce.forms.checkout import AddForm, ChangeForm
from commerce.guests import cart_for, keep_cookie, own_cart
from commerce.models import Cart


@require_safe
def cart(request: PageRequest) -> HttpResponse:
    """What is in it, by what is paid at once."""
    basket = basket_of(cart_for(request), request.user)
    return render(request, "commerce/cart/cart.html", {"basket": basket})


@require_POST
def cart_add(request: PageRequest) -> HttpResponse:
    """Put something in; `buy` goes straight on to paying for it."""
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which one you want."))
        return redirect(_back(request))
    said = form.cleaned_data
    quantity = 1 if said["quantity"] is None else said["quantity"]
    if "buy" in request.POST:
        asked = urlencode({"variant": said["variant"], "quantity": quantity})
        return redirect(f"{reverse('commerce:checkout')}?{asked}")
    own, secret = own_cart(request)
    answer = redirect("commerce:cart")
    keep_cookie(answer, secret)
    try:
        met = carts.met_in(request.user, said["variant"], said["via"])
        carts.add(own, said["variant"], quantity, met)
    except (ValidationError, Coded) as error:
        messages.error(request, first_sentence(error))
    return answer


def first_sentence(error: ValidationError | Coded) -> str:
    """What a person reads of a refusal."""
    return error.messages[0] if isinstance(error, ValidationError) else str(error.detail)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return came_from if is_ours else reverse("commerce:cart")


@require_POST
def cart_line(request: PageRequest, line_id: UUID) -> HttpResponse:
    """Change a line: `quantity`, `later`, `now`, `remove`."""
    own = cart_for(request)
    if own is None:
        raise Http404
    try:
        _change(request, own, line_id)
    except (ValidationError, Coded) as error:
        messages.error(request, first_sentence(error))
    return redirect("commerce:cart")


def _change(request: HttpRequest, own: Cart, line_id: UUID) -> None:
    sent = request.POST
    if "remove" in sent:
        gone = carts.remove(own, line_id)
        request.session["cart_removed"] = [str(gone.variant_id), gone.quantity]
        messages.success(request, _("Taken out."), extra_tags="cart-undo")
    elif "later" in sent or "now" in sent:
        carts.change(own, line_id, for_later="later" in sent)
    else:
        form = ChangeForm(sent)
        number = form.cleaned_data["quantity"] if form.is_valid() else None
        carts.change(own, line_id, quantity=0 if number is None else number)


@require_POST
def cart_undo(request: PageRequest) -> HttpResponse:
    """Put the line back that was taken out last."""
    if (gone := request.session.pop("cart_removed", None)) and (own := cart_for(request)):
        try:
            carts.add(own, UUID(gone[0]), gone[1])
        except (ValidationError, Coded) as error:
            messages.error(request, first_sentence(error))
    return redirect("commerce:cart")
