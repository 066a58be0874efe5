"""Pages on which videos are made and changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.errors import Refused
from accounts.requests import SignedInRequest
from videos import actions
from videos.forms import UploadForm
from videos.views.doors import find_video


@login_required
def upload(request: SignedInRequest) -> HttpResponse:
    """Choose a file, say something about it, post it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        file = fields.pop("file")
        try:
            return redirect(actions.upload_video(request.user, file, **fields))
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as error:
            form.add_error(None, error.detail)
    code = 422 if form.is_bound and form.errors else 200
    return render(request, "videos/upload.html", {"form": form}, status=code)


@login_required
@require_POST
def retry(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Prepare a failed video once more."""
    return redirect(actions.retry_video(request.user, find_video(request, video_id)))


@login_required
@require_POST
def delete(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Take one's own video away for good."""
    actions.delete_video(request.user, find_video(request, video_id))
    return redirect("accounts:profile", request.user.get_username())
