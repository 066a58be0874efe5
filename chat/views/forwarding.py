"""The sheet that sends messages on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.policy import FORWARD_HOPS
from chat import actions, picking
from chat.actions.forwards import chosen
from chat.forms import ForwardForm
from chat.models import Membership
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of
from chat.views.sharing import told


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def forward(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Faces to tap for the messages at `?seq=1&seq=2`; POST sends them and says what became of
    each place."""
    membership = active_part_of(request, conversation_id)
    seqs = _seqs(request)
    form = ForwardForm(request.POST or None, viewer=request.user)
    try:
        found = chosen(request.user, membership.conversation, seqs)
        if request.method == "POST" and form.is_valid():
            return _forwarded(request, membership, seqs, form)
    except ERRORS as error:
        found = []
        if not form.is_bound:
            messages.error(request, sentence_of(error))
            return redirect(membership.conversation)
        form.add_error(None, sentence_of(error))
    words = request.GET.get("q", "").strip()[:80]
    context = {
        "form": form,
        "action": request.get_full_path(),
        "count": len(seqs),
        "messages_forwarded": found,
        "is_viral": any((message.hops or 0) >= FORWARD_HOPS for message in found),
        "places": picking.places(request.user, words),
        "words": words,
    }
    if request.htmx and "q" in request.GET:
        return render(request, "chat/_places.html", context)
    template = "chat/_forward.html" if request.htmx else "chat/forward.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _seqs(request: TalkRequest) -> list[int]:
    places = request.GET.getlist("seq")
    if not places or not all(place.isdecimal() and len(place) < 19 for place in places):
        raise Http404
    return [int(place) for place in places]


def _forwarded(
    request: TalkRequest, membership: Membership, seqs: list[int], form: ForwardForm
) -> HttpResponse:
    wanted = form.cleaned_data
    targets = actions.forward(
        request.user,
        membership.conversation,
        seqs=seqs,
        conversations=[place.pk for place in wanted["conversations"]],
        users=list(wanted["people"]),
        client_id=wanted["client_id"],
    )
    return told(request, targets, wanted, again=request.get_full_path())
