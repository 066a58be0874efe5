"""What verbs say of conversations, inside their transactions, and the jobs for which somebody has
to be looked up first."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.actions import read_notifications
from accounts.models import Notification, User
from accounts.notifications import (
    Cause,
    forgetting,
    kinds,
    notify,
    noting,
    withdraw,
    withdrawing,
)
from accounts.notifications.causes import Job
from accounts.outbox import enqueue_all
from chat.models import Conversation, Membership, Message, Poll
from chat.rights import Role
from chat.writing.drafts import ALL

# --- Requests -------------------------------------------------------------------------------------


def of_request(conversation: Conversation, author_id: UUID) -> list[Job]:
    """A first message waits for the other of a direct conversation (R12)."""
    other = _other(conversation, author_id)
    return noting("chat.request", other, actor=author_id, about=conversation.pk)


def of_answered_request(conversation: Conversation, answered_by: UUID) -> list[Job]:
    """It waits no more."""
    return forgetting(answered_by, [conversation.pk])


def _other(conversation: Conversation, person_id: UUID) -> list[UUID]:
    keys = [UUID(key) for key in (conversation.direct_key or "").split(":") if key]
    return [key for key in keys if key != person_id]


# --- Groups ---------------------------------------------------------------------------------------


def tell_of_invitation(group: Conversation, people: Iterable[User], actor: User) -> None:
    """They were asked into a group."""
    notify("chat.invitation", [one.pk for one in people], actor=actor.pk, about=group.pk)


def tell_of_join_request(group: Conversation, person: User) -> None:
    """Somebody waits for a yes of those who run the group."""
    notify("chat.join_request", _running(group), actor=person.pk, about=group.pk)


def untell_of_join_request(group: Conversation, person: User) -> None:
    """They wait no more, whatever the answer was."""
    withdraw("chat.join_request", _running(group), actor=person.pk, about=group.pk)


def _running(group: Conversation) -> list[UUID]:
    """Owner and admins; which of them may say yes is asked when they are told."""
    running = group.memberships.active().filter(role__in=[Role.OWNER, Role.ADMIN])
    return list(running.values_list("user", flat=True))


# --- Messages -------------------------------------------------------------------------------------


def tell_of_mentions(message_id: UUID) -> None:
    """The job behind a message that names somebody: those who take part are told of it."""
    present = Message.objects.unexpired().filter(pk=message_id, unsent_at__isnull=True)
    message = present.select_related("conversation").first()
    if message is None or message.conversation.is_direct or message.author_id is None:
        return
    loud = [
        part.user_id
        for part in _mentioned(message)
        if part.wants_to_hear_of(message.author_id, is_mentioned=True)
    ]
    about, author = message.conversation_id, message.author_id
    notify("chat.mention", loud, actor=author, about=about, detail=message.pk)


def tell_of_reply(message_id: UUID) -> None:
    """The job behind a message that answers another: in a group, its author is told of it, unless
    they are mentioned in it."""
    present = Message.objects.unexpired().filter(pk=message_id, unsent_at__isnull=True)
    message = present.select_related("conversation").first()
    if message is None or message.author_id is None:
        return
    about, by = message.conversation_id, message.author_id
    people = [one for one in _answered(message) if not _names(message, one)]
    notify("chat.reply", people, actor=by, about=about, detail=message.pk)


def _answered(message: Message) -> list[UUID]:
    """Whose message it answers, in a group."""
    if message.reply_to is None or message.conversation.kind != Conversation.Kind.GROUP:
        return []
    said = Message.objects.filter(conversation=message.conversation_id, seq=message.reply_to)
    return list(said.filter(author__isnull=False).values_list("author", flat=True))


def _names(message: Message, person_id: UUID) -> bool:
    return ALL in message.mentions or str(person_id) in message.mentions


def of_reaction(message: Message, actor_id: UUID, *, adds: bool) -> list[Job]:
    """Somebody's emoji came to a message of another's, or left it. REACT writes the same
    (chat/writing/reaction_statement.py)."""
    if message.author_id is None:
        return []
    write = noting if adds else withdrawing
    return write("chat.reaction", message.author_id, actor=actor_id, about=message.pk)


def untell_of_message(message: Message) -> None:
    """It is taken back: nobody reads that it mentions them or answers them, nor its author who
    reacted to it. Call it before its mentions and reactions are."""
    by = {"actor": message.author_id, "about": message.conversation_id, "detail": message.pk}
    jobs = withdrawing("chat.reply", _answered(message), **by)
    if message.mentions and not message.conversation.is_direct:
        people = [part.user_id for part in _mentioned(message)]
        jobs += withdrawing("chat.mention", people, **by)
    if message.author_id and message.reaction_counts is None and message.reactions.exists():
        jobs += forgetting(message.author_id, [message.pk])
    enqueue_all(jobs)


def of_reading(heard: Iterable[Membership], risen: Iterable[Membership]) -> list[Job]:
    """Somebody read all that mentions them there (`heard`), or further than before (`risen`), past
    what answers them: the job reads what told them of it. One query, none without groups."""
    parts = {part.pk: part for part in [*heard, *_told_of_replies(risen)]}
    return [
        (
            "chat.read_mentions",
            {"user_id": str(part.user_id), "conversation_id": str(part.conversation_id)},
        )
        for part in parts.values()
    ]


def _told_of_replies(parts: Iterable[Membership]) -> list[Membership]:
    groups = [part for part in parts if part.conversation.kind == Conversation.Kind.GROUP]
    if not groups:
        return []
    lines = Notification.objects.open().filter(
        group__in={_group("chat.reply", part.conversation_id) for part in groups},
        user__in={part.user_id for part in groups},
    )
    told = set(lines.values_list("user", "about"))
    return [part for part in groups if (part.user_id, part.conversation_id) in told]


def _group(kind: str, conversation_id: UUID) -> str:
    return kinds()[kind].group_of(Cause(about=conversation_id))


def read_lines_of_calls(user_id: UUID, conversation_id: UUID) -> None:
    """That job; what came since stays as it is."""
    part = Membership.objects.filter(user=user_id, conversation=conversation_id).first()
    if part is None:
        return
    groups = [_group(kind, conversation_id) for kind in ("chat.mention", "chat.reply")]
    lines = Notification.objects.open().filter(user=user_id, group__in=groups)
    later = Message.objects.filter(
        conversation=conversation_id, seq__gt=part.read_seq, pk=OuterRef("detail")
    )
    read_notifications(part.user, lines.exclude(Exists(later)).values_list("pk", flat=True))


def _mentioned(message: Message) -> Iterable[Membership]:
    members = message.conversation.memberships.active()
    return members if ALL in message.mentions else members.filter(user__in=message.mentions)


def tell_of_closed_poll(poll_id: UUID, closed_by: UUID | None = None) -> None:
    """The job behind a poll's end: its author and those who voted are told, not who closed it."""
    polls = Poll.objects.filter(pk=poll_id, closed_at__isnull=False).select_related("message")
    for poll in polls:
        voters = poll.votes.order_by().values_list("user", flat=True).distinct()
        people = {*voters, poll.message.author_id} - {closed_by}
        notify("chat.poll_closed", [one for one in people if one], about=poll.pk)
