"""A thread of replies under a message of a group."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chat import actions, mentions, pages
from chat.forms import MessageForm
from chat.models import Membership
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    for_talkers,
    place_of,
    reading_part_of,
    sentence_of,
    stretch_response,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def thread(request: TalkRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """The message and what was said under it: a page, or for scripts its list items (before a
    place); POST says something there."""
    membership = reading_part_of(request, conversation_id)
    form = MessageForm(request.POST or None, initial={"client_id": uuid4()})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _say(request, membership, seq, form)
        except ERRORS as error:
            form.add_error("body", sentence_of(error))
            status = 422
    found = pages.thread(request.user, membership, seq, before=place_of(request, "before"))
    if not found.messages and not place_of(request, "before"):
        raise Http404
    if request.htmx:
        return stretch_response(request, found)
    context = {"thread": found, "root": seq, "membership": membership, "form": form}
    return render(request, "chat/thread.html", context, status=status)


def _say(request: TalkRequest, membership: Membership, seq: int, form: MessageForm) -> HttpResponse:
    said = form.cleaned_data | {"thread": seq}
    named = mentions.named_in(said["body"], membership)
    actions.send_message(request.user, membership.conversation, mentions=named, **said)
    return redirect(reverse("chat:thread", args=[membership.conversation_id, seq]))
