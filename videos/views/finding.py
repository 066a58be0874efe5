"""Pages on which videos are found."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import PageRequest
from videos import search
from videos.models import Taste, Video

GRID = 60
TAB_NAMES = {
    "all": _("Everything"),
    "videos": _("Videos"),
    "people": _("People"),
    "sounds": _("Sounds"),
    "topics": _("Topics"),
}


@require_safe
def discover(request: PageRequest) -> HttpResponse:
    """What is going on; with words, what answers them. htmx, as one types, gets that part alone."""
    words = request.GET.get("q", "").strip()[: search.LONGEST]
    tab = request.GET.get("tab", "all")
    context: dict[str, Any] = {"words": words, "tab": tab, "tabs": TAB_NAMES.items()}
    if words:
        try:
            context["found"] = search.find(request.user, words, tab=tab)
        except ValidationError as error:
            raise Http404 from error
    else:
        context["now"] = search.going_on(request.user)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "videos/_found.html" if is_part else "videos/discover.html", context)


@require_safe
def tag(request: PageRequest, name: str) -> HttpResponse:
    """Videos that name one topic, and how much of it one's feed should hold."""
    folded = name.casefold()
    videos = Video.objects.visible_to(request.user).published().filter(hashtags__name=folded)
    told = Taste.objects.of(request.user).filter(kind=Taste.Kind.TOPIC, key=folded).first()
    context = {
        "name": folded,
        "videos": videos.order_by("-published_at")[:GRID],
        "level": told.level if told else 2,
    }
    return render(request, "videos/tag.html", context)
