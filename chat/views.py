"""The HTML door of chat: reads through querysets, writes through actions, translates errors."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.models import User
from chat import actions, pages, picking, sharing
from chat.forms import (
    MessageForm,
    NewConversationForm,
    PeopleForm,
    ShareForm,
    TitleForm,
    reachable,
)
from chat.models import Conversation, Membership

View = Callable[..., HttpResponse]


def for_talkers(view: View) -> View:
    """Signed in and old enough (R2: conversations do not exist under 16); never from a cache."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy.permit(policy.may_use_messages(request.user.person))
        return view(request, *args, **kwargs)

    return wrapped


def part_of(request: HttpRequest, conversation_id: UUID) -> Membership:
    """The person's present part in the conversation; for everybody else it does not exist."""
    memberships = Membership.objects.current().select_related("conversation")
    return get_object_or_404(memberships, conversation=conversation_id, user=request.user)


def active_part_of(request: HttpRequest, conversation_id: UUID) -> Membership:
    """As `part_of`, of somebody who takes part in a group."""
    membership = part_of(request, conversation_id)
    if not membership.is_active or membership.conversation.is_direct:
        raise Http404
    return membership


def sentence_of(error: Exception) -> str:
    """What a person reads of any error an action raises."""
    if isinstance(error, ValidationError):
        return error.messages[0]
    return str(getattr(error, "detail", error))


ERRORS = (Refused, Conflict, Unavailable, ValidationError)


# --- Inbox ----------------------------------------------------------------------------------------


def _inbox(request: HttpRequest) -> dict[str, Any]:
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
def inbox(request: HttpRequest) -> HttpResponse:
    """All conversations; for htmx the list alone."""
    context = _inbox(request)
    template = "chat/_rows.html" if request.htmx else "chat/inbox.html"
    response = render(request, template, context)
    response["X-Waiting"] = str(context["waiting"])
    return response


@require_GET
@for_talkers
def unread(request: HttpRequest) -> HttpResponse:
    """The number on the rail, for a page that stays open."""
    return JsonResponse({"unread": pages.unread_total(request.user)})


@require_GET
@for_talkers
def requests_tray(request: HttpRequest) -> HttpResponse:
    """R12, R20: who asks to write, and which groups invite."""
    waiting = pages.waiting_rows(request.user)
    return render(request, "chat/requests.html", {"requests": waiting, "waiting": len(waiting)})


# --- One conversation -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The talk, beside the inbox on wide screens; POST says something without JavaScript."""
    membership = part_of(request, conversation_id)
    if request.method == "POST":
        return _say(request, membership)
    return _talk_page(request, membership, MessageForm(initial={"client_id": uuid4()}))


