"""Pages of subtitles: which there are, the editor of one language, the file that players read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Conflict, Refused
from accounts.requests import SignedInRequest
from videos.actions import tracks
from videos.models import CaptionTrack, Video
from videos.subtitle_forms import (
    LanguageForm,
    SubtitleFileForm,
    cues_in,
    rows_in,
    rows_of,
    version_in,
)
from videos.subtitles import LANGUAGES, language_name, parse_webvtt
from videos.subtitles.webvtt import MOST_BYTES


@login_required
def subtitles(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """The languages that one's own video can be read in; POST takes a file for another."""
    video = _own(request, video_id)
    spoken = get_language() or ""
    form = SubtitleFileForm(request.POST or None, request.FILES or None, spoken=spoken)
    if request.method == "POST" and form.is_valid() and (track := _take_file(request, video, form)):
        messages.success(
            request, _("Subtitles in %(name)s are on the video.") % {"name": track.name}
        )
        return redirect("videos:subtitles", video.pk)
    context = {
        "video": video,
        "tracks": video.tracks.order_by("pk"),
        "form": form,
        "writing": LanguageForm(spoken=spoken, prefix="write"),
    }
    return render(request, "videos/subtitles.html", context, status=422 if form.is_bound else 200)


def _take_file(
    request: SignedInRequest, video: Video, form: SubtitleFileForm
) -> CaptionTrack | None:
    """What was kept of it; None where the form says why nothing was."""
    try:
        cues = parse_webvtt(form.cleaned_data["file"].read(MOST_BYTES + 1))
        return tracks.write_track(request.user, video, form.cleaned_data["language"], cues)
    except (ValidationError, Refused) as error:
        form.add_error("file", _words(error))
        return None


@login_required
@require_safe
def write_subtitles(request: SignedInRequest, video_id: UUID) -> HttpResponse:
    """Leads to the editor of the language that was chosen."""
    language = request.GET.get("write-language", "")
    if language not in LANGUAGES:
        raise Http404
    return redirect("videos:subtitle_editor", _own(request, video_id).pk, language)


@login_required
def subtitle_editor(request: SignedInRequest, video_id: UUID, language: str) -> HttpResponse:
    """The subtitles of one's own video in one language, a row each, beside the film."""
    video = _own(request, video_id)
    if language not in LANGUAGES:
        raise Http404
    track = video.tracks.filter(language=language).first()
    shown: dict[str, Any] = {"rows": rows_of(track), "version": track.version if track else 0}
    if request.method == "POST":
        problem = _write(request, video, language)
        if not problem:
            messages.success(request, _("Saved."))
            return redirect("videos:subtitle_editor", video.pk, language)
        shown |= {"rows": rows_in(request.POST), "problem": problem}
        shown["version"] = request.POST.get("version", "")
    context = {"video": video, "track": track, "language": language, **shown}
    context["name"] = language_name(language)
    code = 422 if "problem" in shown else 200
    return render(request, "videos/subtitle_editor.html", context, status=code)


def _write(request: SignedInRequest, video: Video, language: str) -> str:
    """Why it was not kept, or nothing."""
    try:
        version = version_in(request.POST)
        cues = cues_in(rows_in(request.POST))
        tracks.write_track(request.user, video, language, cues, version=version)
    except (ValidationError, Refused, Conflict) as error:
        return _words(error)
    return ""


@login_required
@require_POST
def delete_subtitles(request: SignedInRequest, video_id: UUID, language: str) -> HttpResponse:
    """Take the subtitles of one language away."""
    tracks.delete_track(request.user, _own(request, video_id), language)
    return redirect("videos:subtitles", video_id)


@require_safe
def subtitles_file(request: HttpRequest, video_id: UUID, language: str) -> HttpResponseBase:
    """The WebVTT that players read, for whoever may watch the video; asked for again each time."""
    watchable = Video.objects.watchable_by(request.user).filter(pk=video_id)
    track = get_object_or_404(CaptionTrack, video__in=watchable, language=language)
    etag = f'"{track.pk}-{track.version}"'
    file = HttpResponse(track.as_webvtt(), content_type="text/vtt; charset=utf-8")
    response = get_conditional_response(request, etag=etag, response=file) or file
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response


def _words(error: ValidationError | Refused | Conflict) -> str:
    return error.messages[0] if isinstance(error, ValidationError) else error.detail


def _own(request: SignedInRequest, video_id: UUID) -> Video:
    posted = Video.objects.posted().filter(author=request.user)
    return get_object_or_404(posted.with_parts(), pk=video_id)
