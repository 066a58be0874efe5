"""Pages of insights: what creators are told of all their videos, and of each."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from videos.insights import report
from videos.insights.periods import LENGTHS
from videos.insights.report import Report
from videos.insights.sheets import sheet
from videos.models import Video

SHOWN = 20  # videos of the page; the sheet has more


@login_required
@require_safe
def insights(request: SignedInRequest) -> HttpResponse:
    """Everything one posted, over the last days."""
    try:
        found = report.of_creator(request.user, request.GET.get("days", ""))
    except ValidationError:
        return redirect("videos:insights")
    has_videos = (
        bool(found.videos) or Video.objects.published().filter(author=request.user).exists()
    )
    context = _context(found) | {"has_videos": has_videos, "videos": found.videos[:SHOWN]}
    return render(request, "videos/insights.html", context)


@login_required
@require_safe
def video_insights(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """One video, for those who made it."""
    video = report.video_for(request.user, video_id)
    try:
        found = report.of_video(video, request.GET.get("days", ""))
    except ValidationError:
        return redirect("videos:video_insights", video.pk)
    return render(request, "videos/insights_video.html", _context(found) | {"video": video})


def _context(found: Report) -> dict[str, Any]:
    return {"report": found, "lengths": LENGTHS, "figures": found.figures}


@login_required
@require_safe
def insights_sheet(request: SignedInRequest, table: str) -> HttpResponse:
    """One table of them, to be saved as CSV."""
    try:
        return sheet(report.of_creator(request.user, request.GET.get("days", "")), table)
    except ValidationError:
        return redirect("videos:insights")


@login_required
@require_safe
def video_insights_sheet(request: SignedInRequest, video_id: UUID, table: str) -> HttpResponse:
    """The same of one video."""
    video = report.video_for(request.user, video_id)
    try:
        return sheet(report.of_video(video, request.GET.get("days", "")), table)
    except ValidationError:
        return redirect("videos:video_insights", video.pk)
