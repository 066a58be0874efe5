"""The ways into a group: links for those who run it, the page a link opens, those who wait."""

from typing import Any
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import media
from accounts.errors import Refused
from accounts.models import User
from chat import actions, entrances
from chat.forms.groups import InviteForm, JoinForm
from chat.models import Conversation, JoinRequest
from chat.pages.faces import group_card
from chat.refusals import refused
from chat.views.doors import (
    ERRORS,
    TalkRequest,
    for_talkers,
    group_part_of,
    running_part_of,
    sentence_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def links(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """The group's links; POST makes one, which is shown this once."""
    group = running_part_of(request, conversation_id).conversation
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_invite(request.user, group, **form.cleaned_data)
            return _links(request, group, form=InviteForm(), made=made)
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    return _links(request, group, form=form, status=422 if form.is_bound else 200)


def _links(
    request: TalkRequest, group: Conversation, *, status: int = 200, **context: Any
) -> HttpResponse:
    made = context.get("made")
    url = made and request.build_absolute_uri(reverse("chat:join", args=[made.token]))
    context |= {"group": group, "links": entrances.invites_of(group), "url": url}
    return render(request, "chat/links.html", context, status=status)


@require_POST
@for_talkers
def withdraw_link(request: TalkRequest, conversation_id: UUID, invite_id: UUID) -> HttpResponse:
    """Let nobody more come by it."""
    group = group_part_of(request, conversation_id).conversation
    actions.revoke_invite(request.user, group, invite_id)
    messages.success(request, _("Nobody more comes by this link."))
    return redirect("chat:links", group.pk)


@require_GET
@for_talkers
def waiting(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Who asks to join, with what they answered."""
    membership = group_part_of(request, conversation_id)
    if not membership.may_approve():
        raise refused("role.missing")
    group = membership.conversation
    asking = entrances.waiting_in(group)
    return render(request, "chat/waiting.html", {"group": group, "asking": asking})


@require_POST
@for_talkers
def answer(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Let somebody in, or (`decline`) turn them away."""
    group = group_part_of(request, conversation_id).conversation
    person = get_object_or_404(User, username__iexact=username)
    verb = actions.turn_away if "decline" in request.POST else actions.approve
    try:
        verb(request.user, group, person)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:waiting", group.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def join(request: TalkRequest, token: str) -> HttpResponse:
    """What the group behind a link is, its rules and questions; POST joins or asks to."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.join(
                request.user,
                token,
                accepted=form.cleaned_data["accepted"],
                answers=form.answers(),
            )
            return _joined(sent, token)
        except ERRORS as error:
            form.add_error(None, sentence_of(error))
    return _join_page(request, token, form)


def _joined(request: JoinRequest, token: str) -> HttpResponse:
    if request.state == JoinRequest.State.JOINED:
        return redirect("chat:conversation", request.conversation_id)
    return redirect("chat:join", token)


def _join_page(request: TalkRequest, token: str, form: JoinForm) -> HttpResponse:
    try:
        opening = entrances.opening(request.user, actions.open_invite(request.user, token))
    except Refused as refusal:
        return render(request, "chat/join.html", {"problem": refusal.detail}, status=403)
    group = opening.invite.conversation
    if opening.state == JoinRequest.State.JOINED and not form.is_bound:
        return redirect(group)
    picture = reverse("chat:join_picture", args=[token]) if group.picture else ""
    context = {
        "opening": opening,
        "group_face": {**group_card(group), "avatar": picture},
        "token": token,
        "form": form,
        "questions": zip(opening.card["questions"], _answers(form, opening), strict=True),
    }
    return render(request, "chat/join.html", context, status=422 if form.is_bound else 200)


def _answers(form: JoinForm, opening: entrances.Opening) -> list[str]:
    """What was typed so far, one for each question."""
    count = len(opening.card["questions"])
    typed = form.answers() if form.is_bound else []
    return [*typed, *[""] * count][:count]


@require_POST
@for_talkers
def withdraw(request: TalkRequest, token: str) -> HttpResponse:
    """Ask no longer."""
    actions.withdraw(request.user, token)
    return redirect("chat:join", token)


@require_GET
@for_talkers
def join_picture(request: TalkRequest, token: str) -> HttpResponseBase:
    """The group's picture, for whoever may open the link."""
    picture = actions.open_invite(request.user, token).conversation.picture
    if not picture:
        raise Http404
    return media.serve(request, picture, public=False)


@require_GET
@for_talkers
def join_code(request: TalkRequest, token: str) -> HttpResponse:
    """The link as a QR code, an SVG, for whoever may open it."""
    actions.open_invite(request.user, token)
    url = request.build_absolute_uri(reverse("chat:join", args=[token]))
    code = qrcode.make(url, image_factory=qrcode.image.svg.SvgPathImage, border=2)
    return HttpResponse(code.to_string(), content_type="image/svg+xml")
