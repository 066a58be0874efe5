"""The list of cases, and how the work goes."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.admin.cases.access import DeskRequest, for_moderators, shown
from accounts.admin.cases.filtering import FilterForm, filters_of
from accounts.moderation import queue, roles
from accounts.moderation.queue import Filters
from accounts.moderation.statistics import Statistics


def filter_form(request: DeskRequest) -> FilterForm:
    """The filters as the address sets them."""
    return FilterForm(request.GET, user=request.user)


@for_moderators
@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Some of the queue, the most urgent first."""
    form = filter_form(request)
    filters = filters_of(request, form)
    query = request.GET.copy()
    query.pop("after", None)
    return shown(
        request,
        "queue.html",
        title=_("Cases"),
        form=form,
        filters=filters,
        filtered=filters != Filters(state=filters.state),
        page=queue.page(request.user, filters, request.GET.get("after", "")),
        query=query.urlencode(),
    )


@for_moderators
@require_GET
def statistics(request: DeskRequest) -> HttpResponse:
    """What waits, how long decisions took, who made them and what appeals changed."""
    if not roles.may_see_statistics(request.user):
        raise PermissionDenied
    return shown(request, "statistics.html", title=_("Statistics"), numbers=Statistics.of_now())
