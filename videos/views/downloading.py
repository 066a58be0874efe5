"""The page on which a video is prepared to be taken along."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from videos.actions.downloading import ask_for_download, download_of
from videos.views.doors import find_video


@login_required
def download(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """How the copy stands, asked again until it is there; POST has it made."""
    video = find_video(request, video_id)
    asks = request.method == "POST"
    found = (ask_for_download if asks else download_of)(request.user, video)
    if asks and not request.htmx:
        return redirect("videos:download", video.pk)
    template = "videos/_download.html" if request.htmx else "videos/download.html"
    return render(request, template, {"video": video, "download": found})
