"""How long messages stay, and streaks: what the settings of a conversation post."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from chat import actions
from chat.refusals import invalid
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of


@require_POST
@for_talkers
def set_timer(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Let new messages disappear after `seconds`, or never (0)."""
    membership = active_part_of(request, conversation_id)
    try:
        seconds = _whole(request.POST.get("seconds", ""))
        actions.set_timer(request.user, membership.conversation, seconds=seconds)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:info", conversation_id)


@require_POST
@for_talkers
def set_streaks(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Take part in the streak (`on`=1), or not."""
    membership = active_part_of(request, conversation_id)
    actions.set_streaks(request.user, membership.conversation, on=request.POST.get("on") == "1")
    return redirect("chat:info", conversation_id)


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise invalid("timer.unknown")
    return int(text)
