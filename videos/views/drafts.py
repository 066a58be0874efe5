"""Pages of drafts: all of them, the editor of one, posting it, taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.errors import Conflict, Refused
from accounts.requests import SignedInRequest
from videos.actions import drafts as actions
from videos.actions import uploading
from videos.actions.copying import copy_draft
from videos.description_forms import PostForm
from videos.draft_card import draft_card
from videos.models import Video
from videos.recipes import FILTERS, SPEEDS

SHOWN = 100
# What texts are offered; a recipe takes any colour.
COLOURS = [
    {"value": "#ffffff", "name": _("White")},
    {"value": "#17101f", "name": _("Black")},
    {"value": "#ff6b5e", "name": _("Coral")},
    {"value": "#ffc94d", "name": _("Yellow")},
    {"value": "#5fd38d", "name": _("Green")},
    {"value": "#57b8ff", "name": _("Blue")},
    {"value": "#a68bff", "name": _("Violet")},
    {"value": "#ff8ad0", "name": _("Pink")},
]


@login_required
def drafts(request: SignedInRequest) -> HttpResponse:
    """All that one has not posted yet; POST begins another."""
    if request.method == "POST":
        return redirect(actions.begin_draft(request.user).editor_url)
    mine = Video.objects.drafts_of(request.user)
    waiting = mine.filter(publish_at__isnull=False).order_by("publish_at")
    context = {"waiting": waiting[:SHOWN], "drafts": mine.filter(publish_at=None)[:SHOWN]}
    return render(request, "videos/drafts.html", context)


@login_required
def draft(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """The editor; what waits for its time shows that instead."""
    found = _own(request, draft_id)
    if found.publish_at:
        return redirect("videos:post_draft", found.pk)
    return render(request, "videos/editor.html", _editor(found))


def _editor(draft: Video) -> dict[str, Any]:
    return {
        "draft": draft,
        "form": PostForm(instance=draft, author=draft.author),
        "card": draft_card(draft),
        "filters": FILTERS.values(),
        "looks": {name: look.css for name, look in FILTERS.items()},
        "speeds": SPEEDS,
        "colours": COLOURS,
    }


@login_required
def post_draft(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """What is said about the video, and when it goes out: the form of its own, without script."""
    found = _own(request, draft_id)
    form = PostForm(request.POST or None, instance=found, author=request.user)
    if request.method == "POST" and form.is_valid() and _post(request, found, form):
        return redirect("videos:drafts" if form.cleaned_data["publish_at"] else found)
    code = 422 if form.is_bound else 200
    return render(request, "videos/draft_post.html", {"draft": found, "form": form}, status=code)


def _post(request: SignedInRequest, draft: Video, form: PostForm) -> bool:
    """Whether it went out; if not, the form says why."""
    try:
        actions.change_draft(request.user, draft, **form.said)
        actions.post_draft(request.user, draft, publish_at=form.cleaned_data["publish_at"])
    except ValidationError as error:
        for message in error.messages:
            form.add_error(None, message)
        return False
    except (Conflict, Refused) as error:
        form.add_error(None, error.detail)
        return False
    return True


@login_required
@require_POST
def post_draft_now(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """What waits for its time goes out at once."""
    return redirect(actions.post_draft(request.user, draft_id))


@login_required
@require_POST
def take_back_draft(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """What waits for its time is edited again."""
    return redirect(actions.take_back_draft(request.user, draft_id).editor_url)


@login_required
@require_POST
def duplicate_draft(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Begin another one with the same clips and the same edit."""
    copy_draft(request.user, draft_id)
    messages.success(request, gettext("Here is your copy."))
    return redirect("videos:drafts")


@login_required
@require_POST
def delete_draft(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Delete it with its clips, for good."""
    uploading.delete_video(request.user, _own(request, draft_id))
    return redirect("videos:drafts")


def _own(request: HttpRequest, draft_id: UUID) -> Video:
    return get_object_or_404(Video.objects.drafts_of(request.user), pk=draft_id)
