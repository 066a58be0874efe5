"""One message on a page of its own: what can be done with it without JavaScript, who reacted, what
it said before; and the pinned ones."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from chat import actions, mentions, pages, reactors
from chat.forms import EditForm
from chat.models import Membership
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    for_talkers,
    reading_part_of,
    sentence_of,
)

REACTIONS = 60  # on a page


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def message(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """The message and what one may do with it; POST does it: `act`, `body`, `emoji`, `at`."""
    membership = reading_part_of(request, conversation_id)
    form = EditForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, membership, seq, form)
            if request.POST["act"] == "remind":
                return redirect("chat:reminders")
            return redirect(f"{membership.conversation.get_absolute_url()}?around={seq}")
        except ERRORS as error:
            form.add_error("body", sentence_of(error))
            status = 422
    return _message_page(request, membership, seq, "chat/message.html", status, form=form)


def _act(request: TalkRequest, membership: Membership, seq: int, form: EditForm) -> None:
    user, conversation = request.user, membership.conversation
    emoji, body = request.POST.get("emoji", ""), form.cleaned_data["body"]
    at = form.cleaned_data["at"] or ""
    acts: dict[str, Callable[[], Any]] = {
        "edit": lambda: actions.edit_message(
            user, conversation, seq=seq, body=body, mentions=mentions.named_in(body, membership)
        ),
        "unsend": lambda: actions.unsend_message(user, conversation, seq=seq),
        "react": lambda: actions.add_reaction(user, conversation, seq=seq, emoji=emoji),
        "unreact": lambda: actions.remove_reaction(user, conversation, seq=seq, emoji=emoji),
        "pin": lambda: actions.pin_message(user, conversation, seq=seq),
        "unpin": lambda: actions.unpin_message(user, conversation, seq=seq),
        "unlink": lambda: actions.unlink_message(user, conversation, seq=seq),
        "remind": lambda: actions.remind(user, conversation, seq=seq, remind_at=at),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act()


@require_GET
@for_talkers
def message_part(request: TalkRequest, conversation_id: UUID, seq: int, part: str) -> HttpResponse:
    """Who reacted (`reactions`), or what the viewer's own message said before (`edits`)."""
    membership = reading_part_of(request, conversation_id)
    try:
        if part == "reactions":
            given = reactors.reactions_to(request.user, membership.conversation, seq)
            found = Paginator(given, REACTIONS).get_page(request.GET.get("page"))
            return _message_page(request, membership, seq, "chat/reactions.html", given=found)
        if part == "edits":
            edits = actions.earlier(request.user, membership.conversation, seq=seq)
            return _message_page(request, membership, seq, "chat/edits.html", edits=edits)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return redirect("chat:message", conversation_id, seq)
    raise Http404


def _message_page(
    request: TalkRequest,
    membership: Membership,
    seq: int,
    template: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    item = pages.one(request.user, membership, seq)
    if item is None:
        raise Http404
    conversation = membership.conversation
    context |= {
        "item": item,
        "membership": membership,
        "conversation": conversation,
        "times": pages.quick_times(),
        "is_pinned": seq in (conversation.pins or []),
        "may_edit": item.message.editable_by(request.user),
        "may_unsend": item.message.unsendable_by(request.user),
        "may_unlink": item.is_mine and "links" in item.hanging,
        "may_pin": membership.may("pin"),
    }
    if request.htmx:
        template = template.replace("chat/", "chat/_")
    return render(request, template, context, status=status)


@require_GET
@for_talkers
def pins(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """The pinned messages, the newest pin first."""
    membership = reading_part_of(request, conversation_id)
    conversation = membership.conversation
    lines = pages.pinned_lines(request.user, conversation, pages.blocked_ids(request.user))
    context = {
        "pins": lines,
        "conversation": conversation,
        "membership": membership,
        "may_pin": membership.may("pin"),
    }
    template = "chat/_pins.html" if request.htmx else "chat/pins.html"
    return render(request, template, context)
