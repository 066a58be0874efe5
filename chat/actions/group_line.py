"""A group's line, held for somebody who takes part, and the system lines said on it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.http import Http404

from accounts import policy
from accounts.models import User
from chat.line import Line, changing
from chat.models import Conversation, Membership
from chat.refusals import refused
from chat.writing.drafts import Draft
from chat.writing.storing import store


@contextmanager
def holding_group(
    actor: User, conversation: Conversation, *, or_channel: bool = False
) -> Iterator[tuple[Line, Membership]]:
    """Hold a group's line, with the actor's part in it: `Http404`, `Refused` (group.only).

    `or_channel` for what a channel is as well: who comes and goes is told to nobody there (R27), so
    verbs about people have others of their own (chat/actions/channels.py, hosting.py).
    """
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        active = line.conversation.memberships.active().select_related("user")
        membership = active.filter(user=actor).first()
        if membership is None:
            raise Http404
        if line.conversation.is_direct or (line.conversation.is_channel and not or_channel):
            raise refused("group.only")
        yield line, membership


@contextmanager
def running_group(actor: User, conversation: Conversation) -> Iterator[Line]:
    """The same for its owner and admins: `Refused` (role.missing) for everybody else in it."""
    with holding_group(actor, conversation) as (line, membership):
        if line.conversation.is_channel:
            raise refused("group.only")
        if not membership.runs_group():
            raise refused("role.missing")
        yield line


def member_of(line: Line, person: User) -> Membership:
    """Somebody's present part in the group that is held, or `Http404`."""
    current = line.conversation.memberships.current().select_related("user")
    membership = current.filter(user=person).first()
    if membership is None:
        raise Http404
    return membership


def say(
    line: Line, code: str, actor: User, *, people: Iterable[User] = (), title: str = ""
) -> None:
    """Add a system line ("Ana added Ben") to the line that is held."""
    notice = {
        "code": code,
        "actor": actor.card(),
        "people": [person.card() for person in people],
        "title": title,
    }
    draft = Draft(line.conversation.pk, notice=notice)
    outcome = store([draft], {line.conversation.pk: line})[0]
    if isinstance(outcome, Exception):
        raise outcome
