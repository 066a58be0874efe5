"""Fan groups: made, looked at, joined."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chat import actions
from chat.forms.channels import FanGroupForm
from chat.models import Membership
from chat.pages.faces import group_card
from chat.views.doors import ERRORS, TalkRequest, for_talkers, sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def new_fan_group(request: TalkRequest) -> HttpResponse:
    """Make a group that fans join by themselves."""
    form = FanGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            group = actions.create_fan_group(
                request.user,
                title=wanted["title"],
                description=wanted["description"],
                rules=form.rules(),
            )
            return redirect(group)
        except ERRORS as error:
            noun = str(getattr(error, "code", "")).split(".")[0]
            form.add_error(noun if noun in form.fields else None, sentence_of(error))
    status = 422 if form.is_bound else 200
    return render(request, "chat/channels/new_fan_group.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def fan_group(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What it asks for and what is still missing; POST joins."""
    group, problem = actions.fan_group(request.user, conversation_id), ""
    if request.method == "POST":
        given = {key: value for key, value in request.POST.items() if isinstance(value, str)}
        try:
            entry = actions.join_fan_group(request.user, group, given=_given(given))
        except ERRORS as error:
            problem = sentence_of(error)
        else:
            if isinstance(entry, Membership):
                return redirect(group)
            messages.success(request, _("You asked to join. Somebody who runs the group decides."))
            return redirect("chat:fan_group", conversation_id)
    mine = group.memberships.active().filter(user=request.user).exists()
    found = actions.join_conditions(request.user, group)
    context = {
        "group": group,
        "card": group_card(group),
        "is_member": mine,
        "problem": problem,
        "conditions": found,
        # What is entered on this page is only known to be right once it is sent.
        "may_try": all(not each.missing or each.asks_for for each in found),
        "waits": group.join_requests.waiting().filter(user=request.user).exists(),
    }
    status = 403 if problem else 200
    return render(request, "chat/channels/fan_group.html", context, status=status)


def _given(fields: dict[str, str]) -> dict[str, str]:
    """What was entered for rules: the fields `given-<kind>`."""
    return {
        name.removeprefix("given-"): value
        for name, value in fields.items()
        if name.startswith("given-")
    }
