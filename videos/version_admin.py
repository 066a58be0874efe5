"""The moderators' door to the films that videos have been: which are new, what each was."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from videos.actions import replacing
from videos.models import VideoVersion

STATES = {
    VideoVersion.State.CURRENT: "success",
    VideoVersion.State.PREPARING: "info",
    VideoVersion.State.UPLOADING: "info",
    VideoVersion.State.PAST: "warning",
    VideoVersion.State.FAILED: "danger",
}


class ReadOnly:
    """Rows that actions alone write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Versions(ReadOnly, TabularInline):
    """On the page of a video."""

    model = VideoVersion
    fields = ("number", "state", "name", "size", "made_by", "created_at", "began_at", "ended_at")
    readonly_fields = fields
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VideoVersion)
class VideoVersionAdmin(ReadOnly, ModelAdmin):
    """New films to be looked at; what stood before is kept as facts."""

    list_display = [
        *("shown_video", "number", "shown_state", "name", "made_by", "created_at", "reviewed_at"),
    ]
    list_filter = ["state", ("reviewed_at", admin.EmptyFieldListFilter)]
    list_per_page = 50
    list_select_related = ["video__author", "made_by"]
    search_fields = ["video__id", "video__author__username", "digest", "name"]
    ordering = ["-created_at"]
    actions = ["review"]
    fields = [
        *("shown_video", "number", "shown_state", "failure_code", "made_by", "name", "size"),
        *("digest", "duration_ms", "width", "height", "created_at", "began_at", "ended_at"),
        *("reviewed_at", "reviewed_by"),
    ]
    readonly_fields = fields

    @display(description=_("video"))
    def shown_video(self, version: VideoVersion) -> SafeString:
        address = reverse("admin:videos_video_change", args=[version.video_id])
        return format_html('<a href="{}">{}</a>', address, version.video)

    @display(description=_("state"), ordering="state", label=STATES)
    def shown_state(self, version: VideoVersion) -> tuple[str, str]:
        return version.state, version.get_state_display()

    @admin.action(description=_("Looked at"), permissions=["change"])
    def review(self, request: HttpRequest, queryset: QuerySet[VideoVersion]) -> None:
        chosen = list(queryset)
        for version in chosen:
            replacing.review_version(request.user, version)  # type: ignore[arg-type]
        told = ngettext("%(count)d film looked at.", "%(count)d films looked at.", len(chosen))
        self.message_user(request, told % {"count": len(chosen)}, messages.SUCCESS)
