"""What verbs say of conversations, inside their transactions, and the jobs for which somebody has
to be looked up first."""

from collections.abc import Iterable
from uuid import UUID

from accounts.actions import read_notifications
from accounts.models import Notification, User
from accounts.notifications import forgetting, notify, noting, withdraw
from accounts.notifications.causes import Job
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


def untell_of_mentions(message: Message) -> None:
    """It is taken back. Call it before its mentions are."""
    if message.mentions and not message.conversation.is_direct:
        people = [part.user_id for part in _mentioned(message)]
        by = {"actor": message.author_id, "detail": message.pk}
        withdraw("chat.mention", people, about=message.conversation_id, **by)


def read_mentions(part: Membership) -> Job:
    """Somebody read all that mentions them there: the job reads what told them of it."""
    place = {"user_id": str(part.user_id), "conversation_id": str(part.conversation_id)}
    return "chat.read_mentions", place


def read_lines_of_mentions(user_id: UUID, conversation_id: UUID) -> None:
    """That job; a mention that came since stays as it is."""
    part = Membership.objects.filter(user=user_id, conversation=conversation_id).first()
    if part is not None and not part.is_mentioned:
        lines = Notification.objects.open().filter(user=user_id, about=conversation_id)
        told = lines.filter(kind="chat.mention").values_list("pk", flat=True)
        read_notifications(part.user, told)


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
