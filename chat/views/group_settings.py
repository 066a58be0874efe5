"""What those who run a group decide: who may what, who writes when, how people come in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import Refused
from chat import actions, pages
from chat.forms.channels import JoinRulesForm
from chat.forms.groups import JoiningForm, QuietForm, RightsForm, SlowForm, WordsForm
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
def manage(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Rights, slow mode, freeze, quiet hours, joining: for owner and admins."""
    return _page(request, running_part_of(request, conversation_id).conversation)


def _page(
    request: TalkRequest, group: Conversation, *, status: int = 200, **context: Any
) -> HttpResponse:
    about = {**pages.manage(request.user, group), "roles": RightsForm.ROLES}
    about["slow_choices"] = SlowForm.CHOICES
    if about["may_set_rules"]:
        context.setdefault("join_rules", _rules_form(group))
    return render(request, "chat/manage.html", {**about, **context}, status=status)


def _rules_form(group: Conversation, sent: QueryDict | None = None) -> JoinRulesForm:
    return JoinRulesForm(sent, creator=group.creator, stored=pages.stored_rules(group))


def _decide(
    request: TalkRequest,
    conversation_id: UUID,
    act: Callable[[Conversation], object],
    **shown: Any,
) -> HttpResponse:
    """Do it, and show the page again: with what speaks against it, where something does."""
    group = group_part_of(request, conversation_id).conversation
    try:
        act(group)
    except Refused as refusal:
        if refusal.code == "role.missing":
            raise
        return _page(request, group, status=403, problem=refusal.detail, **shown)
    except ERRORS as error:
        return _page(request, group, status=422, problem=sentence_of(error), **shown)
    return redirect("chat:manage", group.pk)


def _sent(form: forms.Form) -> dict[str, Any]:
    """What the form holds; what is wrong with it is an error like those of verbs."""
    if not form.is_valid():
        raise ValidationError(next(iter(form.errors.values())).data)
    return form.cleaned_data


@require_POST
@for_talkers
def set_rights(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Which roles have which rights."""

    def act(group: Conversation) -> None:
        form = RightsForm(request.POST)
        _sent(form)
        actions.set_rights(request.user, group, lowest=form.lowest())

    return _decide(request, conversation_id, act)


@require_POST
@for_talkers
def set_slow_mode(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """How long members wait between messages."""

    def act(group: Conversation) -> None:
        actions.set_slow_mode(request.user, group, **_sent(SlowForm(request.POST)))

    return _decide(request, conversation_id, act)


@require_POST
@for_talkers
def freeze(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Only owner and admins write; `thaw` lets everybody again."""

    def act(group: Conversation) -> None:
        actions.freeze(request.user, group, frozen="thaw" not in request.POST)

    return _decide(request, conversation_id, act)


@require_POST
@for_talkers
def set_quiet_hours(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """When only owner and admins write; `off` ends that."""

    def act(group: Conversation) -> None:
        if "off" in request.POST:
            actions.set_quiet_hours(request.user, group, hours=None)
            return
        sent = _sent(QuietForm(request.POST))
        hours = (sent["start"], sent["end"])
        actions.set_quiet_hours(request.user, group, hours=hours, time_zone=sent["time_zone"])

    return _decide(request, conversation_id, act)


@require_POST
@for_talkers
def set_words(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Words that members cannot say, and what becomes of such a message."""
    form = WordsForm(request.POST)

    def act(group: Conversation) -> None:
        actions.set_words(request.user, group, **_sent(form))

    return _decide(request, conversation_id, act, sent_words=request.POST.get("words", ""))


@require_POST
@for_talkers
def set_joining(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Approval, history for new members, questions."""

    def act(group: Conversation) -> None:
        form = JoiningForm(request.POST)
        sent = _sent(form)
        actions.set_joining(
            request.user,
            group,
            approves=sent["approves_joins"],
            shows_history=sent["shows_history"],
            questions=form.questions(),
        )

    return _decide(request, conversation_id, act)


@require_POST
@for_talkers
def set_join_rules(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What people need to join by themselves; nothing makes it a group like others."""
    form = _rules_form(running_part_of(request, conversation_id).conversation, request.POST)

    def act(group: Conversation) -> None:
        _sent(form)
        actions.set_join_rules(request.user, group, rules=form.rules())

    return _decide(request, conversation_id, act, join_rules=form)
