"""Where lines about conversations lead and what they show, with the receiver's rights: one query a
kind. A line that is missing in the answer is not there for its receiver.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from accounts.notifications import Target
from chat.models import Channel, Conversation, Membership, Message, Reaction

EXCERPT = 120  # characters of a message

Lines = Collection[Any]
Targets = Mapping[UUID, Target]


def to_conversation(viewer: User, lines: Lines) -> Targets:
    """To a group or channel in which the receiver takes part (R28)."""
    mine = _parts(viewer, lines, Membership.objects.active())
    return {line.pk: _group(mine[line.about]) for line in lines if line.about in mine}


def to_queue(viewer: User, lines: Lines) -> Targets:
    """To those who wait for a yes, for who may say it."""
    mine = _parts(viewer, lines, Membership.objects.active())
    return {
        line.pk: _group(mine[line.about], reverse("chat:waiting", args=[line.about]))
        for line in lines
        if line.about in mine and mine[line.about].may_approve()
    }


def to_tray(viewer: User, lines: Lines) -> Targets:
    """To the requests and invitations that wait for the receiver; nothing is told of what asks
    them (R12, R20)."""
    waiting = _parts(viewer, lines, Membership.objects.waiting())
    tray = reverse("chat:requests")
    return {line.pk: Target(tray) for line in lines if line.about in waiting}


def to_hosting(viewer: User, lines: Lines) -> Targets:
    """To where one answers who wants one as co-host, with the channel's name: that is no secret."""
    asking = Channel.objects.visible_to(viewer).asking(viewer)
    channels = asking.filter(pk__in=[line.about for line in lines]).in_bulk()
    tray = reverse("chat:requests")
    return {
        line.pk: _named(channels[line.about].conversation, tray)
        for line in lines
        if line.about in channels
    }


def to_message(viewer: User, lines: Lines) -> Targets:
    """To the newest message (`detail`) that did it, where it stands in its group."""
    said = _messages(viewer, [line.detail for line in lines])
    return {
        line.pk: _named(said[line.detail].conversation, _place(said[line.detail]))
        for line in lines
        if line.detail in said
    }


def to_own_message(viewer: User, lines: Lines) -> Targets:
    """To one's own message that the line is about, with the newest emoji on it of whoever reacted
    last. Two queries."""
    said = _messages(viewer, [line.about for line in lines])
    given = _given([line for line in lines if line.about in said])
    return {
        line.pk: _reacted_to(said[line.about], given[line.pk]) for line in lines if line.pk in given
    }


def _reacted_to(message: Message, emoji: str) -> Target:
    words = Truncator(" ".join(message.body.split())).chars(EXCERPT)
    named = {"emoji": emoji}
    return Target(_place(message), words or message.conversation.title, named=named)


def _given(lines: Lines) -> dict[UUID, str]:
    """By line: an emoji of the latest of those whom it names and who still gives one."""
    rows = Reaction.objects.filter(
        message__in={line.about for line in lines},
        user__in={actor for line in lines for actor in line.actors},
    )
    newest = {(row.message_id, str(row.user_id)): row.emoji for row in rows}
    found = {
        line.pk: [newest[line.about, one] for one in line.actors if (line.about, one) in newest]
        for line in lines
    }
    return {key: emoji[0] for key, emoji in found.items() if emoji}


def to_poll(viewer: User, lines: Lines) -> Targets:
    """To a poll, with its question."""
    said = _messages(viewer, [line.about for line in lines], "poll")
    return {
        line.pk: Target(_place(said[line.about]), said[line.about].poll.question)
        for line in lines
        if line.about in said and hasattr(said[line.about], "poll")
    }


def _parts(viewer: User, lines: Lines, memberships: QuerySet[Membership]) -> dict[UUID, Membership]:
    """The viewer's own parts in what the lines are about, by conversation."""
    if not viewer.may_chat:
        return {}
    about = [line.about for line in lines]
    mine = memberships.filter(user=viewer, conversation__in=about)
    return {part.conversation_id: part for part in mine.select_related("conversation__creator")}


def _messages(viewer: User, keys: Iterable[UUID | None], *more: str) -> dict[UUID, Message]:
    present = Message.objects.visible_to(viewer).filter(unsent_at__isnull=True)
    return present.select_related("conversation", *more).in_bulk({key for key in keys if key})


def _group(part: Membership, address: str = "") -> Target:
    return _named(part.conversation, address or part.conversation.get_absolute_url())


def _named(conversation: Conversation, address: str) -> Target:
    return Target(address, conversation.title, conversation.picture_url)


def _place(message: Message) -> str:
    here = message.conversation.get_absolute_url()
    if message.thread is not None:
        here = reverse("chat:thread", args=[message.conversation_id, message.thread])
        return f"{here}#message-{message.seq}"
    return f"{here}?around={message.seq}#message-{message.seq}"
