"""The share sheet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from chat import actions, pages, picking, sharing
from chat.forms import ShareForm
from chat.views.doors import ERRORS, TalkRequest, for_talkers, sentence_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def share(request: TalkRequest, kind: str, object_id: UUID) -> HttpResponse:
    """The share sheet: faces to tap, words to add; POST sends and says what became of each."""
    try:
        shared = sharing.resolve(request.user, f"{kind}:{object_id}")
    except ValidationError:
        raise Http404 from None
    form = ShareForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return _shared(request, f"{kind}:{object_id}", form)
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    words = request.GET.get("q", "").strip()[:80]
    places = picking.places(request.user, words)
    card = shared.thing.share_card()
    context = {"form": form, "shared": shared, "card": card, "places": places, "words": words}
    context["times"] = pages.quick_times()
    if request.htmx and "q" in request.GET:
        return render(request, "chat/_places.html", context)
    template = "chat/_share.html" if request.htmx else "chat/share.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _shared(request: TalkRequest, reference: str, form: ShareForm) -> HttpResponse:
    wanted = form.cleaned_data
    targets = actions.share(
        request.user,
        reference,
        conversations=[place.pk for place in wanted["conversations"]],
        users=list(wanted["people"]),
        group=wanted["group"],
        body=wanted["body"],
        client_id=wanted["client_id"],
        send_at=wanted["send_at"],
    )
    return told(request, targets, wanted, again=request.path)


def told(
    request: TalkRequest, targets: list[actions.Target], wanted: dict[str, Any], *, again: str
) -> HttpResponse:
    """What became of each place, for the sheet; without a script the first one opens, or, where
    nothing was sent, `again`."""
    sent = [target for target in targets if target.is_done]
    if request.htmx:
        names = [person.name for person in wanted["people"]]
        names += [place.title for place in wanted["conversations"]]
        context = {
            "targets": targets,
            "sent": sent,
            "open": sent[0] if sent else None,
            "sent_to": wanted.get("group") or (names[0] if len(names) == 1 else ""),
            "send_at": wanted.get("send_at"),
        }
        return render(request, "chat/_shared.html", context)
    for target in targets:
        if not target.is_done:
            messages.error(request, target.detail)
    if not sent:
        return redirect(again)
    if wanted.get("send_at"):
        messages.success(request, _("Scheduled."))
        return redirect("chat:all_scheduled")
    words = ngettext("Sent.", "Sent to %(count)d places.", len(sent)) % {"count": len(sent)}
    messages.success(request, words)
    return redirect("chat:conversation", sent[0].conversation_id)
