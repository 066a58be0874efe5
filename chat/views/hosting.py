"""What the hosts of a channel see and do: its settings, who hosts it, who follows it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from chat import actions, picking
from chat.forms.channels import ChannelForm, HostForm
from chat.models import Membership
from chat.pages import channels as pages
from chat.views.doors import ERRORS, TalkRequest, for_talkers, running_part_of, sentence_of


def channel_part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """The part of somebody who hosts the channel; 403 for followers, 404 for all others."""
    membership = running_part_of(request, conversation_id)
    if not membership.conversation.is_channel:
        raise Http404
    return membership


@require_POST
@for_talkers
def change(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Another handle, replies open or closed."""
    conversation = channel_part_of(request, conversation_id).conversation
    form = ChannelForm(request.POST)
    if form.is_valid():
        try:
            actions.change_channel(request.user, conversation, **form.cleaned_data)
            messages.success(request, _("Saved."))
        except ERRORS as error:
            messages.error(request, sentence_of(error))
    return redirect("chat:info", conversation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def hosts(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Who hosts the channel, and friends who could; POST asks one."""
    membership = channel_part_of(request, conversation_id)
    conversation = membership.conversation
    if request.method == "POST":
        form = HostForm(request.POST)
        person = get_object_or_404(_visible(request), username__iexact=form["username"].value())
        _do(request, lambda: actions.invite_host(request.user, conversation, person))
        return redirect("chat:hosts", conversation_id)
    about = pages.run(membership)
    known = {host.user_id for host in (*about["hosts"], *about["asked"])}
    words = request.GET.get("q", "").strip()[:80]
    friends = picking.friends(request.user).matching(words).exclude(pk__in=known)[:40]
    context = {"group": conversation, "friends": friends, "sought": words, **about}
    return render(request, "chat/channels/hosts.html", context)


def _visible(request: TalkRequest):
    return User.objects.visible_to(request.user)


def _do(request: TalkRequest, act) -> None:
    try:
        act()
    except ERRORS as error:
        messages.error(request, sentence_of(error))


@require_POST
@for_talkers
def change_host(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """Hand the channel over to a co-host (`owner`), or end their part in running it."""
    conversation = channel_part_of(request, conversation_id).conversation
    person = get_object_or_404(User, username__iexact=username)
    verb = actions.hand_over_channel if "owner" in request.POST else actions.end_hosting
    _do(request, lambda: verb(request.user, conversation, person))
    if person == request.user:
        return redirect("chat:info", conversation_id)
    return redirect("chat:hosts", conversation_id)


@require_GET
@for_talkers
def followers(request: TalkRequest, conversation_id: UUID) -> HttpResponse:
    """Who follows the channel, a page at a time; a search by name."""
    membership = channel_part_of(request, conversation_id)
    words, after = request.GET.get("q", "").strip()[:80], request.GET.get("after", "")
    rows = pages.followers(membership, words, _key(after))
    context = {
        "group": membership.conversation,
        "sought": words,
        "people": rows[: pages.ROWS],
        "after": rows[pages.ROWS - 1].user_id if len(rows) > pages.ROWS else "",
        **pages.run(membership),
    }
    template = "chat/channels/_followers.html" if request.htmx else "chat/channels/followers.html"
    return render(request, template, context)


def _key(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        raise Http404 from None


@require_POST
@for_talkers
def remove_follower(request: TalkRequest, conversation_id: UUID, username: str) -> HttpResponse:
    """End somebody's following, for good with `ban`; `readmit` lets them follow again."""
    conversation = channel_part_of(request, conversation_id).conversation
    person = get_object_or_404(User, username__iexact=username)
    if "readmit" in request.POST:
        _do(request, lambda: actions.readmit(request.user, conversation, person))
    else:
        bans = "ban" in request.POST
        _do(
            request,
            lambda: actions.remove_follower(request.user, conversation, person, bans=bans),
        )
    return redirect("chat:followers", conversation_id)
