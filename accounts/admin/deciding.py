"""What a table of things offers that moderators decide on (MODERATED): a case, nothing without."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused
from accounts.moderation import cases, queue, roles

if TYPE_CHECKING:
    from unfold.admin import ModelAdmin as Base
else:
    Base = object


class DecidedOn(Base):
    """An admin of things of one kind, `decided_as`."""

    decided_as: str

    @admin.action(description=_("Decide on it: open a case"), permissions=["decide"])
    def decide_on(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Whoever chose them holds their cases, and is shown them."""
        opened = [case for thing in queryset if (case := self._opened(request, thing))]
        if len(opened) == 1:
            return redirect("admin:accounts_case_change", opened[0].pk)
        if not opened:
            return None
        mine = urlencode({"holder": queue.MINE})
        return redirect(f"{reverse('admin:accounts_case_changelist')}?{mine}")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return roles.may_decide(request.user)  # type: ignore[arg-type]

    def _opened(self, request: HttpRequest, thing: Any) -> Any:
        try:
            return cases.bring_up(request.user, self.decided_as, thing.pk)  # type: ignore[arg-type]
        except (Refused, Conflict) as refusal:
            messages.error(request, f"{thing}: {refusal.detail}")
            return None
