"""Correcting a birth date, as staff do it (R10): a page of its own for one person."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminTextareaWidget

from accounts.errors import Coded
from accounts.models import User
from accounts.moderation import ages, roles


class CorrectionForm(forms.Form):
    """The date, what the person is told, and what staff saw."""

    birth_date = forms.DateField(
        label=gettext_lazy("Birth date"),
        required=False,
        widget=UnfoldAdminDateWidget,
        help_text=gettext_lazy("Empty: it stays as it is, and the person who asked is told why."),
    )
    words = forms.CharField(
        label=gettext_lazy("What the person is told"), widget=UnfoldAdminTextareaWidget
    )
    evidence = forms.CharField(
        label=gettext_lazy("What you saw, for staff alone"),
        widget=UnfoldAdminTextareaWidget,
        help_text=gettext_lazy("Which paper or sign, seen when. No copies, no numbers of papers."),
    )


def correct_age(page: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """The form, and the action behind it; `page` is the `UserAdmin`."""
    if not roles.may_help_accounts(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    person = get_object_or_404(User, pk=object_id)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(request, person, form):
        return redirect("admin:accounts_user_change", object_id)
    context = {
        **admin.site.each_context(request),
        "title": _("Correct the birth date of %(name)s") % {"name": f"@{person.username}"},
        "opts": page.opts,
        "form": form,
        "person": person,
        "asked": _asked(person),
    }
    return render(request, "admin/accounts/user/age.html", context)


def _asked(person: User) -> dict[str, Any] | None:
    """What the person wrote, while it waits."""
    case = ages.waiting_request(person)
    hits = (case.evidence or {}).get("hits", ()) if case else ()
    return next((hit for hit in hits if "birth_date" in hit), None)


def _done(request: HttpRequest, person: User, form: CorrectionForm) -> bool:
    chosen = dict(form.cleaned_data)
    verb: Any = ages.correct_birth_date
    if chosen["birth_date"] is None:
        verb = ages.keep_birth_date
        del chosen["birth_date"]
    try:
        verb(request.user, person, **chosen)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
    except Coded as error:
        form.add_error(None, error.detail)
    else:
        messages.success(request, _("Done. The person is told."))
        return True
    return False
