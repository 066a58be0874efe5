"""What a report of a message, a reply or a conversation keeps (REPORTABLES, R40): what was said, as
the reporter may see it, so that it outlives edits, unsending and leaving."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.ports import Evidence
from chat import cards
from chat.models import Conversation, Membership, Message, Reply
from chat.models.message import MessageQuerySet
from chat.moments import moment

CONTEXT = 10  # messages on either side
LATEST = 20  # of a conversation


def of_message(reporter: User, message_id: UUID) -> Evidence | None:
    """One message with up to ten before and ten after it."""
    visible = Message.objects.visible_to(reporter).filter(notice__isnull=True)
    message = visible.filter(pk=message_id).select_related("author", "conversation").first()
    if message is None:
        return None
    around = _visible_in(message.conversation, reporter)
    before = around.filter(seq__lt=message.seq).order_by("-seq")[:CONTEXT]
    after = around.filter(seq__gte=message.seq).order_by("seq")[: CONTEXT + 1]
    said = [*reversed(before), *after]
    return Evidence(
        {"message": str(message.pk), **_told(message.conversation, said)},
        owner_id=message.author_id,
        title=_message_title(message.author),
        settle=partial(_decline_if_waiting, reporter, message.conversation),
    )


def of_reply(reporter: User, reply_id: UUID) -> Evidence | None:
    """What a follower answered to a channel's post, with that post."""
    replies = Reply.objects.visible_to(reporter).filter(pk=reply_id)
    reply = replies.select_related("author", "post__conversation").first()
    if reply is None:
        return None
    post = _visible_in(reply.post.conversation, reporter).filter(pk=reply.post_id).first()
    if post is None:
        return None
    said = {
        "reply": str(reply.pk),
        "body": reply.body,
        "author": reply.author.card() if reply.author else None,
        "created_at": moment(reply.created_at),
    }
    return Evidence(
        {**said, **_told(post.conversation, [post])},
        owner_id=reply.author_id,
        title=_reply_title(reply.author),
    )


def of_conversation(reporter: User, conversation_id: UUID) -> Evidence | None:
    """A conversation with what was said last. Of an invitation, who invites: more is not shown."""
    current = Membership.objects.current().filter(user=reporter, conversation=conversation_id)
    membership = current.select_related("conversation__creator", "invited_by").first()
    if membership is None or not reporter.may_chat:
        return None
    conversation = membership.conversation
    decline = partial(_decline_if_waiting, reporter, conversation)
    if membership.state == Membership.State.INVITED:
        return _invitation(conversation, membership.invited_by, decline)
    latest = _visible_in(conversation, reporter).order_by("-seq")[:LATEST]
    owner = _other(reporter, conversation) if conversation.is_direct else conversation.creator
    return Evidence(
        _told(conversation, [*reversed(latest)]),
        owner_id=owner.pk if owner and owner.pk != reporter.pk else None,
        title=_conversation_title(conversation, owner),
        settle=decline,
    )


def _invitation(
    conversation: Conversation, host: User | None, decline: Callable[[], None]
) -> Evidence:
    return Evidence(
        {"conversation": str(conversation.pk), "invited_by": host.card() if host else None},
        owner_id=host.pk if host else None,
        title=_("An invitation to a group"),
        settle=decline,
    )


def _visible_in(conversation: Conversation, reporter: User) -> MessageQuerySet:
    return Message.objects.visible_to(reporter).filter(conversation=conversation).with_parts()


def _told(conversation: Conversation, said: Sequence[Message]) -> dict[str, Any]:
    """As everybody there is told it: nobody's own votes, no card that only some may see."""
    authors = {message.author_id: message.author.card() for message in said if message.author}
    return {
        "conversation": str(conversation.pk),
        "kind": conversation.kind,
        "title": conversation.title,
        "messages": cards.message_cards(said),
        "authors": list(authors.values()),
    }


def _other(reporter: User, conversation: Conversation) -> User | None:
    others = conversation.memberships.exclude(user=reporter).select_related("user")
    return next((membership.user for membership in others), None)


def _message_title(author: User | None) -> str:
    if author is None:
        return _("A message")
    return _("A message from @%(username)s") % {"username": author.username}


def _reply_title(author: User | None) -> str:
    if author is None:
        return _("A reply in a channel")
    return _("A reply from @%(username)s") % {"username": author.username}


def _conversation_title(conversation: Conversation, owner: User | None) -> str:
    if not conversation.is_direct:
        return conversation.title
    if owner is None:
        return _("A conversation")
    return _("The conversation with @%(username)s") % {"username": owner.username}


def _decline_if_waiting(reporter: User, conversation: Conversation) -> None:
    """R12: what was asked of somebody who reports it is answered with no."""
    from chat.actions import decline

    waiting = Membership.objects.waiting().filter(user=reporter, conversation=conversation)
    if waiting.exists():
        decline(reporter, conversation)
