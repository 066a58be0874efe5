"""Paying: how a payment stands, the test provider's own page, and what providers tell us."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Conflict
from accounts.requests import SignedInRequest
from commerce.models import Payment, TestCharge
from commerce.paying_for import start_payment
from commerce.payments import hooks, test_provider
from commerce.payments.port import Forged
from commerce.refusals import SENTENCES

State = Payment.State
SETTLED = (State.CAPTURED, State.FAILED, State.RELEASED)
# How often a page looks whether it got on: a held payment waits for others, hours perhaps.
SOON, NOW_AND_THEN = 2, 15  # seconds


@login_required
@never_cache
@require_safe
def payment(request: SignedInRequest, payment_id: UUID) -> HttpResponse:
    """How one's payment stands, looked at anew until it is settled: `?part=STATE` is that alone, or
    204 where it is that still, so that nothing is read out twice. Whoever has something to do at
    the provider's is sent there once.

    By a page, not by a redirect: the form on which they pressed "Pay" leads here, and our
    Content-Security-Policy lets forms lead nowhere else (`form-action`, which Chromium asks of
    every redirect that follows).
    """
    found = _own(request, payment_id)
    if request.GET.get("part") == found.state:
        return HttpResponse(status=204)
    is_sent_on = found.state == State.ACTION and not {"back", "part"} & request.GET.keys()
    name = "_state" if "part" in request.GET else "payment"
    context = {
        "payment": found,
        "is_settled": found.state in SETTLED,
        "look_every": NOW_AND_THEN if found.state == State.AUTHORISED else SOON,
        "may_try": found.purchase.state == found.purchase.State.PENDING,
        "failure": SENTENCES.get(found.failure, ""),
        "is_sent_on": is_sent_on,
    }
    page = render(request, f"commerce/pay/{name}.html", context)
    if is_sent_on:
        page["Refresh"] = f"0; url={found.action_url}"
    return page


@login_required
@require_POST
def try_again(request: SignedInRequest, payment_id: UUID) -> HttpResponse:
    """Ask a provider that could not be reached, or begin another attempt."""
    found = _own(request, payment_id)
    try:
        return redirect(start_payment(found.purchase, request))
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect("commerce:cart")


def _own(request: SignedInRequest, payment_id: UUID) -> Payment:
    own = Payment.objects.select_related("purchase", "purchase__group_buy__product")
    return get_object_or_404(own, pk=payment_id, purchase__buyer=request.user)


@never_cache
@require_http_methods(["GET", "POST"])
def test_payment(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """The test provider's page: whoever has its address chooses what happens, and goes back."""
    charge = get_object_or_404(TestCharge, pk=charge_id)
    if request.method == "POST":
        try:
            charge = test_provider.choose(charge_id, request.POST.get("choice", ""))
        except KeyError:
            raise Http404 from None
    if charge.state in (TestCharge.State.OPEN, TestCharge.State.CONFIRMING):
        return render(request, "commerce/pay/test.html", {"charge": charge})
    return redirect(f"{charge.return_url}?back")


@csrf_exempt
@require_POST
def payment_hook(request: HttpRequest, name: str) -> HttpResponse:
    """A provider's webhook: 200 also for what is known already, 400 for what it did not sign."""
    body = request.read(hooks.MOST_BYTES + 1)  # whatever its Content-Length says
    if len(body) > hooks.MOST_BYTES:
        return JsonResponse({"code": "payment.bad_event"}, status=413)
    try:
        hooks.receive(name, body, request.headers)
    except KeyError:
        raise Http404 from None
    except Forged:
        return JsonResponse({"code": "payment.bad_event"}, status=400)
    return HttpResponse()
