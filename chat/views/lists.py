"""The list of conversations, what is found in them, the tray of requests, the rail's number."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chat import pages, picking, search
from chat.pages import channels
from chat.views.doors import TalkRequest, for_talkers, sentence_of

KINDS = ("photo", "video", "link", "voice", "file", "share")  # as chips of a search
SHORTEST = 2  # letters, before messages are looked through while somebody types


@require_GET
@for_talkers
def inbox(request: TalkRequest) -> HttpResponse:
    """All conversations, or those of a list or folder; with words what holds them, messages last.
    For htmx the list alone, and after a cursor the messages that follow."""
    if request.GET.get("after"):
        return render(request, "chat/_found.html", _found(request))
    context = _inbox(request)
    template = "chat/_rows.html" if request.htmx else "chat/inbox.html"
    response = render(request, template, context)
    response["X-Waiting"] = str(context["waiting"])
    return response


def _inbox(request: TalkRequest) -> dict[str, Any]:
    user, words = request.user, _words(request)
    show, folder = request.GET.get("show", "all"), _folder(request)
    found = _found(request) if words else {}
    names = found["question"].text if "question" in found else words
    limit, (folders, inside) = _limit(request), pages.drawers(user)
    rows = pages.inbox_rows(user, words=names, show=show, folder=folder, limit=limit, inside=inside)
    if words and not names:  # from:ben has:photo, and nothing else: no names to look for
        rows = []
    is_empty = not rows and not words and show == "all" and folder is None
    return {
        "rows": rows,
        "following": limit + pages.ROWS if len(rows) == limit else 0,
        "words": words,
        "show": "" if folder else show,
        "folder_id": folder,
        "folders": folders,
        "waiting": pages.waiting_count(user),
        "people": picking.strangers_to_rows(user, names, rows) if names else [],
        "friends": picking.friends(user)[:6] if is_empty else [],
        **found,
    }


def _found(request: TalkRequest) -> dict[str, Any]:
    """Messages that hold the words; a question that cannot be answered says why."""
    context: dict[str, Any] = {"words": _words(request), "within": request.GET.get("in", "")}
    context["search_kinds"] = KINDS
    try:
        question = search.Question.typed(_words(request), conversation=_within(request))
        context["question"] = question
        if question.author or question.kind or len("".join(question.words)) >= SHORTEST:
            after = request.GET.get("after", "")
            context["page"] = search.find(request.user, question, after=after)
    except ValidationError as error:
        context["problem"] = sentence_of(error)
    return context


def _words(request: TalkRequest) -> str:
    return request.GET.get("q", "").strip()[: search.LONGEST]


def _within(request: TalkRequest) -> UUID | None:
    """The one conversation that is searched, if one is."""
    with suppress(ValueError):
        return UUID(request.GET["in"]) if request.GET.get("in") else None
    raise Http404


def _folder(request: TalkRequest) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.GET["folder"]) if request.GET.get("folder") else None
    raise Http404


def _limit(request: TalkRequest) -> int:
    """As many as the page has, so that a look for news takes nothing away."""
    rows = request.GET.get("rows", "")
    return max(pages.ROWS, min(int(rows), pages.MOST_ROWS)) if rows.isdecimal() else pages.ROWS


@require_GET
@for_talkers
def unread(request: TalkRequest) -> HttpResponse:
    """The number on the rail, for a page that stays open."""
    return JsonResponse({"unread": pages.unread_total(request.user)})


@require_GET
@for_talkers
def requests_tray(request: TalkRequest) -> HttpResponse:
    """R12, R20, R27: who asks to write, which groups invite, which channels want a host."""
    waiting = pages.waiting_rows(request.user)
    asked = channels.asked_to_host(request.user)
    context = {
        "requests": waiting,
        "asked": asked,
        "waiting": len(waiting) + len(asked),
        "folders": pages.folders_of(request.user),
    }
    return render(request, "chat/requests.html", context)
