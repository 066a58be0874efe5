"""Beginning a conversation: with one person, or with several."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policy.regions import GROUPS
from accounts.regions import asking as regions
from chat import actions, picking
from chat.forms import NewConversationForm, reachable
from chat.models import Conversation
from chat.views.doors import ERRORS, TalkRequest, for_talkers, sentence_of


@require_POST
@for_talkers
def direct_with(request: TalkRequest, username: str) -> HttpResponse:
    """Open the one conversation with somebody, begun if need be; with `share` that hangs on what is
    to be written, not sent yet."""
    other = get_object_or_404(reachable(request.user), username__iexact=username)
    try:
        page = actions.start_direct(request.user, other).get_absolute_url()
        share = {"share": given} if (given := request.POST.get("share")) else {}
        return redirect(f"{page}?{urlencode(share)}" if share else page)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return redirect(other)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def new_conversation(request: TalkRequest) -> HttpResponse:
    """Choose people: one makes a direct conversation, several a group."""
    form = NewConversationForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_begin(request, form))
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    chosen = request.POST.getlist("people")
    candidates = picking.candidates(request.user, "", chosen=chosen)
    return render(
        request,
        "chat/new.html",
        {"form": form, "candidates": candidates},
        status=422 if form.is_bound else 200,
    )


def _begin(request: TalkRequest, form: NewConversationForm) -> Conversation:
    people = list(form.cleaned_data["people"])
    if len(people) == 1 and not form.cleaned_data["title"]:
        return actions.start_direct(request.user, people[0])
    regions.permit(request, GROUPS)
    group = actions.create_group(request.user, title=form.cleaned_data["title"], members=people)
    for missing in group.not_added:
        messages.warning(request, f"{missing.person.name}: {missing.detail}")
    return group


@require_GET
@for_talkers
def people(request: TalkRequest) -> HttpResponse:
    """People to choose from, friends first, as list items."""
    words = request.GET.get("q", "").strip()[:80]
    candidates = picking.candidates(request.user, words)
    return render(request, "chat/_candidates.html", {"candidates": candidates, "words": words})
