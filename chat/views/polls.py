"""Polls: all of a conversation's, a new one, voting without JavaScript, who voted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import Refused
from chat import actions, pages
from chat.cards import polls
from chat.forms import PollForm
from chat.models import Conversation
from chat.rights import Right
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of


@require_GET
@for_talkers
def list_polls(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """All polls of the conversation, newest first."""
    membership = active_part_of(request, conversation_id)
    before = request.GET.get("before", "")
    place = int(before) if before.isdecimal() else None
    found, more = pages.polls_of(request.user, membership.conversation, before=place, limit=20)
    context = {
        "conversation": membership.conversation,
        "polls": pages.asked(membership, found),
        "before": found[-1].seq if more else None,
        "may_ask": membership.may(Right.POLL),
    }
    return render(request, "chat/polls/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def new_poll(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Ask something; for htmx and the sheet the form alone."""
    conversation = active_part_of(request, conversation_id).conversation
    sent = request.POST if request.method == "POST" else None
    form = PollForm(sent, initial={"client_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_message(
                request.user,
                conversation,
                poll=form.poll(),
                client_id=form.cleaned_data["client_id"],
            )
            return redirect(conversation)
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    template = "chat/polls/_form.html" if request.htmx else "chat/polls/new.html"
    context = {"conversation": conversation, "form": form, **form.shown()}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_POST
@for_talkers
def vote(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """The pressed answer's button holds all of one's votes as they are to be: "1,3"."""
    places = [
        int(place) for place in request.POST.get("options", "").split(",") if place.isdecimal()
    ]
    return _act(request, conversation_id, seq, actions.vote, options=places)


@require_POST
@for_talkers
def add_option(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """Add an answer."""
    text = request.POST.get("text", "")
    return _act(request, conversation_id, seq, actions.add_poll_option, text=text)


@require_POST
@for_talkers
def close_poll(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """Close it before its time."""
    return _act(request, conversation_id, seq, actions.close_poll)


def _act(
    request: TalkRequest, conversation_id: UUID, seq: int, verb: Callable[..., Any], **said: Any
) -> HttpResponse:
    conversation = active_part_of(request, conversation_id).conversation
    try:
        verb(request.user, conversation, seq=seq, **said)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect(_back(request, conversation, seq))


def _back(request: TalkRequest, conversation: Conversation, seq: int) -> str:
    if request.POST.get("next") == "list":
        return f"{conversation.get_absolute_url()}polls/#poll-{seq}"
    return f"{conversation.get_absolute_url()}#message-{seq}"


@require_GET
@for_talkers
def voters(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """Who voted for what; 403 with the reason where nobody may know."""
    conversation = active_part_of(request, conversation_id).conversation
    poll = polls.visible_poll(request.user, conversation, seq)
    context: dict[str, Any] = {"conversation": conversation, "seq": seq, "question": poll.question}
    status = 200
    try:
        context["voters"] = pages.voters_of(poll)
    except Refused as refusal:
        context["refusal"], status = refusal.detail, 403
    template = "chat/polls/_voters.html" if request.htmx else "chat/polls/voters.html"
    return render(request, template, context, status=status)
