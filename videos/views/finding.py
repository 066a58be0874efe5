"""Pages on which videos are found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from videos import feed
from videos.models import Video

GRID = 60


@require_safe
def discover(request: HttpRequest) -> HttpResponse:
    """Search people, topics and videos; without words, what is going on."""
    words = request.GET.get("q", "").strip()[:80]
    videos = Video.objects.visible_to(request.user).published()
    people = User.objects.none()
    tags = feed.trending()
    if words:
        bare = words.lstrip("@#")
        people = User.objects.visible_to(request.user).matching(bare).order_by("username")[:12]
        tags = feed.topics(bare)
        videos = videos.filter(caption__icontains=words)
    found = videos.order_by("-published_at")[:GRID]
    context = {"words": words, "people": people, "tags": tags, "videos": found}
    return render(request, "videos/discover.html", context)


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """Videos that name one topic."""
    videos = (
        Video.objects.visible_to(request.user).published().filter(hashtags__name=name.casefold())
    )
    context = {"name": name, "videos": videos.order_by("-published_at")[:GRID]}
    return render(request, "videos/tag.html", context)
