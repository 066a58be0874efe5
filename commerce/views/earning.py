"""A creator's pages about money: what was earned, where it goes, statements."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import policy
from accounts.models import User
from accounts.requests import SignedInRequest
from commerce.actions.payout_accounts import onboarding_of, set_payout_account
from commerce.earnings.creators import earnings_of
from commerce.earnings.periods import LENGTHS, days_of
from commerce.earnings.sheets import earnings_sheet, paid_for, statement_sheet
from commerce.earnings.statements import payout_for, payouts_of
from commerce.forms.earning import PayoutAccountForm
from commerce.models import PayoutAccount

LAST = 12  # payouts on the page


@login_required
@require_safe
def earnings(request: SignedInRequest) -> HttpResponse:
    """What one earned by showing what shops sell."""
    policy.permit(policy.earn(request.user.person))
    return _page(request, PayoutAccountForm(initial=_account(request.user)))


def _page(request: SignedInRequest, form: PayoutAccountForm, status: int = 200) -> HttpResponse:
    asked = request.GET
    context = {
        "earned": earnings_of(
            request.user, currency=asked.get("currency", ""), days=asked.get("days", "")
        ),
        "lengths": LENGTHS,
        "payouts": payouts_of(request.user)[:LAST],
        "account": PayoutAccount.objects.filter(person=request.user).first(),
        "onboarding": onboarding_of(request.user),
        "form": form,
    }
    return render(request, "commerce/earnings/earnings.html", context, status=status)


def _account(person: User) -> dict[str, str]:
    """What the form shows: never the number."""
    account = PayoutAccount.objects.filter(person=person).first()
    return {"holder": account.holder if account else person.name}


@login_required
@require_POST
def payout_account(request: SignedInRequest) -> HttpResponse:
    """Say where the money goes."""
    policy.permit(policy.earn(request.user.person))
    form = PayoutAccountForm(request.POST)
    if form.is_valid():
        try:
            set_payout_account(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your payouts go there from now on."))
            return redirect("commerce:earnings")
    return _page(request, form, 422)


@login_required
@require_safe
def sheet_of_earnings(request: SignedInRequest) -> StreamingHttpResponse:
    """Every commission, to be saved as CSV."""
    policy.permit(policy.earn(request.user.person))
    return earnings_sheet(request.user, days_of(request.GET.get("days", "")))


@login_required
@require_safe
def payout(request: SignedInRequest, payout_id: UUID) -> HttpResponse:
    """A payout's statement, for its creator or the shop's people."""
    found = payout_for(request.user, payout_id)
    context = {"payout": found, "entries": list(paid_for(found))}
    return render(request, "commerce/earnings/payout.html", context)


@login_required
@require_safe
def sheet_of_payout(request: SignedInRequest, payout_id: UUID) -> StreamingHttpResponse:
    """The same as CSV."""
    return statement_sheet(payout_for(request.user, payout_id))


@login_required
@require_safe
def paper_of_payout(request: SignedInRequest, payout_id: UUID) -> HttpResponse:
    """The same as PDF."""
    from commerce.earnings.papers import statement  # its fonts take a moment to load

    found = payout_for(request.user, payout_id)
    named = f'attachment; filename="medley-payout-{found.created_at:%Y-%m-%d}.pdf"'
    return HttpResponse(
        statement(found), content_type="application/pdf", headers={"Content-Disposition": named}
    )
