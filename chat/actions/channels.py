"""Creator channels (R27): made, changed, followed and left."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts import policy
from accounts.models import User, relation_between
from accounts.models.user import validate_not_reserved
from accounts.text import clean_lines
from chat import followers
from chat.actions.group_line import say
from chat.actions.groups import clean_title
from chat.line import Line, changing
from chat.models import Channel, Charter, Conversation, Host, Membership
from chat.models.channel import validate_handle
from chat.models.charter import DESCRIPTION_LIMIT
from chat.refusals import invalid, refused

Role = Membership.Role
CHANNELS_LIMIT = 20  # that one person runs


def create_channel(actor: User, *, title: str, handle: str, description: str = "") -> Conversation:
    """A channel of `actor`'s, an adult (R7), under a handle that nobody else's has.

    Raises `Refused` (policy.R2, policy.R7, channel.too_many), `ValidationError` (name.blank,
    title.too_long, handle.shape, handle.reserved, handle.taken, description.too_long).
    """
    policy.permit(policy.run_channel(actor.person))
    title, handle = clean_title(title), clean_handle(handle)
    description = clean_description(description)
    if Host.objects.current().filter(user=actor).count() >= CHANNELS_LIMIT:
        raise refused("channel.too_many")
    with transaction.atomic():
        conversation = Conversation.objects.create(
            kind=Conversation.Kind.CHANNEL, title=title, creator=actor
        )
        channel = _claim(conversation, handle)
        Host.objects.create(channel=channel, user=actor, accepted_at=conversation.created_at)
        Charter.objects.create(conversation=conversation, description=description)
        with changing(conversation.pk) as line:
            line.admit(Membership(conversation=line.conversation, user=actor, role=Role.OWNER))
            say(line, "channel.created", actor, title=title)
    return line.conversation


def clean_handle(handle: object) -> str:
    """3 to 30 plain characters: `ValidationError` (handle.shape, handle.reserved)."""
    if not isinstance(handle, str):
        raise invalid("frame.malformed")
    handle = handle.strip().removeprefix("@")
    validate_handle(handle)
    try:
        validate_not_reserved(handle)
    except ValidationError:
        raise invalid("handle.reserved") from None
    return handle


def clean_description(text: str) -> str:
    """Up to 300 characters: `ValidationError` (description.too_long)."""
    text = clean_lines(text)
    if len(text) > DESCRIPTION_LIMIT:
        raise invalid("description.too_long")
    return text


def _claim(conversation: Conversation, handle: str) -> Channel:
    try:
        with transaction.atomic():
            return Channel.objects.create(conversation=conversation, handle=handle)
    except IntegrityError:
        raise invalid("handle.taken") from None


@contextmanager
def hosting(actor: User, conversation: Conversation) -> Iterator[tuple[Line, Membership]]:
    """Hold a channel's line for one of its hosts.

    Raises `Refused` (policy.R2, channel.only; role.missing for followers), `Http404`.
    """
    policy.permit(policy.may_use_messages(actor.person))
    with changing(conversation.pk) as line:
        active = line.conversation.memberships.active().select_related("user")
        membership = active.filter(user=actor).first()
        if membership is None:
            raise Http404
        if not line.conversation.is_channel:
            raise refused("channel.only")
        if not membership.runs_group():
            raise refused("role.missing")
        yield line, membership


def change_channel(
    actor: User,
    conversation: Conversation,
    *,
    handle: str | None = None,
    opens_replies: bool | None = None,
) -> Conversation:
    """Give the channel another handle, open replies to its posts or close them; None leaves it.

    Name, description and picture are changed as a group's are. Raises as `hosting` and
    `ValidationError` (handle.shape, handle.reserved, handle.taken).
    """
    wanted = handle if handle is None else clean_handle(handle)
    with hosting(actor, conversation) as (line, _membership):
        channel = line.conversation.channel
        before = channel.handle, channel.opens_replies
        channel.handle = wanted or channel.handle
        channel.opens_replies = channel.opens_replies if opens_replies is None else opens_replies
        if (channel.handle, channel.opens_replies) != before:
            _save(channel)
            line.change_conversation()
    return line.conversation


def _save(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save(update_fields=["handle", "opens_replies"])
    except IntegrityError:
        raise invalid("handle.taken") from None


def follow_channel(actor: User, conversation: Conversation) -> Membership:
    """Read a channel's posts from now on, and those before where it shows them; twice is fine.

    Raises `Refused` (policy.R2, policy.unreachable across a block with its owner, channel.only,
    member.banned).
    """
    policy.permit(policy.may_use_messages(actor.person))
    if not conversation.is_channel:
        raise refused("channel.only")
    owner = conversation.creator
    relation = relation_between(actor, owner) if owner else policy.Relation(blocked=True)
    policy.permit(policy.follow_channel(owner.person if owner else None, relation))
    if conversation.bans.filter(user=actor).exists():
        raise refused("member.banned")
    return followers.begin(conversation.channel, actor)


def leave_channel(actor: User, conversation: Conversation) -> None:
    """Follow no longer, or host no longer; an owner hands over to the longest-standing co-host.

    Raises `Refused` (policy.R2, channel.only, channel.last_host), `Http404` where the actor takes
    no part.
    """
    from chat.actions import hosting as hosts

    policy.permit(policy.may_use_messages(actor.person))
    membership = conversation.memberships.active().filter(user=actor).first()
    if membership is None:
        raise Http404
    if not conversation.is_channel:
        raise refused("channel.only")
    if membership.role != Role.MEMBER:
        hosts.step_down(actor, conversation)
    followers.end(membership)


def remove_follower(
    actor: User, conversation: Conversation, person: User, *, bans: bool = False
) -> None:
    """A host ends somebody's following at once (R28); `bans`: they cannot follow again.

    Raises as `hosting`, and `Http404` for who does not follow.
    """
    with hosting(actor, conversation) as (line, _membership):
        theirs = line.conversation.memberships.active().filter(user=person, role=Role.MEMBER)
        membership = theirs.first()
        if membership is None:
            raise Http404
        if bans:
            line.conversation.bans.get_or_create(user=person, defaults={"banned_by": actor})
        followers.end(membership)


def readmit(actor: User, conversation: Conversation, person: User) -> None:
    """Let somebody follow again whom a host banned; who is not banned is fine."""
    with hosting(actor, conversation) as (line, _membership):
        line.conversation.bans.filter(user=person).delete()
