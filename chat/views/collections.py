"""A conversation's collection: the page, saving and taking out, playing through it."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chat import actions, pages
from chat.forms import ShareForm
from chat.models import Membership
from chat.players import playables
from chat.rights import Right
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of

CLIPS = 8  # of the player's, at a time
LONGEST_SEED = 10**6


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def collection(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What was saved here, the last first; POST saves `video`. For htmx the tiles alone."""
    membership = active_part_of(request, conversation_id)
    if request.method == "POST":
        return _save(request, membership)
    saved = pages.collection_of(request.user, membership.conversation)
    part = Paginator(saved, pages.TILES).get_page(request.GET.get("page"))
    context = {
        "group": membership.conversation,
        "part": part,
        "tiles": pages.tiles(request.user, membership, list(part)),
        "may_watch": membership.may(Right.WATCH),
    }
    template = "chat/watch/_tiles.html" if request.htmx else "chat/watch/collection.html"
    return render(request, template, context)


def _save(request: TalkRequest, membership: Membership) -> HttpResponse:
    try:
        actions.collect_video(
            request.user, membership.conversation, video=request.POST.get("video", "")
        )
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:collection", membership.conversation_id)


@require_POST
@for_talkers
def uncollect(request: TalkRequest, conversation_id: UUID, video_id: UUID) -> HttpResponse:
    """Take a video out of the collection."""
    conversation = active_part_of(request, conversation_id).conversation
    try:
        actions.remove_from_collection(request.user, conversation, video=video_id)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:collection", conversation.pk)


@require_safe
@for_talkers
def play_collection(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """All of it, one after the other, in an order of chance that `seed` keeps."""
    conversation = active_part_of(request, conversation_id).conversation
    seed = request.GET.get("seed", "")
    if not seed.isdecimal():
        return redirect(f"{request.path}?seed={secrets.randbelow(LONGEST_SEED)}")
    order = pages.shuffled(request.user, conversation, seed=int(seed) % LONGEST_SEED)
    part = Paginator(order, CLIPS).get_page(request.GET.get("page"))
    cards = playables.cards(request.user, list(part))
    context = {
        "group": conversation,
        "part": part,
        "seed": seed,
        "clips": [cards[key] for key in part if key in cards],
    }
    template = "chat/watch/_clips.html" if "page" in request.GET else "chat/watch/play.html"
    return render(request, template, context)


@require_POST
@for_talkers
def save_to(request: TalkRequest, video_id: UUID) -> HttpResponse:
    """From the share sheet: save this in the collections of the chosen conversations."""
    form = ShareForm(request.POST, viewer=request.user)
    words, problems = _saved_to(request, form, video_id) if form.is_valid() else ("", _wrong(form))
    if request.htmx:
        return JsonResponse({"href": "", "words": words, "problems": problems})
    for problem in problems:
        messages.error(request, problem)
    if words:
        messages.success(request, words)
    return redirect("chat:share", "video", video_id)


def _saved_to(request: TalkRequest, form: ShareForm, video_id: UUID) -> tuple[str, list[str]]:
    saved, problems = 0, []
    wanted: dict[str, Any] = form.cleaned_data
    for chosen in [*wanted["conversations"], *wanted["people"]]:
        try:
            is_place = chosen in wanted["conversations"]
            place = chosen if is_place else actions.start_direct(request.user, chosen)
            actions.collect_video(request.user, place, video=video_id)
            saved += 1
        except ERRORS as error:
            problems.append(sentence_of(error))
    words = ngettext("Saved.", "Saved in %(count)d collections.", saved) % {"count": saved}
    return (words if saved else ""), problems


def _wrong(form: ShareForm) -> list[str]:
    return [str(errors[0]) for errors in form.errors.values()] or [_("Choose who gets it.")]
