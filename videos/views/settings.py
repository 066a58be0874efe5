"""The page on which somebody decides about videos once and for all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.requests import SignedInRequest
from videos import actions
from videos.description_forms import VideoSettingsForm


@login_required
def video_settings(request: SignedInRequest) -> HttpResponse:
    """How one's own begin, and whether sensitive ones of others are covered.

    To htmx the part of the privacy page that is about videos, or what became of the one choice that
    `only` names.
    """
    kept = actions.video_settings_of(request.user)
    only = request.POST.get("only", "")
    form = VideoSettingsForm(request.POST or None, instance=kept, author=request.user, only=only)
    saved = request.method == "POST" and form.is_valid() and _save(request, form)
    if request.htmx:
        return _part(request, form)
    if saved:
        messages.success(request, _("Saved."))
        return redirect("videos:video_settings")
    code = 422 if form.errors else 200
    return render(request, "videos/video_settings.html", {"form": form}, status=code)


def _part(request: SignedInRequest, form: VideoSettingsForm) -> HttpResponse:
    if request.method == "GET":
        return render(request, "videos/_privacy.html", {"form": form})
    wrong = next((str(each) for error in form.errors.values() for each in error), "")
    context = {"sentence": wrong or _("Saved"), "is_bad": bool(wrong)}
    status = 422 if wrong else 200
    return render(request, "accounts/settings/_kept.html", context, status=status)


def _save(request: SignedInRequest, form: VideoSettingsForm) -> bool:
    """Whether it was saved; if not, the form says why."""
    try:
        actions.change_video_settings(request.user, **form.said)
    except (ValidationError, Refused) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else error.detail)
        return False
    return True
