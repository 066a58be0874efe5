"""The audit log as seniors and legal read it; nobody writes it here."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin.base import ReadOnlyAdmin
from accounts.models import AuditEntry, User


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did or looked at what, the latest first. `manage.py verify_audit` proves it whole."""

    list_display = ["number", "at", "who", "verb", "kind", "under"]
    list_per_page = 50
    search_fields = ["verb__startswith"]
    search_help_text = _("A verb like case.looked, an id, or @ and a username")
    ordering = ["-number"]
    show_full_result_count = False
    fields = [
        *("number", "at", "who", "verb", "kind", "object_id", "under", "facts"),
        *("previous", "hash"),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).select_related("actor")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """By what has an index: a person, a thing or case; else by the beginning of a verb."""
        term = search_term.strip()
        if term.startswith("@"):
            return queryset.filter(actor__in=User.objects.named(term[1:])), False
        if key := _key(term):
            return queryset.filter(object_id=key) | queryset.filter(case_id=key), False
        return super().get_search_results(request, queryset, term)

    @display(description=_("who"))
    def who(self, entry: AuditEntry) -> str:
        if entry.actor:
            return f"@{entry.actor.username}"
        return str(entry.actor_id or "Medley")

    @display(description=_("under the case"))
    def under(self, entry: AuditEntry) -> SafeString | str:
        if not entry.case_id:
            return "-"
        url = reverse("admin:accounts_case_change", args=[entry.case_id])
        return format_html('<a href="{}">{}</a>', url, str(entry.case_id)[-8:])


def _key(term: str) -> UUID | None:
    try:
        return UUID(term)
    except ValueError:
        return None
