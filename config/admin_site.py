"""The admin site: for staff only, and only in a session that used a second factor."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.sites import UnfoldAdminSite


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


class MedleyAdminSite(UnfoldAdminSite):
    """unfold's site behind allauth's sign-in; its own sign-in form asks for no second factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and used_second_factor(request)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to whichever page brings the person a step nearer."""
        if self.has_permission(request):
            return redirect("admin:index")
        if not request.user.is_authenticated:
            return self._onwards("account_login", request)
        if not super().has_permission(request):
            raise PermissionDenied
        if is_mfa_enabled(request.user):
            return self._onwards("mfa_reauthenticate", request)
        messages.info(request, _("Set up a second factor first: the admin asks for it."))
        return self._onwards("mfa_activate_totp", request)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """A table in which something waits for a decision says how many."""
        apps = super().get_app_list(request, app_label)
        for table in (table for app in apps for table in app["models"]):
            count = getattr(self._registry[table["model"]], "waiting_count", None)
            if count and (number := count()):
                table["name"] = f"{table['name']} ({number})"
        return apps

    def _onwards(self, page: str, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse(page)}?{urlencode({'next': wanted})}")

    @method_decorator(require_POST)
    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out through allauth, so that open sockets end too."""
        get_adapter().logout(request)
        return redirect("account_login")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The product's own page; it ends the other sessions."""
        return redirect("account_change_password")
