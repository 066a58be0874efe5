"""Pages on which a video is made with another one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.requests import PageRequest, SignedInRequest
from videos import rights
from videos.actions import remixing as actions
from videos.models import Comment, Sound, Video
from videos.refusals import invalid
from videos.views.doors import find_video

GRID = 60


@require_safe
def remixes(request: PageRequest, video_id: UUID) -> HttpResponse:
    """What can be made with a video, and what others made; without the frame for htmx."""
    video = find_video(request, video_id)
    made = Video.objects.visible_to(request.user).published().filter(parent=video)
    context = {
        "video": video,
        "may_duet": rights.may_duet(request.user, video),
        "may_stitch": rights.may_stitch(request.user, video),
        "sound_id": Sound.objects.of_video(video),
        "videos": made.order_by("-published_at")[:GRID],
        **_stretch(video),
    }
    template = "videos/_remixes.html" if request.htmx else "videos/remixes.html"
    return render(request, template, context)


def _stretch(video: Video) -> dict[str, str]:
    """The bounds of a stitch in seconds, as inputs of a form take them."""
    longest = min(actions.LONGEST_STITCH, video.duration_ms)
    shortest = min(actions.SHORTEST_STITCH, video.duration_ms)
    return {
        "shortest": f"{shortest / 1000:.1f}",
        "longest": f"{longest / 1000:.1f}",
        "latest": f"{max(video.duration_ms - shortest, 0) / 1000:.1f}",
    }


@login_required
@require_POST
def duet(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Begin a video beside this one."""
    return redirect(actions.begin_duet(request.user, find_video(request, video_id)).editor_url)


@login_required
@require_POST
def stitch(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Begin a video with a stretch of this one, given in seconds."""
    video = find_video(request, video_id)
    begin = _milliseconds(request.POST.get("from"))
    length = _milliseconds(request.POST.get("length"))
    out = min(begin + length, video.duration_ms)
    draft = actions.begin_stitch(request.user, video, in_ms=begin, out_ms=out)
    return redirect(draft.editor_url)


def _milliseconds(words: str | None) -> int:
    try:
        return round(float(words or "") * 1000)
    except (ValueError, OverflowError) as error:
        raise invalid("stitch.range") from error


@login_required
@require_POST
def reply_with_video(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Begin a video that answers a comment."""
    comments = Comment.objects.visible_to(request.user).select_related("video__author")
    draft = actions.begin_reply(request.user, get_object_or_404(comments, pk=comment_id))
    return (
        HttpResponseClientRedirect(draft.editor_url) if request.htmx else redirect(draft.editor_url)
    )


@login_required
@require_POST
def take_out(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Take one's own video out of somebody's duet, stitch or reply."""
    remix = find_video(request, video_id)
    parent = remix.parent
    actions.take_out_of(request.user, remix)
    messages.success(request, _("Your video is no longer part of it."))
    return redirect("videos:remixes", parent.pk) if parent else redirect("videos:feed")
