"""Pages on which videos are watched: the feed, one video, its files."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.media import serve
from accounts.models import Decision
from videos import actions, feed
from videos.insights.sharing import sharing_of
from videos.models import Video
from videos.reading import attach_mentions
from videos.rights import may_see_insights
from videos.views.commenting import comments_context
from videos.views.doors import find_video


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The feed; a fragment of clips for the pages after the first."""
    tab = request.GET.get("tab", feed.FOR_YOU)
    if tab not in feed.TABS:
        raise Http404
    cursor = request.GET.get("cursor", "")
    try:
        page = actions.feed_page(request.user, tab=tab, cursor=cursor)
    except ValidationError:
        return redirect("videos:feed")
    attach_mentions([item.video for item in page.items])
    context = {
        "page": page,
        "tab": tab,
        "tabs": _tabs(tab),
        "source": tab.replace("-", "_"),
        "feed_url": reverse("videos:feed"),
    }
    return render(request, "videos/_clips.html" if cursor else "videos/feed.html", context)


def _tabs(current: str) -> list[dict[str, Any]]:
    names = {feed.FOR_YOU: _("For you"), feed.FOLLOWING: _("Following"), feed.FRIENDS: _("Friends")}
    return [{"key": key, "name": name, "is_on": key == current} for key, name in names.items()]


@require_safe
def detail(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """One video with its comments; one's own that is not published yet shows how it stands."""
    video = find_video(request, video_id)
    if not video.is_published:
        return render(request, "videos/unpublished.html", _standing(video))
    context = {
        "video": video,
        "item": feed.Item(video, ""),
        "source": _source(request),
        "sharing": sharing_of(video) if may_see_insights(request.user, video) else None,
        **comments_context(request, video),
    }
    return render(request, "videos/detail.html", context)


# Where a link to a video was followed, by the beginning of that page's path.
SOURCES = {
    "/@": "profile",
    "/discover/": "search",
    "/tags/": "tag",
    "/sounds/": "sound",
    "/chat/": "chat",
    "/inbox/": "chat",
}


def _source(request: HttpRequest) -> str:
    """What the player will tell as its source: the page of ours that led here, else a link."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return "link"
    return next((source for path, source in SOURCES.items() if came.path.startswith(path)), "link")


def _standing(video: Video) -> dict[str, Any]:
    """How an unpublished video stands; only what the machine failed at is worth another try."""
    return {
        "video": video,
        "percent": round(actions.progress_of(video) * 100),
        "is_worth_retrying": video.failure_code == "video.encode_failed",
        "decision": _why_removed(video),
    }


def _why_removed(video: Video) -> Decision | None:
    """What its author reads of whoever took it down."""
    if video.state != Video.State.REMOVED:
        return None
    return Decision.objects.told_to(video.author).about("video", video.pk).in_force().first()


@require_safe
def status(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """How far the preparing is, asked again every two seconds until it is done."""
    video = find_video(request, video_id)
    response = render(request, "videos/_status.html", _standing(video))
    if video.is_published:
        response["HX-Redirect"] = video.get_absolute_url()
    return response


@require_safe
def media(request: HttpRequest, video_id: UUID, name: str) -> HttpResponseBase:
    """One file of a video, for whoever may watch it; the source is nobody's to fetch."""
    video = find_video(request, video_id)
    wanted = f"videos/{video.pk}/{name}"
    if wanted not in video.shown_files:
        raise Http404
    return serve(request, wanted, public=video.is_public)
