"""Pages of sounds: the library, one sound with its videos, what its owner decides."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.media import serve
from accounts.requests import PageRequest, SignedInRequest
from videos import rights
from videos.actions import sounds as actions
from videos.models import Sound, Video
from videos.models.sound import TEMPOS
from videos.sounds import finding
from videos.views.doors import find_video

GRID = 60
PAGE = 30


def find_sound(request: HttpRequest, sound_id: UUID) -> Sound:
    """A sound the viewer may hear; otherwise there is none."""
    sounds = Sound.objects.visible_to(request.user).saved_by(request.user)
    return get_object_or_404(sounds, pk=sound_id)


@require_safe
def sounds(request: PageRequest) -> HttpResponse:
    """The library: what rises, what is kept, or what words, mood and tempo find; the rows alone for
    htmx."""
    context = _offered(request)
    template = "videos/_sounds.html" if request.htmx else "videos/sounds.html"
    return render(request, template, context)


def _offered(request: HttpRequest) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "mood", "tempo")}
    chosen = request.GET.get("list", "")
    if chosen not in finding.LISTS:
        chosen = "" if any(asked.values()) else finding.TRENDING
    if chosen:
        found, following = finding.listed(request.user, chosen), None
    else:
        found, following = _searched(request, asked)
    return {
        **asked,
        "list": chosen,
        "lists": _lists(request),
        "moods": finding.moods(),
        "tempos": _tempos(),
        "sounds": found,
        "next_page": following,
    }


def _searched(request: HttpRequest, asked: dict[str, str]) -> tuple[Any, int | None]:
    found = finding.search(request.user, words=asked["q"], mood=asked["mood"], tempo=asked["tempo"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return page.object_list, page.next_page_number() if page.has_next() else None


def _lists(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {finding.TRENDING: _("Trending")}
    return {
        finding.TRENDING: _("Trending"),
        finding.SAVED: _("Saved"),
        finding.RECENT: _("Used by you"),
    }


def _tempos() -> dict[str, str]:
    names = {"slow": _("Slow"), "medium": _("Medium"), "fast": _("Fast")}
    return {tempo: names[tempo] for tempo in TEMPOS}


@require_safe
def sound(request: HttpRequest, sound_id: UUID) -> HttpResponse:
    """One sound, to hear and to use, and the videos that have it."""
    found = find_sound(request, sound_id)
    videos = Video.objects.visible_to(request.user).published().sounding(found)
    contained = Sound.objects.visible_to(request.user).filter(contained_in=found).first()
    context = {
        "sound": found,
        "contained": contained,
        "may_use": rights.may_reuse_sound(request.user, found),
        "is_own": found.is_original and found.owner_id == request.user.pk,
        "videos": videos.order_by("-published_at")[:GRID],
    }
    return render(request, "videos/sound.html", context)


@require_safe
def sound_of_video(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """Leads to the page of what a video sounds like."""
    sound_id = Sound.objects.of_video(find_video(request, video_id))
    if sound_id is None:
        raise Http404
    return redirect("videos:sound", sound_id)


@require_safe
def sound_media(request: HttpRequest, sound_id: UUID, name: str) -> HttpResponseBase:
    """One file of a sound, for whoever may hear it."""
    found = find_sound(request, sound_id)
    wanted = f"sounds/{found.pk}/{name}"
    if wanted not in {found.file, found.cover}:
        raise Http404
    return serve(request, wanted, public=found.is_public)


@login_required
@require_POST
def save_sound(request: SignedInRequest, sound_id: UUID) -> HttpResponse:
    """Keep a sound, or keep it no more."""
    found = find_sound(request, sound_id)
    is_saved = found.is_saved  # type: ignore[attr-defined]
    verb = actions.unsave_sound if is_saved else actions.save_sound
    verb(request.user, found)
    if not request.htmx:
        return redirect(found)
    return render(request, "videos/_save_sound.html", {"sound": find_sound(request, sound_id)})


@login_required
@require_POST
def use_sound(request: SignedInRequest, sound_id: UUID) -> HttpResponse:
    """Begin a video with it."""
    draft = actions.begin_with_sound(request.user, find_sound(request, sound_id))
    return redirect(draft.editor_url)


@login_required
@require_POST
def lend_sound(request: SignedInRequest, sound_id: UUID) -> HttpResponse:
    """Let others use one's own sound, or nobody new."""
    is_open = request.POST.get("is_open") == "on"
    return redirect(
        actions.lend_sound(request.user, find_sound(request, sound_id), is_open=is_open)
    )


@login_required
@require_POST
def withdraw_sound(request: SignedInRequest, sound_id: UUID) -> HttpResponse:
    """Take one's own sound out of everybody else's videos."""
    found = find_sound(request, sound_id)
    actions.withdraw_sound(request.user, found)
    return redirect(found)
