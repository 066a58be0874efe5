"""Followers' replies under a channel's post."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refused
from chat import actions, pages
from chat.actions.replies import post_for
from chat.forms.channels import ReplyForm
from chat.models import Membership, Message
from chat.pages import channels
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def replies(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """The post with what followers reply; POST replies. htmx gets the inner part alone."""
    part = active_part_of(request, conversation_id)
    try:
        membership, post = post_for(request.user, part.conversation, seq)
    except Refused:
        raise Http404 from None
    form, status = ReplyForm(request.POST or None, initial={"client_id": uuid4()}), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(request.user, membership.conversation, seq=seq, **form.cleaned_data)
            return redirect("chat:replies", conversation_id, seq)
        except ERRORS as error:
            form.add_error("body", sentence_of(error))
            status = 403 if isinstance(error, Refused) else 422
    context = _context(request, membership, post) | {"form": form}
    template = "chat/channels/_replies.html" if request.htmx else "chat/channels/replies.html"
    return render(request, template, context, status=status)


def _context(request: TalkRequest, membership: Membership, post: Message) -> dict[str, Any]:
    before = request.GET.get("before", "")
    try:
        rows = channels.replies(request.user, post.pk, before and str(UUID(before)))
    except ValueError:
        raise Http404 from None
    return {
        "post": pages.one(request.user, membership, post.seq),
        "group": membership.conversation,
        "replies": rows[-channels.REPLIES :],
        "earlier": rows[1].pk if len(rows) > channels.REPLIES else "",
        "runs": membership.runs_group(),
        "is_open": membership.conversation.channel.opens_replies and not post.is_unsent,
        "viewer": request.user,
    }


@require_POST
@for_talkers
def remove_reply(
    request: TalkRequest, conversation_id: UUID, seq: int, reply_id: UUID
) -> HttpResponse:
    """Take one's own reply back; hosts take any away."""
    conversation = active_part_of(request, conversation_id).conversation
    try:
        actions.remove_reply(request.user, conversation, reply_id)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:replies", conversation_id, seq)
