"""Lists of known pictures and sounds, and what they found, as legal and seniors see them: names and
numbers.

Nothing of it is shown here. A file that was kept is handed out as a download, to who holds its
case.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin.base import ReadOnlyAdmin
from accounts.errors import Refused
from accounts.models import HashList, ScreeningHit
from accounts.screening import holding, importing

SETTINGS = ("reason", "severity", "action", "distance")
STATES = {
    ScreeningHit.State.OPEN: "danger",
    ScreeningHit.State.MISTAKEN: "success",
    ScreeningHit.State.GONE: "info",
}


@admin.register(HashList)
class HashListAdmin(ModelAdmin):
    """What is looked for; lists come in by `manage.py import_hashes`."""

    list_display = ["name", "kind", "hash_count", *SETTINGS, "changed_at"]
    fields = ["name", "kind", "hash_count", *SETTINGS, "created_at", "changed_at"]
    readonly_fields = ["name", "kind", "hash_count", "created_at", "changed_at"]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HashList]:
        return HashList.objects.with_counts()

    @display(description=_("hashes"), ordering="hash_count")
    def hash_count(self, known: Any) -> int:
        return known.hash_count

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: HashList, form: forms.ModelForm, change: bool
    ) -> None:
        chosen = {name: getattr(obj, name) for name in SETTINGS if name in form.changed_data}
        importing.change_list(request.user, obj, **chosen)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: HashList) -> None:
        importing.remove_list(request.user, obj)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[HashList]) -> None:
        for known in queryset:
            importing.remove_list(request.user, known)  # type: ignore[arg-type]


@admin.register(ScreeningHit)
class ScreeningHitAdmin(ReadOnlyAdmin):
    """What was found, and what is kept of it."""

    list_display = [
        *("found_at", "entrance", "list_name", "distance", "owner", "shown_state", "is_held"),
        "shown_case",
    ]
    list_filter = ["state", "is_held", "entrance", "list_name"]
    list_select_related = ["owner", "case"]
    ordering = ["-pk"]
    fields = [
        *("found_at", "entrance", "list_name", "note", "distance", "shown_hash", "owner"),
        *("shown_state", "is_held", "shown_case", "shown_files"),
    ]
    actions = ["call_mistaken", "keep_for_authority", "release"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def get_urls(self) -> list[Any]:
        open_one = self.admin_site.admin_view
        return [
            path("<uuid:key>/file/<int:place>/", open_one(self.file), name="screening_file"),
            path("<uuid:key>/report/", open_one(self.report), name="screening_report"),
            *super().get_urls(),
        ]

    def file(self, request: HttpRequest, key: Any, place: int) -> HttpResponse | FileResponse:
        """One kept file, to save and not to show; logged."""
        hit = get_object_or_404(ScreeningHit.objects.select_related("case"), pk=key)
        kept = holding.open_file(request.user, hit, place)  # type: ignore[arg-type]
        return FileResponse(
            kept,
            as_attachment=True,
            filename=f"{hit.pk}-{place}.bin",
            content_type="application/octet-stream",
        )

    def report(self, request: HttpRequest, key: Any) -> JsonResponse:
        """The fields of an authority's form; logged."""
        hit = get_object_or_404(ScreeningHit.objects.select_related("case", "hash_list"), pk=key)
        return JsonResponse(
            holding.report_record(request.user, hit),  # type: ignore[arg-type]
            headers={"Content-Disposition": f'attachment; filename="{hit.pk}.json"'},
        )

    @display(description=_("state"), label=STATES)
    def shown_state(self, hit: ScreeningHit) -> tuple[str, str]:
        return hit.state, hit.get_state_display()

    @display(description=_("case"))
    def shown_case(self, hit: ScreeningHit) -> str:
        return f"{hit.case.get_state_display()} · {hit.case.title}" if hit.case else "-"

    @display(description=_("hash"))
    def shown_hash(self, hit: ScreeningHit) -> str:
        return bytes(hit.value).hex()

    @display(description=_("Kept files"))
    def shown_files(self, hit: ScreeningHit) -> SafeString:
        kept = [place for place, file in enumerate(hit.files) if file["name"]]
        links = format_html(
            "<p><a href='{}'>{}</a></p>",
            reverse("admin:screening_report", args=[hit.pk]),
            _("The record for an authority (JSON)"),
        )
        for place in kept:
            links += format_html(
                "<p><a href='{}'>{}</a> · SHA-256 {}</p>",
                reverse("admin:screening_file", args=[hit.pk, place]),
                _("Download under its case; this is logged"),
                hit.files[place]["sha256"],
            )
        return links

    @admin.action(description=_("It shows something else: may be used"), permissions=["change"])
    def call_mistaken(self, request: HttpRequest, queryset: QuerySet[ScreeningHit]) -> None:
        self._each(request, queryset, holding.call_mistaken)

    @admin.action(description=_("Keep for an authority"), permissions=["change"])
    def keep_for_authority(self, request: HttpRequest, queryset: QuerySet[ScreeningHit]) -> None:
        self._each(request, queryset, holding.keep_for_authority)

    @admin.action(description=_("Keep no longer for an authority"), permissions=["change"])
    def release(self, request: HttpRequest, queryset: QuerySet[ScreeningHit]) -> None:
        self._each(request, queryset, holding.release)

    def _each(self, request: HttpRequest, queryset: QuerySet[ScreeningHit], verb: Any) -> None:
        try:
            for hit in queryset.select_related("case"):
                verb(request.user, hit)
        except Refused as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
        else:
            self.message_user(request, _("Done."), messages.SUCCESS)
