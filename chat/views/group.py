"""A conversation's own page: name it, add, remove, leave."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import media
from chat import actions, pages, picking
from chat.actions.group_settings import PICTURES
from chat.forms import PeopleForm
from chat.forms.groups import AboutForm, SilenceForm
from chat.models import Conversation, JoinRequest, Membership
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
    """What there is to know and set about a conversation; POST gives a group name and words."""
    membership = active_part_of(request, conversation_id)
    group = membership.conversation
    form = AboutForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            actions.rename(request.user, group, title=form.cleaned_data["title"])
            if words := form.words():
                actions.describe(request.user, group, **words)
            return redirect("chat:info", group.pk)
        except ERRORS as error:
            form.add_error(_field_of(error), sentence_of(error))
    return _info(request, membership, form)


def _field_of(error: Exception) -> str | None:
    """Beside which field its sentence stands: the code's first word, where that is one."""
    noun = str(getattr(error, "code", "")).split(".")[0]
    return noun if noun in {"description", "rules"} else "title"


def _info(
    request: TalkRequest, membership: Membership, form: AboutForm | None = None, problem: str = ""
) -> HttpResponse:
    words, page = request.GET.get("q", "").strip()[:80], request.GET.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    about = pages.info(request.user, membership, words=words, number=number)
    context = {**about, "form": form, "problem": problem, "silences": SilenceForm.CHOICES}
    template = "chat/channels/info.html" if "channel" in about else "chat/info.html"
    return render(request, template, context, status=422 if form or problem else 200)


@require_POST
@for_talkers
def set_group_picture(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Another picture of the group, or (`remove`) none."""
    membership = group_part_of(request, conversation_id)
    try:
        if "remove" in request.POST:
            actions.remove_picture(request.user, membership.conversation)
        elif file := request.FILES.get("file"):
            actions.set_picture(request.user, membership.conversation, file)
        else:
            raise ValidationError(_("Choose a picture first."), code="avatar.type")
    except ValidationError as error:
        return _info(request, membership, problem=sentence_of(error))
    return redirect("chat:info", conversation_id)


@require_GET
@for_talkers
def group_picture(request: TalkRequest, conversation_id: UUID, name: str) -> HttpResponseBase:
    """The group's picture, for who takes part, and for whoever may find a channel or fan group; the
    address of an earlier one leads nowhere."""
    group = Conversation.objects.found_by(request.user).filter(pk=conversation_id).first()
    group = group or group_part_of(request, conversation_id).conversation
    if group.picture != f"{PICTURES}/{name}":
        raise Http404
    return media.serve(request, group.picture, public=False)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def add_people(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Add friends (R20); what the rules say of each is told."""
    group = group_part_of(request, conversation_id).conversation
    form = PeopleForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, actions.add_members(request.user, group, form.cleaned_data["people"]))
        except ERRORS as error:
            messages.error(request, sentence_of(error))
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


def _tell(request: TalkRequest, added: actions.Added) -> None:
    for refusal in added.not_added:
        messages.error(request, f"{refusal.person.name}: {refusal.detail}")
    for entry in added.entries:
        if entry.state == Membership.State.INVITED:
            words = _("%(name)s gets an invitation.")
            messages.success(request, words % {"name": entry.user.name})
        if entry.state == JoinRequest.State.WAITING:
            words = _("%(name)s waits for approval.")
            messages.success(request, words % {"name": entry.user.name})


@require_POST
@for_talkers
def leave(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Leave the group, quietly."""
    group = group_part_of(request, conversation_id).conversation
    actions.leave(request.user, group)
    messages.success(request, _("You left %(title)s.") % {"title": group.title})
    return redirect("chat:inbox")
