"""What was reported, as moderators see it."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.actions.reporting import hash_of
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What was reported, with its evidence; who reported is for moderators alone (R40)."""

    list_display = ["title", "kind", "reason", "owner", "state", "created_at"]
    list_filter = ["state", "kind", "reason"]
    list_select_related = ["owner"]
    search_fields = ["owner__username", "words"]
    ordering = ["-created_at"]
    fields = [
        *("kind", "object_id", "title", "owner", "reason", "words", "reporter"),
        *("state", "outcome", "created_at", "closed_at", "shown_evidence", "is_unchanged"),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).select_related("reporter", "owner")

    @display(description=_("evidence"))
    def shown_evidence(self, report: Report) -> SafeString:
        text = json.dumps(report.evidence, indent=2, ensure_ascii=False)
        return format_html("<pre>{}</pre>", text)

    @display(description=_("as it was then"), boolean=True)
    def is_unchanged(self, report: Report) -> bool:
        """Whether the evidence still has the hash that it was stored with."""
        return hash_of(report.evidence) == report.evidence_hash
