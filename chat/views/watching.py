"""Watching together, from a form: begun here, it is joined on the conversation's page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chat import actions, pages
from chat.forms import ShareForm
from chat.models import Conversation
from chat.refusals import invalid
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of


@require_POST
@for_talkers
def start_watching(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Begin with `video`, or with everything of the collection, in an order of chance."""
    conversation = active_part_of(request, conversation_id).conversation
    try:
        video, *queue = _wanted(request, conversation)
        actions.start_watching(request.user, conversation, video=video, queue=queue)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        is_from_collection = "collection" in request.POST
        page = "chat:collection" if is_from_collection else "chat:conversation"
        return redirect(page, conversation.pk)
    return redirect(_place(conversation))


def _wanted(request: TalkRequest, conversation: Conversation) -> list[Any]:
    if "collection" not in request.POST:
        return [request.POST.get("video", "")]
    saved = pages.shuffled(request.user, conversation, seed=conversation.revision)
    if not saved:
        raise invalid("watch.unknown_video")
    return saved


def _place(conversation: Conversation) -> str:
    """The conversation, whose script joins for `#watch`."""
    return f"{conversation.get_absolute_url()}#watch"


@require_POST
@for_talkers
def watch_with(request: TalkRequest, video_id: UUID) -> HttpResponse:
    """From the share sheet: watch this with one person or in one conversation."""
    form = ShareForm(request.POST, viewer=request.user)
    try:
        conversation = _company(request, form)
        actions.start_watching(request.user, conversation, video=video_id)
    except ERRORS as error:
        if request.htmx:
            return JsonResponse({"href": "", "words": "", "problems": [sentence_of(error)]})
        messages.error(request, sentence_of(error))
        return redirect("chat:share", "video", video_id)
    if request.htmx:
        return JsonResponse({"href": _place(conversation), "words": "", "problems": []})
    return redirect(_place(conversation))


def _company(request: TalkRequest, form: ShareForm) -> Conversation:
    if not form.is_valid():
        raise ValidationError(next(iter(form.errors.values()))[0])
    chosen = [*form.cleaned_data["people"], *form.cleaned_data["conversations"]]
    if len(chosen) != 1:
        raise ValidationError(_("Choose one person or conversation to watch with."))
    if isinstance(chosen[0], Conversation):
        return chosen[0]
    return actions.start_direct(request.user, chosen[0])


@require_GET
@for_talkers
def choose_video(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What there is to watch together: the collection, and what was shared here lately."""
    membership = active_part_of(request, conversation_id)
    shelves = pages.shelves(request.user, membership)
    context = {"shelves": shelves, "group": membership.conversation}
    return render(request, "chat/watch/_choose.html", context)
