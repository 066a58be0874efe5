"""Who comes in: staff with a role for cases, each to those of their own work."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import Case, User
from accounts.moderation import queue, roles

Answered = TypeVar("Answered", bound=HttpResponseBase)


class DeskRequest(HttpRequest):
    """A request of staff whose second factor the admin site has seen."""

    user: User


def for_moderators(view: Callable[..., Answered]) -> Callable[..., Answered]:
    """403 for staff without a role; nothing is kept by the browser."""

    @never_cache
    @wraps(view)
    def asked(request: DeskRequest, *args: Any, **kwargs: Any) -> Answered:
        if not roles.roles_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


def case_for(user: User, case_id: UUID | str) -> Case:
    """The case, where this member of staff may work on it; `Http404` else."""
    found = queue.workable_by(user).select_related(
        "owner", "claimed_by", "appeal__decision__case", "appeal__decision__moderator"
    )
    try:
        return found.get(pk=case_id)
    except (Case.DoesNotExist, ValidationError):
        raise Http404 from None


def shown(
    request: DeskRequest, template: str, *, title: Any, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the admin's frame."""
    frame = admin.site.each_context(request)
    own = {
        "title": title,
        "may_confirm": roles.may_confirm(request.user),
        "may_see_statistics": roles.may_see_statistics(request.user),
    }
    return render(request, f"admin/cases/{template}", {**frame, **own, **context}, status=status)
