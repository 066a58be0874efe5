"""Why a video is there, less of it, and the page on which one's feed is told what to do."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from videos import actions, feed
from videos.feed import explained
from videos.feed.told import named
from videos.models import Taste
from videos.views.doors import find_video


@require_safe
def why(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """The sheet that says why a video is there, and offers less of it."""
    video = find_video(request, video_id)
    context = {
        "video": video,
        "why": feed.why(request.user, video, in_time=feed.is_in_time(request.GET.get("tab", ""))),
        "topics": video.hashtags.all()[:6],
    }
    return render(request, "videos/_why.html", context)


@require_safe
def feed_explained(request: HttpRequest) -> HttpResponse:
    """What decides which videos come, for everybody to read (R47)."""
    context = {
        "shares": explained.shares(),
        "responses": explained.responses(),
        "ties": explained.ties(),
        "bounds": explained.bounds(),
    }
    return render(request, "videos/feed_explained.html", context)


@login_required
@require_POST
def less(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Less of a video, its author, its sound or a topic; to a script without an answer to show."""
    video = find_video(request, video_id)
    asked = request.POST
    actions.not_interested(
        request.user, video, kind=asked.get("kind", "video"), topic=asked.get("topic", "")
    )
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("We will show you less of this."))
    return redirect("videos:feed")


@login_required
def feed_settings(request: SignedInRequest) -> HttpResponse:
    """What one's feed was told, and what it may do; POST tells it something more."""
    if request.method != "POST":
        return render(request, "videos/feed_settings.html", _settings(request.user))
    try:
        _tell(request.user, request.POST.dict())
    except ValidationError as error:
        context = _settings(request.user) | {"problem": error.messages[0]}
        return render(request, "videos/feed_settings.html", context, status=422)
    if request.POST.get("next") == "tag":
        return redirect("videos:tag", request.POST.get("topic", ""))
    return redirect("videos:feed_settings")


def _settings(user: User) -> dict[str, object]:
    tastes = list(Taste.objects.of(user))
    topics = [taste for taste in tastes if taste.kind == Taste.Kind.TOPIC]
    words = [taste for taste in tastes if taste.kind == Taste.Kind.WORD]
    rest = [taste for taste in tastes if taste not in topics and taste not in words]
    return {
        "is_personal": feed.is_personal(user),
        "topics": topics,
        "words": words,
        "unwanted": named(user, rest),
    }


def _tell(user: User, asked: dict[str, str]) -> None:
    """One button each."""
    match asked.get("do", ""):
        case "personal":
            actions.set_personal(user, asked.get("is_personal") == "on")
        case "topic":
            level = asked.get("level", "")
            actions.set_topic(user, asked.get("topic", ""), int(level) if level.isdigit() else -1)
        case "mute":
            actions.mute_word(user, asked.get("word", ""))
        case "forget" if asked.get("taste", "").isdigit():
            actions.take_back(user, int(asked["taste"]))
        case "reset":
            actions.reset_feed(user)
