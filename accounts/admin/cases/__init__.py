"""The moderators' desk: the queue, one case and what is done about it, how it goes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from accounts.admin.base import ReadOnlyAdmin
from accounts.admin.cases import deeds, desk, page
from accounts.models import Case
from accounts.moderation import queue


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Django's place for cases; its pages are our own (desk.py, page.py), its verbs deeds.py."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            ("next/", deeds.take_next, "next"),
            ("bulk/", deeds.bulk, "bulk"),
            ("statistics/", desk.statistics, "statistics"),
            ("<uuid:case_id>/claim/", deeds.claim, "claim"),
            ("<uuid:case_id>/release/", deeds.release, "release"),
            ("<uuid:case_id>/note/", deeds.note, "note"),
            ("<uuid:case_id>/decide/", deeds.decide, "decide"),
            ("<uuid:case_id>/answer/", deeds.answer, "answer"),
            ("<uuid:case_id>/undo/<uuid:decision_id>/", deeds.undo, "undo"),
            ("<uuid:case_id>/confirm/<uuid:decision_id>/", deeds.confirm, "confirm"),
            ("<uuid:case_id>/decline/<uuid:decision_id>/", deeds.decline, "decline"),
            ("<uuid:case_id>/files/<str:name>", page.file, "file"),
        ]
        view = self.admin_site.admin_view
        urls = [path(at, view(each), name=f"accounts_case_{name}") for at, each, name in own]
        return [*urls, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return desk.show(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return page.show(request, object_id)

    def waiting_count(self) -> int:
        """How many cases are open: the number on the admin's first page."""
        return queue.counts()["origin"].total()
