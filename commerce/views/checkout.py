"""From the cart to the payment: address, shipping, codes, sums, and the order itself."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts import policy
from accounts.errors import Coded, Refused
from accounts.requests import SignedInRequest
from commerce.actions import addresses
from commerce.actions import checkout as actions
from commerce.actions.checkout import Asked, Draft
from commerce.forms.checkout import AddressForm, AskedForm, asked_in
from commerce.models import Address
from commerce.paying_for import start_payment
from commerce.views.carts import first_sentence


@login_required
@require_http_methods(["GET", "POST"])
def checkout(request: SignedInRequest) -> HttpResponse:
    """What it costs and where it goes. POST with `place` orders it, with `new_address` goes to
    write one and comes back with all that was said, else only counts again."""
    policy.permit(policy.buy(request.user.person))
    sent = request.POST if request.method == "POST" else request.GET
    form = AskedForm(sent)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("commerce:cart")
    asked = asked_in(sent, form)
    if "new_address" in sent:
        return redirect(_to_new_address(sent))
    if request.method == "POST" and "place" in sent:
        return _place(request, asked, form.cleaned_data)
    return _shown(request, asked, form.cleaned_data)


def _to_new_address(sent: QueryDict) -> str:
    """The address of the addresses' page, which knows the way back."""
    kept = sent.copy()
    for name in ("csrfmiddlewaretoken", "new_address", "address", "expect"):
        kept.pop(name, None)
    back = f"{reverse('commerce:checkout')}?{kept.urlencode()}"
    return f"{reverse('commerce:addresses')}?{urlencode({'next': back})}"


def _place(request: SignedInRequest, asked: Asked, said: dict[str, Any]) -> HttpResponse:
    try:
        purchase = actions.place(
            request.user, asked, key=said["key"] or str(uuid4()), expect=said["expect"]
        )
        return redirect(start_payment(purchase, request))
    except (ValidationError, Coded) as error:
        return _shown(request, asked, said, first_sentence(error))


def _shown(
    request: SignedInRequest, asked: Asked, said: dict[str, Any], wrong: str = ""
) -> HttpResponse:
    """The page keeps all that was typed; a code that does not count is told, and left out."""
    try:
        drawn = actions.draft(request.user, asked)
    except ValidationError as error:
        if not asked.codes:
            messages.error(request, first_sentence(error))
            return redirect("commerce:cart")
        without = Asked(**{name: getattr(asked, name) for name in _NAMES} | {"codes": ()})
        return _shown(request, without, said, wrong or first_sentence(error))
    except Coded as error:
        if isinstance(error, Refused):
            raise
        messages.error(request, first_sentence(error))
        return redirect("commerce:cart")
    context = _context(request, asked, drawn) | {"said": said, "wrong": wrong}
    # What was refused is another order when it is sent again.
    context["key"] = uuid4() if wrong else said["key"] or uuid4()
    status = 422 if wrong else 200
    return render(request, "commerce/cart/checkout.html", context, status=status)


_NAMES = tuple(Asked.__dataclass_fields__)


def _context(request: SignedInRequest, asked: Asked, drawn: Draft) -> dict[str, Any]:
    wanted = {each.variant.pk: each for each in drawn.wanted}
    shops = [
        {
            "shop": wanted[sums.lines[0].item.variant].shop,
            "sums": sums,
            "lines": [(wanted[line.item.variant], line) for line in sums.lines],
            "ways": drawn.ways.get(sums.shop, []),
            "rate": drawn.rates.get(sums.shop),
            "note": asked.notes.get(sums.shop, ""),
        }
        for sums in drawn.quote.shops
    ]
    return {
        "asked": asked,
        "draft": drawn,
        "shops": shops,
        "addresses": request.user.addresses.order_by("-is_default", "-pk"),
        "can_place": drawn.address is not None and not drawn.unshipped,
    }


# --- Addresses ------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def address_list(request: SignedInRequest) -> HttpResponse:
    """Somebody's addresses, and a new one."""
    form = AddressForm(request.POST or None, instance=Address(country=request.user.region))
    if request.method == "POST" and (made := _saved(request, form)):
        return redirect(_next(request, made))
    return _addresses(request, form)


@login_required
@require_http_methods(["GET", "POST"])
def address(request: SignedInRequest, address_id: UUID) -> HttpResponse:
    """One of them: another wording, or gone."""
    if "remove" in request.POST:
        addresses.remove(request.user, address_id)
        return redirect("commerce:addresses")
    found = addresses.find(request.user, address_id)
    form = AddressForm(request.POST or None, instance=found)
    if request.method == "POST" and (made := _saved(request, form, address_id)):
        return redirect(_next(request, made))
    return _addresses(request, form, found)


def _saved(
    request: SignedInRequest, form: AddressForm, address_id: UUID | None = None
) -> Address | None:
    if not form.is_valid():
        return None
    try:
        return addresses.save(request.user, address_id, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _addresses(
    request: SignedInRequest, form: AddressForm, one: Address | None = None
) -> HttpResponse:
    own = Address.objects.filter(person=request.user).order_by("-is_default", "-pk")
    context = {"form": form, "one": one, "addresses": own, "back": _back(request)}
    status = 422 if form.errors else 200
    return render(request, "commerce/cart/addresses.html", context, status=status)


def _next(request: SignedInRequest, chosen: Address) -> str:
    """Back to the checkout, where one came from there, with this address."""
    if not (back := _back(request)):
        return reverse("commerce:addresses")
    return f"{back}{'&' if '?' in back else '?'}{urlencode({'address': str(chosen.pk)})}"


def _back(request: SignedInRequest) -> str:
    """The checkout's address, where one came from there."""
    asked = request.GET.get("next", "")
    is_checkout = asked.partition("?")[0] == reverse("commerce:checkout")
    return asked if is_checkout else ""
