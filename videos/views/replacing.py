"""Pages on which another film takes the place of a video's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict, Refused
from accounts.requests import SignedInRequest
from videos.actions import replacing
from videos.actions.progress import progress_of_version
from videos.forms import FilmForm
from videos.models import Video
from videos.views.editing import own_video

SHOWN = 20


@login_required
def replace_film(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """What plays and what played; POST sends another film."""
    video = own_video(request, video_id)
    form = FilmForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _send(request, video, form):
        return redirect("videos:replace_film", video.pk)
    code = 422 if form.is_bound and form.errors else 200
    context = {"form": form, **_standing(video)}
    return render(request, "videos/replace_film.html", context, status=code)


def _send(request: SignedInRequest, video: Video, form: FilmForm) -> bool:
    """Whether it is on its way; if not, the form says why."""
    try:
        replacing.replace_film(request.user, video, form.cleaned_data["file"])
    except ValidationError as error:
        form.add_error("file", error.messages[0])
    except (Refused, Conflict) as error:
        form.add_error("file", error.detail)
    else:
        return True
    return False


@login_required
@require_safe
def replacing_status(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """How far it is, asked again every two seconds until it is done."""
    standing = _standing(own_video(request, video_id))
    response = render(request, "videos/_replacing.html", standing)
    if not standing["is_under_way"]:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def take_version_back(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Stop what is on its way; the film that plays stays."""
    replacing.take_version_back(request.user, own_video(request, video_id))
    messages.success(request, _("The film stays as it is."))
    return redirect("videos:replace_film", video_id)


def _standing(video: Video) -> dict[str, Any]:
    versions = list(video.versions.all()[:SHOWN])
    newest = versions[0] if versions else None
    return {
        "video": video,
        "versions": versions,
        "newest": newest,
        "is_under_way": newest is not None and newest.is_under_way,
        "percent": round(progress_of_version(newest) * 100) if newest else 0,
    }
