"""What a person decides about their account: an index, and a page for each part of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.forms import PreferencesForm, ProfileForm
from accounts.models import Follow, User
from accounts.requests import SignedInRequest


@login_required
@require_GET
def settings(request: SignedInRequest) -> HttpResponse:
    """Where everything is, with a search over it."""
    waiting = Follow.objects.for_answer(request.user).count()
    return render(request, "accounts/settings.html", {"waiting": waiting})


@login_required
@require_http_methods(["GET", "POST"])
def profile_settings(request: SignedInRequest) -> HttpResponse:
    """Name, bio and picture."""
    form = ProfileForm(request.POST or None, instance=me(request))
    if _saved(request, form, actions.update_profile):
        return redirect("accounts:profile_settings")
    return _page(request, "profile", form)


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    """Language, time zone, region, theme."""
    form = PreferencesForm(request.POST or None, instance=me(request))
    if _saved(request, form, actions.update_profile):
        return redirect("accounts:preferences")
    return _page(request, "preferences", form)


def _saved(request: SignedInRequest, form: ModelForm, verb: Any) -> bool:
    """Parse, act, say so; where something was wrong, the form says what."""
    if not (request.method == "POST" and form.is_valid()):
        return False
    try:
        verb(request.user, **changed(form))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Saved."))
    return True


def _page(request: SignedInRequest, part: str, form: ModelForm, status: int = 200) -> HttpResponse:
    """A part's page; a form that was refused keeps what was typed."""
    template = f"accounts/settings/{part}.html"
    return render(request, template, {"form": form}, status=422 if form.errors else status)


def changed(form: ModelForm) -> dict[str, Any]:
    """What is to be another than it was."""
    return {field: form.cleaned_data[field] for field in form.changed_data}


def me(request: SignedInRequest) -> User:
    """A copy for the form to write its unsaved values on."""
    return User.objects.get(pk=request.user.pk)


@login_required
@require_POST
def avatar_change(request: SignedInRequest) -> HttpResponse:
    """A new picture, or none."""
    file = request.FILES.get("file")
    try:
        if "remove" in request.POST:
            actions.remove_avatar(request.user)
        elif file is not None:
            actions.set_avatar(request.user, file)
        else:
            raise ValidationError(_("Choose a picture first."), code="avatar.type")
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, "profile", ProfileForm(instance=me(request)), status=422)
    return redirect("accounts:profile_settings")
