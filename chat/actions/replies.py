"""What followers answer to a channel's posts, where its hosts let them (R27)."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from accounts import live, policy
from accounts.models import User
from chat import events
from chat.models import Conversation, Membership, Message, Reply
from chat.models.channel import REPLY_LIMIT
from chat.refusals import conflict, invalid, refused
from chat.writing.drafts import as_uuid, clean_body

REPLY_EVERY = timedelta(seconds=2)  # of one person: there is no slow mode for a hundred thousand


def reply(
    actor: User, conversation: Conversation, *, seq: int, body: str, client_id: UUID | str
) -> Reply:
    """Answer a post in up to 1,000 characters; the same `client_id` again answers with the first.

    Raises `Refused` (policy.R2, policy.R43, channel.only, replies.closed, member.silenced,
    message.unsent, rate.flood), `ValidationError` (message.empty, reply.too_long,
    client_id.malformed), `Conflict` (client_id.conflict), `Http404` where the actor takes no part
    or there is no such post.
    """
    policy.permit(policy.may_write(actor.person))
    membership, post = post_for(actor, conversation, seq)
    words = clean_body(body)
    if len(words) > REPLY_LIMIT:
        raise invalid("reply.too_long")
    key = as_uuid(client_id, "client_id.malformed")
    if said := Reply.objects.filter(author=actor, client_id=key).first():
        return _replay(said, post, words)
    _permit(actor, membership, post)
    try:
        return _store(Reply(post=post, author=actor, client_id=key, body=words))
    except IntegrityError:  # the other door was quicker
        return _replay(Reply.objects.get(author=actor, client_id=key), post, words)


def post_for(actor: User, conversation: Conversation, seq: int) -> tuple[Membership, Message]:
    """The actor's part in a channel, and one of its posts that they may see.

    Raises `Refused` (policy.R2, channel.only), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    mine = Membership.objects.active().filter(user=actor, conversation=conversation)
    membership = mine.select_related("conversation__channel").first()
    if membership is None:
        raise Http404
    if not membership.conversation.is_channel:
        raise refused("channel.only")
    posts = Message.objects.visible_to(actor).filter(conversation=conversation, seq=seq)
    post = posts.filter(notice__isnull=True).first()
    if post is None:
        raise Http404
    return membership, post


def _permit(actor: User, membership: Membership, post: Message) -> None:
    if not membership.conversation.channel.opens_replies:
        raise refused("replies.closed")
    if membership.is_silenced(timezone.now()):
        raise refused("member.silenced")
    if post.is_unsent:
        raise refused("message.unsent")
    recent = Reply.objects.filter(author=actor, created_at__gt=timezone.now() - REPLY_EVERY)
    if recent.exists():
        raise refused("rate.flood")


def _replay(said: Reply, post: Message, words: str) -> Reply:
    if said.post_id != post.pk or (said.removed_at is None and said.body != words):
        raise conflict("client_id.conflict")
    return said


@transaction.atomic
def _store(reply: Reply) -> Reply:
    reply.save(force_insert=True)
    count_replies(reply.post, 1)
    return reply


def count_replies(post: Message, change: int) -> None:
    """How many there are is kept with the post, and told to those who are there, now and then."""
    posts = Message.objects.filter(pk=post.pk)
    posts.update(reply_count=Coalesce(F("reply_count"), 0) + change)
    count = posts.values_list("reply_count", flat=True).get() or 0
    group = live.group_of_conversation(post.conversation_id)
    hint = events.replies_message(post.conversation_id, post.seq, count)
    transaction.on_commit(lambda: live.publish(group, hint), robust=True)


def remove_reply(actor: User, conversation: Conversation, reply_id: UUID) -> None:
    """Take a reply away for everybody: its author, and whoever hosts the channel; twice is fine.

    Raises `Refused` (policy.R2, message.not_yours), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    membership = conversation.memberships.active().filter(user=actor).first()
    replies = Reply.objects.select_related("post").filter(post__conversation=conversation)
    with transaction.atomic():
        said = replies.select_for_update(of=("self",)).filter(pk=reply_id).first()
        if membership is None or said is None:
            raise Http404
        if said.author_id != actor.pk and not membership.runs_group():
            raise refused("message.not_yours")
        if said.removed_at is None:
            said.removed_at, said.removed_by = timezone.now(), actor
            said.save(update_fields=["removed_at", "removed_by"])
            count_replies(said.post, -1)