def _say(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = MessageForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.send_message(request.user, membership.conversation, **form.cleaned_data)
            return redirect(membership.conversation)
        except ERRORS as error:
            form.add_error("body", sentence_of(error))
            status = 403 if isinstance(error, Refused) else 422
    return _talk_page(request, membership, form, status=status)


def _talk_page(
    request: HttpRequest, membership: Membership, form: MessageForm, *, status: int = 200
) -> HttpResponse:
    if membership.state == Membership.State.INVITED:
        context: dict[str, Any] = {"invitation": membership}
    else:
        talk = pages.talk_of(request.user, membership)
        context = {"talk": talk, "form": form, "quick_emoji": actions.EMOJI}
    return render(request, "chat/conversation.html", context, status=status)


@require_GET
@for_talkers
def older(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The messages before a place, as list items; the header says whether there are more."""
    membership = part_of(request, conversation_id)
    before = request.GET.get("before", "")
    if membership.state == Membership.State.INVITED or not before.isdecimal():
        raise Http404
    shown, has_older = pages.older(request.user, membership, before=int(before))
    response = render(request, "chat/_messages.html", {"messages": shown})
    response["X-Has-Older"] = "1" if has_older else "0"
    return response


@require_POST
@for_talkers
def accept(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say yes to a request or an invitation."""
    membership = part_of(request, conversation_id)
    try:
        actions.accept(request.user, membership.conversation)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return redirect("chat:requests")
    return redirect(membership.conversation)


@require_POST
@for_talkers
def decline(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say no; with `block`, for good."""
    membership = part_of(request, conversation_id)
    actions.decline(request.user, membership.conversation, block="block" in request.POST)
    messages.success(request, _("Declined. They are not told."))
    return redirect("chat:requests")


# --- Beginning one --------------------------------------------------------------------------------


@require_POST
@for_talkers
def direct_with(request: HttpRequest, username: str) -> HttpResponse:
    """Open the one conversation with somebody, begun if need be."""
    other = get_object_or_404(reachable(request.user), username__iexact=username)
    try:
        return redirect(actions.start_direct(request.user, other))
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return redirect(other)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def new_conversation(request: HttpRequest) -> HttpResponse:
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


def _begin(request: HttpRequest, form: NewConversationForm) -> Conversation:
    people = list(form.cleaned_data["people"])
    if len(people) == 1 and not form.cleaned_data["title"]:
        return actions.start_direct(request.user, people[0])
    group = actions.create_group(request.user, title=form.cleaned_data["title"], members=people)
    for missing in group.not_added:
        messages.warning(request, f"{missing.person.name}: {missing.detail}")
    return group


@require_GET
@for_talkers
def people(request: HttpRequest) -> HttpResponse:
    """People to choose from, friends first, as list items."""
    words = request.GET.get("q", "").strip()[:80]
    candidates = picking.candidates(request.user, words)
    return render(request, "chat/_candidates.html", {"candidates": candidates, "words": words})


# --- A group's own page ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def info(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Who is in the group; POST gives it another name."""
    membership = active_part_of(request, conversation_id)
    group = membership.conversation
    form = TitleForm(request.POST or None, initial={"title": group.title})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(request.user, group, title=form.cleaned_data["title"])
            return redirect("chat:info", group.pk)
        except ERRORS as error:
            form.add_error("title", sentence_of(error))
    about = pages.group_info(request.user, membership)
    context = {**about, "form": form}
    return render(request, "chat/info.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def add_people(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Add friends (R20); what the rules say of each is told."""
    group = active_part_of(request, conversation_id).conversation
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


def _add(request: HttpRequest, group: Conversation, person: User) -> None:
    try:
        membership = actions.add_member(request.user, group, person)
    except ERRORS as error:
        messages.error(request, f"{person.name}: {sentence_of(error)}")
        return
    if membership.state == Membership.State.INVITED:
        messages.success(request, _("%(name)s gets an invitation.") % {"name": person.name})


@require_POST
@for_talkers
def remove_person(request: HttpRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Take somebody out of the group (R28)."""
    group = active_part_of(request, conversation_id).conversation
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
def leave(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Leave the group, quietly."""
    group = active_part_of(request, conversation_id).conversation
    actions.leave(request.user, group)
    messages.success(request, _("You left %(title)s.") % {"title": group.title})
    return redirect("chat:inbox")


# --- Sharing --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def share(request: HttpRequest, kind: str, object_id: UUID) -> HttpResponse:
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
    if request.htmx and "q" in request.GET:
        return render(request, "chat/_places.html", context)
    template = "chat/_share.html" if request.htmx else "chat/share.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _shared(request: HttpRequest, reference: str, form: ShareForm) -> HttpResponse:
    wanted = form.cleaned_data
    targets = actions.share(
        request.user,
        reference,
        conversations=[place.pk for place in wanted["conversations"]],
        users=list(wanted["people"]),
        body=wanted["body"],
        client_id=wanted["client_id"],
    )
    sent = [target for target in targets if target.is_sent]
    if request.htmx:
        names = [person.name for person in wanted["people"]]
        names += [place.title for place in wanted["conversations"]]
        context = {
            "targets": targets,
            "sent": sent,
            "open": sent[0] if sent else None,
            "sent_to": names[0] if len(names) == 1 else "",
        }
        return render(request, "chat/_shared.html", context)
    for target in targets:
        if not target.is_sent:
            messages.error(request, target.detail)
    if not sent:
        return redirect(request.path)
    words = ngettext("Sent.", "Sent to %(count)d places.", len(sent)) % {"count": len(sent)}
    messages.success(request, words)
    return redirect("chat:conversation", sent[0].conversation_id)
