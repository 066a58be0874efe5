"""What a person keeps for themselves: settings of a conversation, its library, folders."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from chat import actions, pages, search
from chat.forms.own import FolderForm, SettingsForm
from chat.models import Conversation, Folder, Membership
from chat.views.doors import ERRORS, TalkRequest, active_part_of, for_talkers, sentence_of

LIBRARY = ("media", "link", "file", "voice", "share")
PEOPLE = 100


@require_POST
@for_talkers
def own_settings(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Keep all settings of a conversation at once; with script each is kept as it is chosen."""
    membership = _row(request, conversation_id)
    form = SettingsForm.of(membership, _other_id(membership), request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                _keep(request.user, membership, form)
            messages.success(request, _("Kept."))
        except ERRORS as error:
            messages.error(request, sentence_of(error))
    else:
        messages.error(request, _("There is no such setting."))
    return redirect("chat:info", conversation_id)


def _row(request: TalkRequest, conversation_id: UUID) -> Membership:
    mine = Membership.objects.active().filter(user=request.user, conversation=conversation_id)
    return get_object_or_404(mine.select_related("conversation").with_others(request.user))


def _other_id(membership: Membership) -> str:
    return str(membership.other.pk) if membership.other else ""


def _keep(user: User, membership: Membership, form: SettingsForm) -> None:
    wanted = dict(form.cleaned_data)
    place = membership.conversation_id
    if wanted["archived"] != form.initial["archived"]:
        actions.archive(user, place, archived=wanted["archived"])
    if wanted["pinned"] != form.initial["pinned"]:
        actions.pin_conversation(user, place, pinned=wanted["pinned"])
    if wanted["muted"]:
        actions.mute(user, place, span=wanted["muted"])
    if membership.other and wanted["nickname"] != form.initial["nickname"]:
        actions.nickname(user, place, membership.other, name=wanted["nickname"])
    fields = ("notify", "shows_reading", "shows_typing", "colour", "wallpaper")
    actions.change_settings(user, place, **{name: wanted[name] for name in fields})


@require_GET
@for_talkers
def own_people(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """What the person calls the members, and whom they silence."""
    membership = active_part_of(request, conversation_id)
    words = request.GET.get("q", "").strip()[:80]
    group = membership.conversation
    others = group.memberships.active().shown_to(membership).named(words)
    others = others.exclude(user=request.user).select_related("user").order_by("joined_at")
    names = membership.nicknames or {}
    people = [
        {
            "card": other.user.card(),
            "nickname": names.get(str(other.user_id), ""),
            "is_hushed": membership.hushes(other.user_id),
        }
        for other in others[:PEOPLE]
    ]
    return render(
        request, "chat/own_people.html", {"group": group, "people": people, "words": words}
    )


@require_POST
@for_talkers
def own_person(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Give somebody a nickname (`name`), silence them (`hush` 1) or hear them again (0)."""
    conversation = active_part_of(request, conversation_id).conversation
    person = get_object_or_404(User, username__iexact=username)
    try:
        if "name" in request.POST:
            actions.nickname(request.user, conversation, person, name=request.POST["name"])
        if "hush" in request.POST:
            hushed = request.POST["hush"] == "1"
            actions.hush(request.user, conversation, person, hushed=hushed)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return redirect("chat:own_people", conversation_id)


@require_GET
@for_talkers
def library(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Everything of one kind in a conversation, newest first; for htmx what follows a cursor."""
    membership = active_part_of(request, conversation_id)
    kind = request.GET.get("kind", LIBRARY[0])
    context: dict[str, Any] = {"group": membership.conversation, "kind": kind, "kinds": LIBRARY}
    try:
        after = request.GET.get("after", "")
        context["page"] = search.find_in(request.user, conversation_id, kind, after=after)
    except ValidationError as error:
        context["problem"] = sentence_of(error)
    template = "chat/_library_items.html" if request.htmx else "chat/library.html"
    return render(request, template, context)


# --- Folders --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def folders(request: TalkRequest) -> HttpResponse:
    """The person's folders; POST makes one."""
    form = FolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_folder(request.user, name=form.cleaned_data["name"])
            return redirect("chat:folder", made.pk)
        except ERRORS as error:
            form.add_error("name", sentence_of(error))
    context = {"form": form, "folders": pages.folders_of(request.user)}
    return render(request, "chat/folders.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def folder(request: TalkRequest, folder_id: UUID) -> HttpResponse:
    """One folder: its name, what lies in it; POST keeps both, moves it or lets it go."""
    shown = actions.own_folder(request.user, folder_id)
    rows = pages.inbox_rows(request.user, show="any", limit=pages.MOST_ROWS)
    places = Conversation.objects.filter(pk__in=[row.conversation.pk for row in rows])
    form = FolderForm(request.POST or None, initial={"name": shown.name}, places=places)
    if "place" in request.POST or "drop" in request.POST:
        return _move_or_drop(request, shown)
    if request.method == "POST" and form.is_valid():
        try:
            _fill(request.user, shown, form)
            return redirect(f"{shown.get_absolute_url()}")
        except ERRORS as error:
            form.add_error("name", sentence_of(error))
    inside = set(shown.memberships.values_list("conversation_id", flat=True))
    context = {
        "form": form,
        "shown": shown,
        "choices": [(row, row.conversation.pk in inside) for row in rows],
        "folders": pages.folders_of(request.user),
    }
    return render(request, "chat/folder.html", context, status=422 if form.is_bound else 200)


def _fill(user: User, folder: Folder, form: FolderForm) -> None:
    with transaction.atomic():
        actions.rename_folder(user, folder.pk, name=form.cleaned_data["name"])
        chosen = [each.pk for each in form.cleaned_data["conversations"]]
        actions.fill_folder(user, folder.pk, chosen)


def _move_or_drop(request: TalkRequest, folder: Folder) -> HttpResponse:
    place = request.POST.get("place", "")
    if "drop" in request.POST:
        actions.drop_folder(request.user, folder.pk)
    elif place.isdecimal():
        actions.move_folder(request.user, folder.pk, place=int(place))
    return redirect("chat:folders")
