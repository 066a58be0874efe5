"""Pages of what people keep: saved videos, collections, reposts, history."""

import json
import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refused
from accounts.models import User
from accounts.ports import share_reach
from accounts.requests import PageRequest, SignedInRequest
from videos import actions, shelves
from videos.models import Collection, Saved, Video
from videos.views.doors import find_video

PAGE = 60
SAVED, COLLECTIONS, HISTORY = "saved", "collections", "history"


# --- One video ------------------------------------------------------------------------------------


@login_required
@require_POST
def save(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Keep a video; what follows offers the collections."""
    actions.save_video(request.user, find_video(request, video_id))
    video = find_video(request, video_id)
    if not request.htmx:
        return redirect("videos:keep", video.pk)
    context = {"video": video, "user": request.user}
    response = render(request, "videos/_save.jinja", context, using="jinja2")
    told = {
        "words": _("Saved"),
        "label": _("Collections"),
        "href": reverse("videos:keep", args=[video.pk]),
    }
    response["HX-Trigger"] = json.dumps({"kept": told})
    return response


@login_required
def keep(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """In which collections a saved video is; put it in, take it out, make a new one."""
    video = find_video(request, video_id)
    if request.method != "POST":
        return _keep_rows(request, video)
    what = request.POST.get("do", "")
    if what == "unsave":
        actions.unsave_video(request.user, video)
        return redirect(video)
    try:
        _put(request, video, what)
    except (ValidationError, Refused) as error:
        return _keep_rows(request, video, error=_words(error), name=request.POST.get("name", ""))
    return _keep_rows(request, video) if request.htmx else redirect("videos:keep", video.pk)


def _put(request: SignedInRequest, video: Video, what: str) -> None:
    if what == "make":
        made = actions.make_collection(request.user, name=request.POST.get("name", ""))
        actions.put_in(request.user, made, video)
    elif what in {"put_in", "take_out"}:
        verb = actions.put_in if what == "put_in" else actions.take_out
        verb(request.user, _collection(request, request.POST.get("collection", "")), video)
    else:
        raise Http404


def _keep_rows(request: SignedInRequest, video: Video, **more: str) -> HttpResponse:
    collections = Collection.objects.run_by(request.user).holding(video).lately()
    part = "videos/keep.html"
    if request.htmx:
        part = "videos/_keep_rows.html" if request.method == "POST" else "videos/_keep.html"
    context = {"video": video, "collections": collections, **more}
    return render(request, part, context, status=422 if more else 200)


@login_required
@require_POST
def repost(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Show a video to one's followers, or no longer."""
    video = find_video(request, video_id)
    undone = request.POST.get("do") == "unrepost"
    (actions.unrepost if undone else actions.repost)(request.user, video)
    words = _("No longer reposted") if undone else _("Reposted to your followers")
    if not request.htmx:
        messages.success(request, words)
        return redirect(video)
    return HttpResponse(headers={"HX-Trigger": json.dumps({"kept": {"words": words}})}, status=204)


# --- Everything one keeps -------------------------------------------------------------------------


@login_required
@require_safe
def saved(request: SignedInRequest) -> HttpResponse:
    """Saved videos, the latest first."""
    videos = Video.objects.visible_to(request.user).kept_by(request.user, Saved)
    context = _shelf(request, SAVED) | {
        "page": _page(request, videos),
        "empty": _("Videos you save live here"),
    }
    return render(request, "videos/saved.html", context)


@login_required
def history(request: SignedInRequest) -> HttpResponse:
    """What one watched, the latest first; POST pauses, clears, or takes one out."""
    if request.method == "POST":
        HISTORY_VERBS.get(request.POST.get("do", ""), _no_verb)(request)
        return redirect("videos:history")
    context = _shelf(request, HISTORY) | {
        "page": _page(request, Video.objects.all().watched_by(request.user)),
        "keeps": actions.keeps_history(request.user),
        "empty": _("Nothing watched yet"),
    }
    return render(request, "videos/saved.html", context)


def _no_verb(request: SignedInRequest) -> None:
    raise Http404


HISTORY_VERBS: dict[str, Callable[[SignedInRequest], None]] = {
    "pause": lambda request: actions.pause_history(request.user),
    "resume": lambda request: actions.pause_history(request.user, paused=False),
    "clear": lambda request: actions.clear_history(request.user),
    "forget": lambda request: actions.forget_watching(request.user, _video_named(request)),
}


@login_required
def collections(request: SignedInRequest) -> HttpResponse:
    """Collections to which one may add; POST makes one."""
    more: dict[str, str] = {}
    if request.method == "POST":
        try:
            return redirect(
                actions.make_collection(request.user, name=request.POST.get("name", ""))
            )
        except (ValidationError, Refused) as error:
            more = {"error": _words(error), "name": request.POST.get("name", "")}
    listed = Collection.objects.run_by(request.user).lately()
    context = _shelf(request, COLLECTIONS) | more
    context["shelf"] = shelves.with_covers(request.user, listed)
    return render(request, "videos/saved.html", context, status=422 if more else 200)


def _shelf(request: HttpRequest, tab: str) -> dict[str, Any]:
    names = {SAVED: _("Saved"), COLLECTIONS: _("Collections"), HISTORY: _("History")}
    tabs = [
        {"name": name, "url": reverse(f"videos:{key}"), "is_on": key == tab}
        for key, name in names.items()
    ]
    return {"tab": tab, "tabs": tabs, "heading": names[tab]}


# --- One collection -------------------------------------------------------------------------------


def collection(request: PageRequest, collection_id: UUID) -> HttpResponse:
    """What is in a collection; its owner runs it here."""
    found = _collection(request, collection_id)
    if request.method == "POST":
        return _run(request, found)
    return _collection_page(request, found)


def _collection_page(request: PageRequest, found: Collection, **more: str) -> HttpResponse:
    videos: Any = found.videos_for(request.user)
    is_mine = found.owner_id == request.user.pk
    page = _page(request, videos)
    people = [part.user for part in found.members.select_related("user")]
    context = {
        "collection": found,
        "page": page,
        "people": people,
        "is_mine": is_mine,
        "reach": share_reach("collection", found.pk) if is_mine else None,
        "may_leave": request.user in people,
        "friends": User.objects.friends_of(request.user) if is_mine else [],
        "shuffled": random.choice(list(page)).get_absolute_url() if page else "",  # noqa: S311
        **more,
    }
    return render(request, "videos/collection.html", context, status=422 if more else 200)


def _run(request: PageRequest, found: Collection) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={found.get_absolute_url()}")
    verb = COLLECTION_VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    try:
        verb(request, found)
    except (ValidationError, Refused) as error:
        messages.error(request, _words(error))
        return _collection_page(
            request, found, error=_words(error), name=request.POST.get("name", "")
        )
    still_there = Collection.objects.visible_to(request.user).filter(pk=found.pk).exists()
    return redirect(found) if still_there else redirect("videos:collections")


COLLECTION_VERBS: dict[str, Callable[[Any, Collection], Any]] = {
    "change": lambda request, found: actions.change_collection(
        request.user,
        found,
        name=request.POST.get("name", ""),
        is_public="is_public" in request.POST,
    ),
    "delete": lambda request, found: actions.delete_collection(request.user, found),
    "let_in": lambda request, found: actions.let_in(request.user, found, [_person(request)]),
    "let_go": lambda request, found: actions.let_go(request.user, found, _person(request)),
    "leave": lambda request, found: actions.let_go(request.user, found, request.user),
    "take_out": lambda request, found: actions.take_out(request.user, found, _video_named(request)),
}


def _collection(request: HttpRequest, collection_id: UUID | str) -> Collection:
    """A collection the person may see; otherwise there is none."""
    shown = Collection.objects.visible_to(request.user).select_related("owner")
    try:
        return get_object_or_404(shown, pk=collection_id)
    except ValidationError as error:
        raise Http404 from error


def _person(request: HttpRequest) -> User:
    return get_object_or_404(User.objects.active().named(request.POST.get("username", "")))


def _video_named(request: HttpRequest) -> Video:
    try:
        return get_object_or_404(Video, pk=request.POST.get("video", ""))
    except ValidationError as error:
        raise Http404 from error


def _page(request: HttpRequest, videos: Any) -> Any:
    return Paginator(videos, PAGE).get_page(request.GET.get("page"))


def _words(error: ValidationError | Refused) -> str:
    return str(error.messages[0]) if isinstance(error, ValidationError) else error.detail
