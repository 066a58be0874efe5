"""Telling whoever carries payouts who one is, on their own pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import policy
from accounts.errors import Conflict, Unavailable
from accounts.requests import SignedInRequest
from commerce.actions.payout_accounts import begin_onboarding
from commerce.models import Shop
from commerce.people import MONEY
from commerce.views.selling import find_shop


@login_required
@never_cache
@require_POST
def onboard_creator(request: SignedInRequest) -> HttpResponse:
    """For what one earns by showing."""
    return _sent_on(request, None, "commerce:earnings")


@login_required
@never_cache
@require_POST
def onboard_shop(request: SignedInRequest) -> HttpResponse:
    """For what a shop takes in."""
    policy.permit(policy.sell(request.user.person))
    return _sent_on(request, find_shop(request, MONEY), "commerce:sell-money")


def _sent_on(request: SignedInRequest, shop: Shop | None, page: str) -> HttpResponse:
    """By a page, as payments are (views/paying.py): forms lead nowhere else."""
    back = request.build_absolute_uri(reverse(page))
    try:
        address = begin_onboarding(request.user, shop, back=back)
    except (Conflict, Unavailable) as error:
        messages.error(request, error.detail)
        return redirect(page)
    there = render(request, "commerce/pay/sent_on.html", {"address": address})
    there["Refresh"] = f"0; url={address}"
    return there
