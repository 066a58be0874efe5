"""How far others may come: the one page that says it, and keeps each choice as it is made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import PrivacyForm
from accounts.models import User
from accounts.privacy import locks_of
from accounts.requests import SignedInRequest
from accounts.views.settings import changed, me


@login_required
@require_http_methods(["GET", "POST"])
def privacy(request: SignedInRequest) -> HttpResponse:
    """All of it as a form; where script runs, the one choice that `only` names, at once."""
    form = PrivacyForm(
        request.POST or None, instance=me(request), only=request.POST.get("only", "")
    )
    saved = request.method == "POST" and form.is_valid() and _save(request, form)
    if request.htmx:
        return _answer(request, form)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("accounts:privacy")
    return _page(request, form)


def _save(request: SignedInRequest, form: PrivacyForm) -> bool:
    """Whether it was saved; if not, the form says why."""
    try:
        actions.update_privacy(request.user, **changed(form))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _page(request: SignedInRequest, form: PrivacyForm) -> HttpResponse:
    blocked = User.objects.active().filter(blocks_received__blocker=request.user)
    context = {
        "form": form,
        "locks": {lock.field: lock for lock in locks_of(request.user)},
        "blocked": blocked.order_by("username"),
    }
    return render(
        request, "accounts/settings/privacy.html", context, status=422 if form.errors else 200
    )


def _answer(request: SignedInRequest, form: PrivacyForm) -> HttpResponse:
    """What the page's status line says of it; other parts of the page may look different now."""
    sentence = next((str(each) for error in form.errors.values() for each in error), _("Saved"))
    response = render(
        request,
        "accounts/settings/_kept.html",
        {"sentence": sentence, "is_bad": bool(form.errors)},
        status=422 if form.errors else 200,
    )
    if not form.errors:
        response["HX-Trigger"] = "privacy-kept"
    return response
