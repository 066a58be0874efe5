"""What every page of chat asks first: who is there, and what part they have."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts import policy
from accounts.errors import Conflict, Refused, Unavailable
from accounts.reading import ANY_ID, Prepared
from accounts.requests import SignedInRequest
from chat.models import Membership
from chat.pages import Stretch
from chat.refusals import refused

View = Callable[..., HttpResponseBase]


class TalkRequest(SignedInRequest):
    """A request of somebody who is signed in and may chat."""


# What actions raise and a page says in a sentence; 404 is left to Django.
ERRORS = (Refused, Conflict, Unavailable, ValidationError)


def for_talkers(view: View) -> View:
    """Signed in and old enough (R2: conversations do not exist under 16); never from a cache."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy.permit(policy.may_use_messages(request.user.person))
        return view(request, *args, **kwargs)

    return wrapped


def part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """The person's present part in the conversation; for everybody else it does not exist."""
    for membership in _own_part(request.user, conversation_id):
        membership.user = request.user
        return membership
    raise Http404


_own_part = Prepared(
    lambda viewer, conversation: (
        Membership.objects.current()
        .select_related("conversation__watching")
        .with_kept_words()
        .with_scheduled()
        .filter(conversation=conversation, user=viewer)
    ),
    ANY_ID,
)


def reading_part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """As `part_of`, of somebody who may read: they take part or are asked by a request."""
    membership = part_of(request, conversation_id)
    if membership.state == Membership.State.INVITED:
        raise Http404
    return membership


def place_of(request: TalkRequest, name: str) -> int | None:
    """A message's place in the query, or None; what is no place is 404."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def stretch_response(request: TalkRequest, found: Stretch) -> HttpResponse:
    """Messages as list items; the headers say whether there are more, and whether the place asked
    for stands in the thread of one of them."""
    response = render(request, "chat/_messages.jinja", {"messages": found.messages}, using="jinja2")
    response["X-Has-Older"] = "1" if found.has_older else "0"
    response["X-Has-Newer"] = "1" if found.has_newer else "0"
    if found.thread is not None:
        response["X-Thread"] = str(found.thread)
    return response


def active_part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """As `part_of`, of somebody who takes part."""
    membership = part_of(request, conversation_id)
    if not membership.is_active:
        raise Http404
    return membership


def group_part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """As `active_part_of`, of a group or channel."""
    membership = active_part_of(request, conversation_id)
    if membership.conversation.is_direct:
        raise Http404
    return membership


def running_part_of(request: TalkRequest, conversation_id: UUID) -> Membership:
    """As `group_part_of`, of somebody who runs it; 403 for its other members."""
    membership = group_part_of(request, conversation_id)
    if not membership.runs_group():
        raise refused("role.missing")
    return membership


def do_and_return(
    request: TalkRequest,
    verb: Any,
    about: UUID,
    *,
    otherwise: str,
    done: str = "",
    **options: Any,
) -> HttpResponse:
    """The verb, and back to the list from which it was asked."""
    try:
        verb(request.user, about, **options)
        if done:
            messages.success(request, done)
    except ERRORS as error:
        messages.error(request, sentence_of(error))
    return back(request, otherwise)


def back(request: TalkRequest, otherwise: str) -> HttpResponse:
    here = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(here, {request.get_host()}):
        return redirect(here)
    return redirect(otherwise)


def sentence_of(error: Exception) -> str:
    """What a person reads of any error an action raises."""
    if isinstance(error, ValidationError):
        return error.messages[0]
    return str(getattr(error, "detail", error))
