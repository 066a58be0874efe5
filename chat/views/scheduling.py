"""Messages for later: the lists, and what can be done with each; works without JavaScript."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chat import actions, pages
from chat.forms import ScheduledForm, ScheduleForm
from chat.models import Membership
from chat.rights import Right
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    active_part_of,
    back,
    do_and_return,
    for_talkers,
    sentence_of,
)

LIST = "chat:all_scheduled"


@require_GET
@for_talkers
def all_scheduled(request: TalkRequest) -> HttpResponse:
    """Everything the person has scheduled, the soonest first."""
    return render(request, "chat/scheduled.html", {"waiting": pages.scheduled_rows(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def scheduled(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What the person has scheduled in one conversation, and a form for one more."""
    membership = active_part_of(request, conversation_id)
    form = ScheduleForm(request.POST or None, request.FILES or None, initial={"client_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, conversation_id, form.cleaned_data)
            return redirect("chat:scheduled", conversation_id)
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    return _page(request, membership, form)


def _keep(request: TalkRequest, conversation_id: UUID, wanted: dict[str, Any]) -> None:
    """Files come with the form: without JavaScript nothing was uploaded before."""
    media = actions.upload_together(request.user, wanted.pop("attached"))
    actions.schedule_message(request.user, conversation_id, media=media, **wanted)


def _page(request: TalkRequest, membership: Membership, form: ScheduleForm) -> HttpResponse:
    conversation = membership.conversation
    context: dict[str, Any] = {
        "waiting": pages.scheduled_rows(request.user, conversation=conversation),
        "conversation": conversation,
        "form": form,
        "may_send_media": membership.may(Right.MEDIA) and not conversation.is_request,
    }
    status = 422 if form.is_bound else 200
    return render(request, "chat/scheduled.html", context, status=status)


@require_POST
@for_talkers
def edit_scheduled(request: TalkRequest, scheduled_id: UUID) -> HttpResponse:
    """Other words or another time."""
    form = ScheduledForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return back(request, LIST)
    return do_and_return(
        request, actions.edit_scheduled, scheduled_id, otherwise=LIST, **form.cleaned_data
    )


@require_POST
@for_talkers
def cancel_scheduled(request: TalkRequest, scheduled_id: UUID) -> HttpResponse:
    """Do not send it."""
    return do_and_return(request, actions.cancel_scheduled, scheduled_id, otherwise=LIST)


@require_POST
@for_talkers
def send_scheduled(request: TalkRequest, scheduled_id: UUID) -> HttpResponse:
    """Send it now."""
    return do_and_return(
        request, actions.send_scheduled, scheduled_id, otherwise=LIST, done=_("Sent.")
    )
