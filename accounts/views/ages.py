"""The birth date that somebody gave, and asking staff to correct it (R10)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Coded
from accounts.moderation import ages
from accounts.moderation.statement import Statement
from accounts.requests import SignedInRequest


class AgeRequestForm(forms.Form):
    """Which date it should be, and how the other one came about."""

    birth_date = forms.DateField(
        label=gettext_lazy("Your birth date"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=ages.ASKED_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autosize"}),
        help_text=gettext_lazy("In your own words. Send no papers here."),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def age(request: SignedInRequest) -> HttpResponse:
    """The date that we have, what was asked and answered, and the form to ask."""
    form = AgeRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        messages.success(request, _("Sent. Somebody looks at it, and you are told."))
        return redirect("accounts:age")
    context = {
        "form": form,
        "waiting": ages.waiting_request(request.user),
        "statements": [Statement(each) for each in ages.answers(request.user)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings/age.html", context, status=status)


def _asked(request: SignedInRequest, form: AgeRequestForm) -> bool:
    try:
        ages.ask_for_correction(request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
    except Coded as error:
        form.add_error(None, error.detail)
    else:
        return True
    return False
