"""The list of conversations, the tray of requests and the number on the rail."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chat import pages, picking
from chat.views.doors import TalkRequest, for_talkers


def _inbox(request: TalkRequest) -> dict[str, Any]:
    words = request.GET.get("q", "").strip()[:80]
    show = request.GET.get("show", "all")
    user = request.user
    rows = pages.inbox_rows(user, words=words, show=show)
    return {
        "rows": rows,
        "words": words,
        "show": show,
        "waiting": pages.waiting_count(user),
        "people": picking.strangers_to_rows(user, words, rows) if words else [],
        "friends": picking.friends(user)[:6] if not rows and not words and show == "all" else [],
    }


@require_GET
@for_talkers
def inbox(request: TalkRequest) -> HttpResponse:
    """All conversations; for htmx the list alone."""
    context = _inbox(request)
    template = "chat/_rows.html" if request.htmx else "chat/inbox.html"
    response = render(request, template, context)
    response["X-Waiting"] = str(context["waiting"])
    return response


@require_GET
@for_talkers
def unread(request: TalkRequest) -> HttpResponse:
    """The number on the rail, for a page that stays open."""
    return JsonResponse({"unread": pages.unread_total(request.user)})


@require_GET
@for_talkers
def requests_tray(request: TalkRequest) -> HttpResponse:
    """R12, R20: who asks to write, and which groups invite."""
    waiting = pages.waiting_rows(request.user)
    return render(request, "chat/requests.html", {"requests": waiting, "waiting": len(waiting)})
