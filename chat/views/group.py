"""A conversation's own page: name it, add, remove, leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from chat import actions, pages, picking
from chat.forms import PeopleForm, TitleForm
from chat.models import Conversation, Membership
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    active_part_of,
    for_talkers,
    group_part_of,
    sentence_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def info(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What there is to know and set about a conversation; POST gives a group another name."""
    membership = active_part_of(request, conversation_id)
    group = membership.conversation
    form = TitleForm(request.POST or None, initial={"title": group.title})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(request.user, group, title=form.cleaned_data["title"])
            return redirect("chat:info", group.pk)
        except ERRORS as error:
            form.add_error("title", sentence_of(error))
    about = pages.info(request.user, membership)
    context = {**about, "form": form}
    return render(request, "chat/info.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def add_people(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Add friends (R20); what the rules say of each is told."""
    group = group_part_of(request, conversation_id).conversation
    form = PeopleForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        for person in form.cleaned_data["people"]:
            _add(request, group, person)
        return redirect("chat:info", group.pk)
    words = request.GET.get("q", "").strip()[:80]
    candidates = picking.candidates(request.user, words, group=group)
    return render(
        request,
        "chat/_candidates.html" if request.htmx else "chat/add.html",
        {
            "form": form,
            "candidates": candidates,
            "group": group,
            "words": words,
        },
        status=422 if form.is_bound else 200,
    )


def _add(request: TalkRequest, group: Conversation, person: User) -> None:
    try:
        membership = actions.add_member(request.user, group, person)
    except ERRORS as error:
        messages.error(request, f"{person.name}: {sentence_of(error)}")
        return
    if membership.state == Membership.State.INVITED:
        messages.success(request, _("%(name)s gets an invitation.") % {"name": person.name})


@require_POST
@for_talkers
def remove_person(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Take somebody out of the group (R28)."""
    group = group_part_of(request, conversation_id).conversation
    person = get_object_or_404(
        User, username__iexact=username, memberships__in=group.memberships.current()
    )
    try:
        actions.remove_member(request.user, group, person)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:info", group.pk)


@require_POST
@for_talkers
def leave(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Leave the group, quietly."""
    group = group_part_of(request, conversation_id).conversation
    actions.leave(request.user, group)
    messages.success(request, _("You left %(title)s.") % {"title": group.title})
    return redirect("chat:inbox")
