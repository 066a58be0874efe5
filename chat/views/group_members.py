"""The people of a group: the list in parts, and what is done to each of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from chat import actions, pages
from chat.forms.groups import SilenceForm
from chat.models import Conversation
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    for_talkers,
    group_part_of,
    running_part_of,
    sentence_of,
)


@require_GET
@for_talkers
def members(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """A part of the member list, as list items."""
    membership = group_part_of(request, conversation_id)
    words = request.GET.get("q", "").strip()[:80]
    page = request.GET.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    part = pages.member_page(membership, words=words, number=number)
    context = {"group": membership.conversation, "membership": membership, "page": part}
    return render(request, "chat/info/_member_rows.html", context)


def _person(username: str) -> User:
    return get_object_or_404(User, username__iexact=username)


def _do(
    request: TalkRequest,
    conversation_id: UUID,
    act: Callable[[Conversation], object],
    *,
    back: str = "chat:info",
) -> HttpResponse:
    """Do it to somebody and show the page again; what speaks against it is said above it."""
    group = group_part_of(request, conversation_id).conversation
    try:
        act(group)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect(back, group.pk)


@require_POST
@for_talkers
def give_role(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Promote or demote (R24)."""
    role, person = request.POST.get("role", ""), _person(username)
    return _do(
        request,
        conversation_id,
        lambda group: actions.give_role(request.user, group, person, role=role),
    )


@require_POST
@for_talkers
def silence(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Let somebody read but not write for a time (R26)."""
    form, person = SilenceForm(request.POST), _person(username)
    seconds = form.cleaned_data["seconds"] if form.is_valid() else -1
    return _do(
        request,
        conversation_id,
        lambda group: actions.silence(request.user, group, person, seconds=seconds),
    )


@require_POST
@for_talkers
def hand_over(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Make somebody else the owner (R24)."""
    person = _person(username)
    return _do(
        request, conversation_id, lambda group: actions.hand_over(request.user, group, person)
    )


@require_POST
@for_talkers
def remove_person(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Take somebody out of the group (R28)."""
    person = _person(username)
    return _do(
        request, conversation_id, lambda group: actions.remove_member(request.user, group, person)
    )


@require_POST
@for_talkers
def ban(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Take somebody out for good (R28)."""
    person = _person(username)
    return _do(request, conversation_id, lambda group: actions.ban(request.user, group, person))


@require_GET
@for_talkers
def banned(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Who is banned, for those who run the group."""
    group = running_part_of(request, conversation_id).conversation
    bans = group.bans.select_related("user", "banned_by")
    return render(request, "chat/banned.html", {"group": group, "bans": bans})


@require_POST
@for_talkers
def lift_ban(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Let somebody come again."""
    person = _person(username)

    def act(group: Conversation) -> None:
        actions.lift_ban(request.user, group, person)
        messages.success(request, _("%(name)s can be added or join again.") % {"name": person.name})

    return _do(request, conversation_id, act, back="chat:banned")
