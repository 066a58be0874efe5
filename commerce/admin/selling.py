"""Shops and their applications in the admin: reviewers read, and decide by actions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
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
from accounts.media import serve
from commerce.actions import applications
from commerce.models import SellerApplication, Shop

STATES = {
    SellerApplication.State.WAITING: "warning",
    SellerApplication.State.ACCEPTED: "success",
    SellerApplication.State.REFUSED: "danger",
}
SHOP_STATES = {
    Shop.State.APPLIED: "warning",
    Shop.State.OPEN: "success",
    Shop.State.REFUSED: "danger",
    Shop.State.SUSPENDED: "danger",
}


class DecisionForm(forms.Form):
    """What the seller reads where the answer is no."""

    reason = forms.CharField(
        label=gettext_lazy("Why not: the seller reads this"),
        required=False,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget,
    )


@admin.register(SellerApplication)
class SellerApplicationAdmin(ReadOnlyAdmin):
    """Who wants to sell, the longest waiting first."""

    list_display = ["legal_name", "shop", "country", "shown_state", "sent_at", "decided_by"]
    list_filter = ["state", "country"]
    list_select_related = ["shop", "decided_by"]
    search_fields = ["legal_name", "shop__name", "shop__owner__username", "email"]
    ordering = ["-state", "sent_at"]  # "waiting" is the last word of the three
    actions = None
    fields = [
        *("shop", "owner", "legal_name", "street", "postcode", "city", "country"),
        *("email", "phone", "register", "tax_number", "iban", "document_link", "declares_law"),
        *("shown_state", "sent_at", "decision", "decided_at", "decided_by", "reason"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.fields

    def waiting_count(self) -> int:
        """The number beside the table's name."""
        return SellerApplication.objects.filter(state=SellerApplication.State.WAITING).count()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:key>/document/", view(self.document), name="commerce_sellerapplication_file"
            ),
            path("<int:key>/decide/", view(self.decide), name="commerce_sellerapplication_decide"),
            *super().get_urls(),
        ]

    def document(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """To be kept under its name, never shown in place; that somebody looked is in the log."""
        if not self.has_view_permission(request):
            raise Http404
        application = get_object_or_404(SellerApplication, pk=key)
        name = applications.look_at_document(request.user, application)  # type: ignore[arg-type]
        suffix = name.rpartition(".")[2]
        return serve(request, name, public=False, download_as=f"application-{key}.{suffix}")

    def decide(self, request: HttpRequest, key: int) -> HttpResponse:
        """Yes, or no with a reason."""
        if not applications.may_review(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        application = get_object_or_404(SellerApplication.objects.select_related("shop"), pk=key)
        form = DecisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._decided(request, key, form):
            return redirect("admin:commerce_sellerapplication_change", key)
        context = {
            **self.admin_site.each_context(request),
            "title": application.shop.name,
            "opts": self.opts,
            "form": form,
            "application": application,
        }
        return render(request, "admin/commerce/sellerapplication/decide.html", context)

    @staticmethod
    def _decided(request: HttpRequest, key: int, form: DecisionForm) -> bool:
        reviewer: Any = request.user
        try:
            if "accept" in request.POST:
                applications.accept(reviewer, key)
            else:
                applications.refuse(reviewer, key, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error.messages[0])
        except Coded as error:
            form.add_error(None, error.detail)
        else:
            messages.success(request, _("Done. The seller is told."))
            return True
        return False

    @display(description=gettext_lazy("state"), label=STATES, ordering="state")
    def shown_state(self, application: SellerApplication) -> tuple[str, str]:
        return application.state, application.get_state_display()

    @display(description=gettext_lazy("owner"))
    def owner(self, application: SellerApplication) -> str:
        owner = application.shop.owner
        return f"@{owner.username}" if owner else "-"

    @display(description=gettext_lazy("identity document"))
    def document_link(self, application: SellerApplication) -> SafeString | str:
        if not application.document:
            return "-"
        address = reverse("admin:commerce_sellerapplication_file", args=[application.pk])
        return format_html('<a href="{}" download>{}</a>', address, _("Fetch it: this is logged"))

    @display(description=gettext_lazy("decision"))
    def decision(self, application: SellerApplication) -> SafeString | str:
        if application.state != SellerApplication.State.WAITING:
            return application.get_state_display()
        address = reverse("admin:commerce_sellerapplication_decide", args=[application.pk])
        return format_html('<a href="{}">{}</a>', address, _("Accept or refuse"))


@admin.register(Shop)
class ShopAdmin(ReadOnlyAdmin):
    """Shops as they are; taking one down is a case's decision."""

    list_display = ["name", "owner", "country", "currency", "shown_state", "sold_count"]
    list_filter = ["state", "country", "currency"]
    list_select_related = ["owner"]
    search_fields = ["name", "slug", "owner__username"]
    ordering = ["-created_at"]
    actions = None

    @display(description=gettext_lazy("state"), label=SHOP_STATES, ordering="state")
    def shown_state(self, shop: Shop) -> tuple[str, str]:
        return shop.state, shop.get_state_display()
