"""A person's reminders: the list, and what can be done with each; works without JavaScript."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chat import actions, pages
from chat.forms import MomentForm
from chat.views.doors import TalkRequest, do_and_return, for_talkers


@require_GET
@for_talkers
def reminders(request: TalkRequest) -> HttpResponse:
    """What the person wants to be reminded of, what came first."""
    context = {"reminders": pages.reminder_rows(request.user), "times": pages.quick_times()}
    return render(request, "chat/reminders.html", context)


@require_POST
@for_talkers
def move_reminder(request: TalkRequest, reminder_id: UUID) -> HttpResponse:
    """Another time, also again."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["at"][0]))
        return redirect("chat:reminders")
    moment = form.cleaned_data["at"]
    return do_and_return(
        request, actions.move_reminder, reminder_id, remind_at=moment, otherwise="chat:reminders"
    )


@require_POST
@for_talkers
def finish_reminder(request: TalkRequest, reminder_id: UUID) -> HttpResponse:
    """Done with it, or no longer wanted."""
    return do_and_return(request, actions.finish_reminder, reminder_id, otherwise="chat:reminders")
