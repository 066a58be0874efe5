"""One conversation: read it, say something, say yes or no to it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import Refused
from chat import actions, mentions, pages, sharing
from chat.forms import TalkForm
from chat.models import Membership
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    for_talkers,
    part_of,
    place_of,
    reading_part_of,
    sentence_of,
    stretch_response,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def conversation(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """The talk, beside the inbox on wide screens; POST says something without JavaScript."""
    membership = part_of(request, conversation_id)
    if request.method == "POST":
        return _say(request, membership)
    return _talk_page(request, membership, TalkForm(initial={"client_id": uuid4()}))


def _say(request: TalkRequest, membership: Membership) -> HttpResponse:
    form = TalkForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            said["media"] = _media(request, said.pop("attached"), said.pop("sticker"))
            actions.send_message(
                request.user,
                membership.conversation,
                mentions=mentions.named_in(said["body"], membership),
                **said,
            )
            return redirect(membership.conversation)
        except ERRORS as error:
            form.add_error("body", sentence_of(error))
            status = 403 if isinstance(error, Refused) else 422
    return _talk_page(request, membership, form, status=status)


def _media(request: TalkRequest, files: list[Any], sticker: UUID | None) -> list[str]:
    """What the message shows: one of the person's stickers, or the files that came with it."""
    return [f"sticker:{sticker}"] if sticker else actions.upload_together(request.user, files)


def _talk_page(
    request: TalkRequest, membership: Membership, form: TalkForm, *, status: int = 200
) -> HttpResponse:
    if membership.state == Membership.State.INVITED:
        context: dict[str, Any] = {"invitation": membership}
    else:
        talk = pages.talk_of(request.user, membership, around=place_of(request, "around"))
        context = {"talk": talk, "form": form, "attached": _attached(request)}
    return render(request, "chat/conversation.html", context, status=status)


def _attached(request: TalkRequest) -> sharing.Shared | None:
    """What `share` hangs on the message that is being written, as far as the person may see it."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        return sharing.resolve(request.user, given["share"]) if given.get("share") else None
    except ValidationError:
        return None


@require_GET
@for_talkers
def history(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """The messages before, after or around a place, or the newest, as list items; headers say
    whether there are more on either side."""
    membership = reading_part_of(request, conversation_id)
    places = {name: place_of(request, name) for name in ("before", "after", "around")}
    found = pages.stretch(request.user, membership, **places)
    return stretch_response(request, found)


@require_POST
@for_talkers
def accept(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Say yes to a request or an invitation."""
    membership = part_of(request, conversation_id)
    try:
        actions.accept(request.user, membership.conversation)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return redirect("chat:requests")
    return redirect(membership.conversation)


@require_POST
@for_talkers
def decline(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Say no; with `block`, for good."""
    membership = part_of(request, conversation_id)
    actions.decline(request.user, membership.conversation, block="block" in request.POST)
    messages.success(request, _("Declined. They are not told."))
    return redirect("chat:requests")
