"""Hearts on videos."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from videos import actions
from videos.views.doors import find_video


@login_required
@require_POST
def like(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Give the heart, or take it back."""
    video = find_video(request, video_id)
    verb = actions.unlike if video.is_liked else actions.like  # type: ignore[attr-defined]
    verb(request.user, video)
    if not request.htmx:
        return redirect(video)
    context = {"video": find_video(request, video_id), "user": request.user}
    return render(request, "videos/_like.jinja", context, using="jinja2")
