"""Refunds that need a person: the provider refused to pay back, or does not answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.admin.base import ReadOnlyAdmin
from accounts.errors import Coded
from commerce.actions import order_settling
from commerce.models import Refund
from commerce.refusals import SENTENCES

STATES = {
    Refund.State.ASKED: "warning",
    Refund.State.DONE: "success",
    Refund.State.FAILED: "danger",
}


class SettlingForm(forms.Form):
    """How it was settled where the provider was not asked again."""

    note = forms.CharField(
        label=gettext_lazy("How the buyer got the money instead"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextareaWidget,
    )


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """The longest waiting first; what was paid back is not here."""

    list_display = ["created_at", "amount", "money", "provider", "told_state", "why", "settle_link"]
    list_filter = ["state", "payment__provider"]
    list_select_related = ["payment"]
    search_fields = ["reference", "payment__reference"]
    ordering = ["created_at"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refund]:
        return Refund.objects.for_people()

    def waiting_count(self) -> int:
        """The number beside the table's name."""
        return Refund.objects.for_people().count()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.settle)
        return [
            path("<uuid:key>/settle/", view, name="commerce_refund_settle"),
            *super().get_urls(),
        ]

    def settle(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Have the provider asked again, or say how it was settled."""
        if not order_settling.may_settle(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        refund = get_object_or_404(Refund.objects.select_related("payment"), pk=key)
        form = SettlingForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._settled(request, key, form):
            return redirect("admin:commerce_refund_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": f"{refund.amount} {refund.payment.currency}",
            "opts": self.opts,
            "form": form,
            "refund": refund,
            "why": SENTENCES.get(refund.failure, ""),
        }
        return render(request, "admin/commerce/refund/settle.html", context)

    @staticmethod
    def _settled(request: HttpRequest, key: UUID, form: SettlingForm) -> bool:
        actor: Any = request.user
        try:
            if "again" in request.POST:
                order_settling.ask_again(actor, key)
            else:
                order_settling.settle_outside(actor, key, note=form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error("note", error.messages[0])
        except Coded as error:
            form.add_error(None, error.detail)
        else:
            messages.success(request, _("Done. It is in the audit log."))
            return True
        return False

    @display(description=gettext_lazy("currency"))
    def money(self, refund: Refund) -> str:
        return refund.payment.currency

    @display(description=gettext_lazy("provider"))
    def provider(self, refund: Refund) -> str:
        return f"{refund.payment.provider} {refund.payment.reference}"

    @display(description=gettext_lazy("state"), label=STATES, ordering="state")
    def told_state(self, refund: Refund) -> tuple[str, str]:
        return refund.state, refund.get_state_display()

    @display(description=gettext_lazy("why it waits"))
    def why(self, refund: Refund) -> str:
        return str(SENTENCES.get(refund.failure, refund.failure))

    @display(description=gettext_lazy("decision"))
    def settle_link(self, refund: Refund) -> SafeString:
        address = reverse("admin:commerce_refund_settle", args=[refund.pk])
        return format_html('<a href="{}">{}</a>', address, _("Settle it"))
