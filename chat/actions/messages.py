"""Saying something, and changing what one said."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.linking.finding import may_hold_links
from accounts.models import User
from chat import events, filtering, parts, search, threads, writer
from chat.actions.kept_words import words_sent
from chat.line import Line, changing
from chat.linking import reading
from chat.mentions import counted
from chat.models import Conversation, Edit, Membership, Message, Poll, Reaction
from chat.models.media import GRACE
from chat.notifications.telling import untell_of_message
from chat.refusals import refused
from chat.writing.drafts import Stored, clean_body, clean_mentions, draft_message

__all__ = [
    "draft_message",
    "earlier",
    "edit_message",
    "let_go",
    "send_message",
    "speaking",
    "unsend_message",
]


def send_message(
    author: User,
    conversation: Conversation | UUID,
    *,
    body: str = "",
    client_id: UUID | str,
    reply_to: int | None = None,
    thread: int | None = None,
    mentions: Iterable[UUID | str] = (),
    **hanging: Any,
) -> Stored:
    """Store one message and answer with a `Stored` once it is committed.

    `stored.id, .conversation_id, .seq, .revision, .created_at, .replayed`; `stored.message` fetches
    the Message with its parts. The same `client_id` again answers with the first row (`replayed`
    True); with other content it raises `Conflict` (client_id.conflict). The body is trimmed and has
    1 to 10,000 code points. It may be empty where something hangs on the message (`hanging`, by the
    names of chat/parts.py): `share` ("<kind>:<uuid>"). `thread` is the place of a group's message
    under which it stands; `mentions` are ids of members, or "all" where the role has the right.

    Raises `ValidationError` (message.empty, message.too_long, client_id.malformed, reply.unknown,
    thread.unknown, share.unknown, mentions.malformed), `Refused` (policy.*, role.missing,
    group.only, message.unsent), `Http404` where the author takes no part, `Unavailable`.
    Waits for the writer: not inside `atomic()`.
    """
    policy.permit(policy.may_write(author.person))
    draft = draft_message(
        author.pk,
        conversation.pk if isinstance(conversation, Conversation) else conversation,
        body=body,
        client_id=client_id,
        reply_to=reply_to,
        thread=thread,
        mentions=mentions,
        parts=parts.make(author, hanging),
    )
    stored = writer.save(draft)
    words_sent(author, draft.conversation_id, draft.body)
    return stored


@contextmanager
def speaking(
    actor: User, conversation: Conversation, seq: int
) -> Iterator[tuple[Line, Membership, Message]]:
    """Hold the conversation's line, with the actor's part in it and one message they may see.

    Raises `Http404` where either is not there, `Refused` where the actor may not speak here now.
    """
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        membership = line.conversation.memberships.active().filter(user=actor).first()
        if membership is None:
            raise Http404
        messages = Message.objects.visible_to(actor).with_parts().filter(notice__isnull=True)
        message = messages.filter(conversation=conversation, seq=seq).first()
        if message is None:
            raise Http404
        yield line, membership, message


def edit_message(
    actor: User,
    conversation: Conversation,
    *,
    seq: int,
    body: str,
    mentions: Iterable[UUID | str] | None = None,
) -> Message:
    """Replace one's own words within 15 minutes (R18); the earlier ones are kept (`earlier`).

    `mentions` replaces whom the words name; nobody is called anew by an edit. Raises `Refused`
    (message.not_yours, message.unsent, edit.too_late, policy.*, role.missing), `ValidationError`.
    """
    with speaking(actor, conversation, seq) as (line, membership, message):
        _permit_edit(actor, membership, message)
        # A share needs no words beside it, edited or not.
        has_more = bool(message.media or message.attachments.all())
        words = clean_body(body, may_be_empty=has_more)
        if words != message.body:
            if filtering.verdict(membership, line.conversation, words):
                raise refused("words.filtered")
            Edit.objects.create(message=message, body=message.body)
            may_link = may_hold_links(message.body + " " + words)
            message.body, message.edited_at = words, timezone.now()
            if mentions is not None:
                message.mentions = counted(membership, clean_mentions(mentions))
            if may_link and reading.renew(message):  # other links, another choice of theirs
                message.unlinked_at = None
            change(line, message, "body", "edited_at", "mentions", "unlinked_at")
    return message


def earlier(actor: User, conversation: Conversation, *, seq: int) -> list[Edit]:
    """What one's own message said before its edits, oldest first (R18: others do not see it).

    Raises `Refused` (message.not_yours), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    messages = Message.objects.visible_to(actor).filter(conversation=conversation, seq=seq)
    message = messages.filter(notice__isnull=True).first()
    if message is None:
        raise Http404
    if message.author_id != actor.pk:
        raise refused("message.not_yours")
    return [] if message.is_unsent else list(message.edits.order_by("replaced_at", "pk"))


def _permit_edit(actor: User, membership: Membership, message: Message) -> None:
    if message.author_id != actor.pk or message.hops:  # what was forwarded, somebody else said
        raise refused("message.not_yours")
    if message.is_unsent:
        raise refused("message.unsent")
    if not message.editable_by(actor):
        raise refused("edit.too_late")
    # An edit says something new: whoever may not write may not do it this way (R11, R15, R26).
    if code := membership.bar(membership.conversation, timezone.now()):
        raise refused(code)


def unsend_message(actor: User, conversation: Conversation, *, seq: int) -> Message:
    """Take one's own message back for everyone, at any time (R18); a trace stays. Twice is fine.

    Those who moderate a group take down what was said by whoever stands below them (R24); the trace
    says so. Its words are kept as an `Edit`, for a report made before; what was shared with it
    goes.
    """
    with speaking(actor, conversation, seq) as (line, membership, message):
        is_own = message.unsendable_by(actor)
        if not is_own and not membership.may_take_down(message):
            raise refused("message.not_yours")
        if not message.is_unsent:
            message.unsent_by = None if is_own else actor.pk
            Edit.objects.create(message=message, body=message.body)
            message.attachments.all().delete()
            reading.forget(message)
            untell_of_message(message)
            Poll.objects.filter(message=message).delete()
            Reaction.objects.filter(message=message).delete()
            message.body, message.mentions, message.unsent_at = "", [], timezone.now()
            message.reaction_counts = None
            fields = ("body", "mentions", "unsent_at", "unsent_by", "reaction_counts")
            change(line, message, *fields)
            let_go(line, message)
    return Message.objects.with_parts().get(pk=message.pk)


def let_go(line: Line, message: Message) -> None:
    """A message is gone: its files have no long time left, it is pinned no longer, and its thread
    tells of one less."""
    if message.media:
        message.media_rows.update(ends_at=timezone.now() + GRACE)
    let_go_of_place(line, message)


def let_go_of_place(line: Line, message: Message) -> None:
    """It is not shown any more: pinned no longer, and its thread tells of one less."""
    pins = line.conversation.pins or []
    if message.seq in pins:
        line.change_conversation(pins=[seq for seq in pins if seq != message.seq])
    if message.thread is not None:
        threads.recount(line, message.thread)


def change(line: Line, message: Message, *fields: str) -> None:
    """Store these fields of a message with a number, and tell everybody of it as it is now."""
    message.revision = line.number()
    message.save(update_fields=[*fields, "revision"])
    fresh = Message.objects.with_parts().get(pk=message.pk)
    search.renew(fresh)
    line.tell(events.message_events([fresh])[0])
