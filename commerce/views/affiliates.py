"""A shop's pages about creators and money: what it offers, who takes part, what came in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import policy
from accounts.errors import Refused
from accounts.models import User
from accounts.requests import SignedInRequest
from commerce.actions import programmes
from commerce.actions.payout_accounts import onboarding_of
from commerce.earnings.periods import LENGTHS, days_of
from commerce.earnings.sheets import turnover_sheet
from commerce.earnings.shops import money_of
from commerce.earnings.statements import payouts_of
from commerce.forms.earning import InviteForm, ProgrammeForm
from commerce.models import ProgrammeMember, Shop
from commerce.people import MONEY, rights
from commerce.refusals import invalid
from commerce.views.selling import find_shop

LAST = 12  # payouts on the page


@login_required
def sell_affiliates(request: SignedInRequest) -> HttpResponse:
    """What the shop pays creators; POST offers something, or offers it otherwise."""
    shop = _shop(request)
    form = ProgrammeForm(request.POST or None, shop=shop)
    if request.method == "POST" and form.is_valid():
        try:
            programmes.offer(request.user, shop, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Creators see it from now on."))
            return redirect("commerce:sell-affiliates")
    return _page(request, shop, form, InviteForm(shop=shop), bad=request.method == "POST")


@login_required
@require_POST
def sell_invite_creator(request: SignedInRequest) -> HttpResponse:
    """Ask a creator to take part."""
    shop = _shop(request)
    form = InviteForm(request.POST, shop=shop)
    if form.is_valid():
        try:
            member = programmes.invite(
                request.user,
                form.cleaned_data["programme"],
                _creator(request.user, form.cleaned_data["username"]),
                percent=form.cleaned_data["percent"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as error:
            form.add_error("username", error.detail)
        else:
            name = {"name": member.creator.name}
            messages.success(request, _("%(name)s is asked.") % name)
            return redirect("commerce:sell-affiliates")
    return _page(request, shop, ProgrammeForm(shop=shop), form, bad=True)


@login_required
@require_POST
def sell_programme(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Offer it no longer."""
    shop = _shop(request)
    programmes.end(request.user, get_object_or_404(shop.programmes, pk=programme_id))
    return redirect("commerce:sell-affiliates")


@login_required
@require_POST
def sell_creator(request: SignedInRequest, member_id: int) -> HttpResponse:
    """Let a creator take part no longer."""
    members = ProgrammeMember.objects.filter(programme__shop=_shop(request))
    member = get_object_or_404(members.select_related("programme__shop"), pk=member_id)
    programmes.remove(request.user, member)
    return redirect("commerce:sell-affiliates")


@login_required
@require_safe
def sell_money(request: SignedInRequest) -> HttpResponse:
    """What the shop took in, by where buyers met its products and by who showed them."""
    shop = _shop(request)
    context = {
        "shop": shop,
        "rights": rights(request.user, shop),
        "money": money_of(shop, days=request.GET.get("days", "")),
        "lengths": LENGTHS,
        "payouts": payouts_of(shop)[:LAST],
        "onboarding": onboarding_of(shop),
    }
    return render(request, "commerce/sell/money.html", context)


@login_required
@require_safe
def sell_money_sheet(request: SignedInRequest) -> StreamingHttpResponse:
    """Every entry of it, to be saved as CSV."""
    return turnover_sheet(_shop(request), days_of(request.GET.get("days", "")))


def _shop(request: SignedInRequest) -> Shop:
    policy.permit(policy.sell(request.user.person))
    return find_shop(request, MONEY)


def _creator(actor: User, username: str) -> User:
    found = User.objects.visible_to(actor).named(username).first()
    if found is None:
        raise invalid("programme.nobody", "username")
    return found


def _page(
    request: SignedInRequest, shop: Shop, offering: Form, inviting: Form, *, bad: bool
) -> HttpResponse:
    parts = ProgrammeMember.objects.filter(state__in=("invited", "in")).select_related("creator")
    offered = shop.programmes.filter(is_active=True).select_related("product")
    context = {
        "shop": shop,
        "rights": rights(request.user, shop),
        "programmes": offered.order_by("product__title").prefetch_related(
            Prefetch("members", parts.order_by("pk"), to_attr="parts")
        ),
        "offering": offering,
        "inviting": inviting,
    }
    status = 422 if bad else 200
    return render(request, "commerce/sell/affiliates.html", context, status=status)
