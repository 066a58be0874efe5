"""Channels: found, followed, made."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chat import actions
from chat.forms.channels import NewChannelForm
from chat.models import Channel
from chat.pages import channels as pages
from chat.views.doors import ERRORS, TalkRequest, for_talkers, sentence_of


@require_GET
@for_talkers
def channels(request: TalkRequest) -> HttpResponse:
    """Channels of the people one follows, and one's own."""
    context = {
        "found": pages.of_followed(request.user),
        "own": pages.of_person(request.user, request.user),
        "asked": pages.asked_to_host(request.user),
    }
    return render(request, "chat/channels/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_talkers
def new_channel(request: TalkRequest) -> HttpResponse:
    """Make one."""
    form = NewChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.create_channel(request.user, **form.cleaned_data))
        except ERRORS as error:
            noun = str(getattr(error, "code", "")).split(".")[0]
            form.add_error(noun if noun in form.fields else None, sentence_of(error))
    status = 422 if form.is_bound else 200
    return render(request, "chat/channels/new.html", {"form": form}, status=status)


def _channel(request: TalkRequest, handle: str) -> Channel:
    return get_object_or_404(pages.found_by(request.user).named(handle))


@require_GET
@for_talkers
def channel(request: TalkRequest, handle: str) -> HttpResponse:
    """What everybody may know of a channel: who runs it, what it is about, how many follow it."""
    (row,) = pages.channel_rows([_channel(request, handle)], request.user)
    return render(request, "chat/channels/channel.html", {"row": row})


def _act(request: TalkRequest, handle: str, verb: Callable[..., Any]) -> bool:
    """Do it to this channel; whether it was done, else the sentence is shown."""
    try:
        verb(request.user, _channel(request, handle).conversation)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
        return False
    return True


@require_POST
@for_talkers
def follow(request: TalkRequest, handle: str) -> HttpResponse:
    """Follow it, and read."""
    if _act(request, handle, actions.follow_channel):
        return redirect(_channel(request, handle).conversation)
    return redirect("chat:channel", handle)


@require_POST
@for_talkers
def unfollow(request: TalkRequest, handle: str) -> HttpResponse:
    """Follow it no longer."""
    if _act(request, handle, actions.leave_channel):
        messages.success(request, _("You do not follow it any more."))
    return redirect("chat:channel", handle)


@require_POST
@for_talkers
def answer_hosting(request: TalkRequest, handle: str) -> HttpResponse:
    """Say yes (`accept`) or no to hosting it."""
    if "accept" in request.POST:
        if _act(request, handle, actions.accept_hosting):
            return redirect(_channel(request, handle).conversation)
    else:
        _act(request, handle, actions.decline_hosting)
    return redirect("chat:channel", handle)
