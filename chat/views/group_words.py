"""Messages that wait until a moderator of their group has read them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chat import actions
from chat.models import HeldMessage
from chat.refusals import refused
from chat.views.doors import ERRORS, TalkRequest, for_talkers, group_part_of, sentence_of


@require_GET
@for_talkers
def held(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """For those who moderate; 403 for other members."""
    membership = group_part_of(request, conversation_id)
    if not membership.may_moderate():
        raise refused("role.missing")
    group = membership.conversation
    waiting = HeldMessage.objects.for_moderator(membership)
    return render(request, "chat/held.html", {"group": group, "waiting": waiting})


@require_POST
@for_talkers
def answer_held(request: TalkRequest, conversation_id: UUID, held_id: UUID) -> HttpResponse:
    """Let it be said, or turn it away (`decline`)."""
    group = group_part_of(request, conversation_id).conversation
    approve = "decline" not in request.POST
    try:
        actions.answer_held(request.user, group, held_id, approve=approve)
        messages.success(request, _("It is said now.") if approve else _("Turned away."))
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:held", group.pk)
