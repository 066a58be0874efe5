"""The ledger and payouts in the admin: staff read; a run of payouts can be started."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.admin import TabularInline
from unfold.decorators import display

from accounts.admin.base import ReadOnlyAdmin
from commerce.ledger import payouts
from commerce.models import LedgerEntry, LedgerTransaction, Payout

STATES = {
    Payout.State.PREPARED: "info",
    Payout.State.SENT: "warning",
    Payout.State.PAID: "success",
    Payout.State.FAILED: "danger",
}


class EntryInline(TabularInline):
    """What a transaction moved."""

    model = LedgerEntry
    fields = ["account", "shop", "person", "amount", "currency", "available_at"]
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    """Every event of money, the newest first."""

    list_display = ["key", "kind", "currency", "at"]
    list_filter = ["kind", "currency"]
    search_fields = ["key"]
    ordering = ["-at"]
    inlines = [EntryInline]


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    """What went to banks, and what did not arrive."""

    list_display = ["created_at", "to", "amount", "currency", "told_state", "failure"]
    list_filter = ["state", "currency"]
    list_select_related = ["shop", "creator"]
    ordering = ["-created_at"]
    list_before_template = "admin/commerce/payout/run.html"

    @display(description=gettext_lazy("To"))
    def to(self, payout: Payout) -> str:
        return str(payout.shop.name if payout.shop else payout.creator or "")

    @display(description=gettext_lazy("State"), label=STATES, ordering="state")
    def told_state(self, payout: Payout) -> Any:
        return payout.state, payout.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.run))
        return [path("run/", view, name="commerce_payout_run"), *super().get_urls()]

    def run(self, request: HttpRequest) -> HttpResponse:
        """What the weekly job does, now."""
        if not request.user.is_superuser:
            raise PermissionDenied
        count = len(payouts.run_by(request.user))
        told = ngettext(
            "%(count)s payout is on its way.", "%(count)s payouts are on their way.", count
        )
        messages.success(request, told % {"count": count} if count else _("Nothing is free."))
        return redirect("admin:commerce_payout_changelist")
