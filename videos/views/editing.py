"""The page on which an author changes what is said of a posted video."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refused
from accounts.requests import SignedInRequest
from videos import actions
from videos.description_forms import DescriptionForm
from videos.models import Video
from videos.refusals import invalid


@login_required
def edit(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Words, audience, permissions and labels of one's own video; other sections have their own
    addresses."""
    video = own_video(request, video_id)
    form = DescriptionForm(request.POST or None, instance=video, author=request.user)
    if request.method == "POST" and form.is_valid() and _save(request, video, form):
        return redirect(video)
    code = 422 if form.is_bound else 200
    longest = f"{video.duration_ms / 1000:.1f}"  # as an input takes it, in every language
    context = {"form": form, "video": video, "longest": longest}
    return render(request, "videos/edit.html", context, status=code)


@login_required
@require_POST
def cover(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Another moment as the cover, given in seconds."""
    video = own_video(request, video_id)
    try:
        at_ms = round(float(request.POST.get("at", "")) * 1000)
    except (ValueError, OverflowError) as error:
        raise invalid("cover.range") from error
    actions.choose_cover(request.user, video, at_ms)
    messages.success(request, _("The new cover is there in a moment."))
    return redirect("videos:edit", video.pk)


def own_video(request: SignedInRequest, video_id: UUID) -> Video:
    """The person's own, with its files; others' are not there to be edited."""
    mine = Video.objects.filter(author=request.user).with_parts()
    return get_object_or_404(mine, pk=video_id)


def _save(request: SignedInRequest, video: Video, form: DescriptionForm) -> bool:
    """Whether it was saved; if not, the form says why."""
    try:
        actions.edit_video(request.user, video, **form.said)
    except ValidationError as error:
        form.add_error(None, error)
    except Refused as error:
        form.add_error(None, str(error.detail))
    else:
        messages.success(request, _("Saved."))
        return True
    return False
