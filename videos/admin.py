"""The moderators' door to videos: it reads, and calls actions."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts import audit
from accounts.admin.deciding import DecidedOn
from accounts.media import serve
from videos import actions
from videos.models import ProcessingAttempt, Sound, Video
from videos.version_admin import Versions

STATES = {
    Video.State.PUBLISHED: "success",
    Video.State.PROCESSING: "info",
    Video.State.UPLOADING: "info",
    Video.State.SCHEDULED: "info",
    Video.State.DRAFT: "warning",
    Video.State.FAILED: "danger",
    Video.State.REMOVED: "danger",
}


def _note_look(request: HttpRequest, kind: str, key: UUID, name: str) -> None:
    """Each film and sound somebody opens is in the audit log, once for all parts of it."""
    if request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        audit.record(request.user, f"{kind}.looked", kind=kind, object_id=key, file=name)  # type: ignore[arg-type]


@admin.register(Video)
class VideoAdmin(DecidedOn, ModelAdmin):
    """Videos to look at, to prepare again and to decide on."""

    decided_as = "video"
    list_display = [
        *("picture", "words", "author", "shown_state", "audience"),
        *("like_count", "comment_count", "view_count", "published_at"),
    ]
    list_display_links = ["picture", "words"]
    list_filter = ["state", "audience", "sensitivity", "is_paid_partnership", "failure_code"]
    list_per_page = 50
    list_select_related = ["author"]
    search_fields = ["caption", "author__username"]
    ordering = ["-created_at"]
    inlines = [Versions]
    actions = ["retry", "decide_on"]
    fields = [
        *("player", "caption", "alt_text", "author", "audience", "state", "failure", "length"),
        *("sensitivity", "is_ai_made", "is_paid_partnership"),
        *("comments_by", "duets_by", "stitches_by", "downloads_by"),
        *("like_count", "comment_count", "share_count", "view_count"),
        *("created_at", "published_at", "revised_at"),
    ]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Video]:
        return super().get_queryset(request).with_parts()

    def get_urls(self) -> list[URLPattern]:
        # The public address asks who may watch; a moderator sees what is reported, private or not.
        file = self.admin_site.admin_view(self.file)
        name = "videos_video_file"
        return [path("<uuid:video_id>/files/<str:name>", file, name=name), *super().get_urls()]

    def file(self, request: HttpRequest, video_id: UUID, name: str) -> HttpResponseBase:
        """A picture or rendition of any video, for staff who may see videos."""
        if not self.has_view_permission(request):
            raise Http404
        video = get_object_or_404(self.get_queryset(request), pk=video_id)
        wanted = f"videos/{video.pk}/{name}"
        if wanted not in video.shown_files:
            raise Http404
        if name.endswith(".mp4"):
            _note_look(request, "video", video.pk, name)
        return serve(request, wanted, public=False)

    @staticmethod
    def _address(video: Video, storage_name: str) -> str:
        return reverse("admin:videos_video_file", args=[video.pk, storage_name.rpartition("/")[2]])

    @display(description=_("picture"))
    def picture(self, video: Video) -> SafeString | str:
        if not video.cover_small:
            return "-"
        return format_html(
            '<img src="{}" alt="" width="45" height="80" loading="lazy">',
            self._address(video, video.cover_small),
        )

    @display(description=_("video"))
    def player(self, video: Video) -> SafeString | str:
        small = next((one.file for one in video.renditions.all() if one.kind == "360"), "")
        if not small:
            return "-"
        return format_html(
            '<video src="{}" poster="{}" controls preload="none" width="270"></video>',
            self._address(video, small),
            self._address(video, video.cover),
        )

    @display(description=_("caption"))
    def words(self, video: Video) -> str:
        return Truncator(video.title).chars(48) or "-"

    @display(description=_("state"), ordering="state", label=STATES)
    def shown_state(self, video: Video) -> tuple[str, str]:
        return video.state, video.get_state_display()

    @display(description=_("failure"))
    def failure(self, video: Video) -> str:
        return f"{video.failure_code}: {video.failure}" if video.failure_code else "-"

    @display(description=_("length"))
    def length(self, video: Video) -> str:
        return video.clock

    @admin.action(description=_("Prepare again"), permissions=["change"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Video]) -> None:
        failed = list(queryset.filter(state=Video.State.FAILED))
        for video in failed:
            actions.retry_video(request.user, video)  # type: ignore[arg-type]
        told = ngettext(
            "%(count)d video is being prepared.",
            "%(count)d videos are being prepared.",
            len(failed),
        )
        self.message_user(request, told % {"count": len(failed)}, messages.SUCCESS)


@admin.register(ProcessingAttempt)
class ProcessingAttemptAdmin(ModelAdmin):
    """Each try to prepare a video: how far it came, what ffmpeg said. To be read only."""

    list_display = ["video", "stage", "outcome", "failure_code", "started_at", "took"]
    list_filter = ["is_ok", "stage", "failure_code"]
    list_select_related = ["video"]
    list_per_page = 50
    search_fields = ["video__id", "video__author__username"]
    fields = ["video", "recipe_version", "stage", "outcome", "failure_code", "took", "said"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("outcome"), label={"ok": "success", "failed": "danger", "": "info"})
    def outcome(self, attempt: ProcessingAttempt) -> tuple[str, Any]:
        if attempt.is_ok is None:
            return "", _("Under way, or its worker died")
        return ("ok", _("Went well")) if attempt.is_ok else ("failed", _("Failed"))

    @display(description=_("took"))
    def took(self, attempt: ProcessingAttempt) -> str:
        if attempt.ended_at is None:
            return "-"
        return f"{(attempt.ended_at - attempt.started_at).total_seconds():.1f} s"


@admin.register(Sound)
class SoundAdmin(DecidedOn, ModelAdmin):
    """Sounds to listen to and to decide on."""

    list_display = ["name", "by", "kind", "mood", "bpm", "is_open", "use_count", "created_at"]
    list_filter = ["kind", "is_open", "mood"]
    list_per_page = 50
    list_select_related = ["owner"]
    search_fields = ["title", "artist", "owner__username"]
    ordering = ["-created_at"]
    decided_as = "sound"
    actions = ["decide_on"]
    fields = [
        *("player", "kind", "title", "artist", "owner", "video", "contains", "mood", "bpm"),
        *("licence", "credit", "source_url", "is_open", "use_count", "created_at"),
    ]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sound]:
        return super().get_queryset(request).with_origin()

    def get_urls(self) -> list[URLPattern]:
        # As for videos: a moderator hears what is reported, private or not.
        file = self.admin_site.admin_view(self.file)
        return [path("<uuid:sound_id>/file/", file, name="videos_sound_file"), *super().get_urls()]

    def file(self, request: HttpRequest, sound_id: UUID) -> HttpResponseBase:
        """Any sound, for staff who may see sounds."""
        if not self.has_view_permission(request):
            raise Http404
        sound = get_object_or_404(self.get_queryset(request), pk=sound_id)
        _note_look(request, "sound", sound.pk, sound.file.rpartition("/")[2])
        return serve(request, sound.file, public=False)

    @display(description=_("sound"))
    def player(self, sound: Sound) -> SafeString:
        address = reverse("admin:videos_sound_file", args=[sound.pk])
        return format_html('<audio src="{}" controls preload="none"></audio>', address)
