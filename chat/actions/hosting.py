"""Who runs a channel: co-hosts are asked, say yes or no, and step down (R27)."""

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import live, policy
from accounts.models import User, relation_between
from accounts.notifications import forget, notify
from chat.actions.channels import hosting
from chat.actions.group_line import say
from chat.actions.inbox import tell_devices
from chat.line import Line, changing
from chat.models import Conversation, Host, Membership
from chat.models.membership import READ_ONLY
from chat.refusals import refused

Role, State = Membership.Role, Membership.State
HOSTS_LIMIT = 10


def invite_host(actor: User, conversation: Conversation, person: User) -> Host:
    """Ask a friend (R20), an adult (R7), to run the channel too; who runs it already stays.

    The owner's verb; the person's devices hear that their tray changed. Raises `Refused`
    (role.missing, channel.hosts_full, member.banned, policy.*), `Http404`.
    """
    relation = relation_between(actor, person)
    with hosting(actor, conversation) as (line, membership):
        if membership.role != Role.OWNER:
            raise refused("role.missing")
        hosts = line.conversation.channel.hosts
        if host := hosts.current().filter(user=person).first():
            return host
        policy.permit(policy.host_channel(actor.person, person.person, relation))
        if line.conversation.bans.filter(user=person).exists():
            raise refused("member.banned")
        if hosts.filter(ended_at=None).exclude(user=person).count() >= HOSTS_LIMIT:
            raise refused("channel.hosts_full")
        asked = {"invited_by": actor, "invited_at": timezone.now()}
        host, _is_new = hosts.update_or_create(
            user=person, defaults={**asked, "accepted_at": None, "ended_at": None}
        )
        notify("chat.host_invite", person.pk, actor=actor.pk, about=conversation.pk)
        tell_devices(person.pk)
    return host


def accept_hosting(actor: User, conversation: Conversation) -> Membership:
    """Say yes: from now on the actor posts as a co-host; a system line tells it.

    Raises `Refused` (policy.R2, policy.R7), `Http404` where nobody asked.
    """
    policy.permit(policy.run_channel(actor.person))
    with changing(conversation.pk) as line:
        host = _asked(actor, line)
        membership = _take_role(line, actor, Role.ADMIN)
        host.accepted_at = timezone.now()
        host.save(update_fields=["accepted_at"])
        _unask(line, actor)
        say(line, "host.joined", actor)
    live.refresh_user(actor.pk)
    return membership


def decline_hosting(actor: User, conversation: Conversation) -> None:
    """Say no; nobody is told. Raises `Http404` where nobody asked."""
    with changing(conversation.pk) as line:
        _asked(actor, line).delete()
        _unask(line, actor)
        tell_devices(actor.pk)


def _asked(actor: User, line: Line) -> Host:
    asked = Host.objects.asked().filter(channel=line.conversation.pk, user=actor)
    host = asked.select_related("channel").first()
    if host is None:
        raise Http404
    return host


def _unask(line: Line, person: User) -> None:
    """The question waits no more."""
    forget(person.pk, [line.conversation.pk])


def _take_role(line: Line, person: User, role: str) -> Membership:
    """As a host, or (MEMBER) as a follower again: no number, the others hear the system line."""
    members = line.conversation.memberships
    membership = members.filter(user=person).first()
    membership = membership or Membership(conversation=line.conversation, user=person)
    was_follower = membership.pk is not None and membership.is_active
    was_follower = was_follower and membership.role == Role.MEMBER
    membership.role, membership.state, membership.ended_at = role, State.ACTIVE, None
    membership.send_refusal = READ_ONLY if role == Role.MEMBER else None
    membership.save()
    line.conversation.channel.count((role == Role.MEMBER) - was_follower)
    return membership


def end_hosting(actor: User, conversation: Conversation, person: User) -> None:
    """Take a co-host's role, or an invitation, back; a co-host does it to themselves as well.

    They go on following. Raises as `hosting`, `Refused` (role.missing), `Http404`.
    """
    with hosting(actor, conversation) as (line, membership):
        if membership.role != Role.OWNER and person != actor:
            raise refused("role.missing")
        host = line.conversation.channel.hosts.filter(user=person, ended_at=None).first()
        if host is None or (host.accepted_at and person == line.conversation.creator):
            raise Http404
        if host.accepted_at is None:
            host.delete()
            _unask(line, person)
            tell_devices(person.pk)
            return
        _retire(line, host, person)
    live.refresh_user(person.pk)


def _retire(line: Line, host: Host, person: User) -> None:
    host.ended_at = timezone.now()
    host.save(update_fields=["ended_at"])
    _take_role(line, person, Role.MEMBER)


def hand_over_channel(actor: User, conversation: Conversation, person: User) -> None:
    """Make a co-host the owner; the actor stays as a co-host, and a system line tells it.

    Raises as `hosting`, `Refused` (role.missing), `Http404` for who does not run the channel.
    """
    with hosting(actor, conversation) as (line, membership):
        if membership.role != Role.OWNER:
            raise refused("role.missing")
        heir = line.conversation.channel.hosts.current().filter(user=person).exclude(user=actor)
        if not heir.exists():
            raise Http404
        _hand_over(line, actor, person)
    for each in (actor, person):
        live.refresh_user(each.pk)


def _hand_over(line: Line, owner: User, heir: User) -> None:
    # First the one, then the other: the database allows one owner at a time.
    _take_role(line, owner, Role.ADMIN)
    _take_role(line, heir, Role.OWNER)
    line.change_conversation(creator=heir)
    say(line, "owner.changed", owner, people=[heir])
    about = line.conversation.pk
    notify("chat.role", heir.pk, actor=owner.pk, about=about, role=Role.OWNER.value)


@transaction.atomic
def step_down(actor: User, conversation: Conversation) -> None:
    """A host follows from now on; an owner hands over to the longest-standing co-host first.

    Raises as `hosting`, `Refused` (channel.last_host) where there is none.
    """
    with hosting(actor, conversation) as (line, membership):
        _step_down(line, membership)
    live.refresh_user(actor.pk)


def _step_down(line: Line, membership: Membership) -> None:
    person = membership.user
    if membership.role == Role.OWNER:
        heir = heir_of(membership)
        if heir is None:
            raise refused("channel.last_host")
        _hand_over(line, person, heir.user)
        live.refresh_user(heir.user_id)
    _retire(line, line.conversation.channel.hosts.current().get(user=person), person)


def heir_of(membership: Membership) -> Host | None:
    """Who runs the channel when this host goes: the longest-standing other one who is there."""
    hosts = Host.objects.current().filter(channel=membership.conversation_id)
    others = hosts.exclude(user=membership.user_id).filter(user__is_active=True)
    return others.select_related("user").first()


def retire(membership: Membership) -> None:
    """A host goes for good, whoever they are: as `step_down`, without asking whether they may."""
    with changing(membership.conversation_id) as line:
        _step_down(line, membership)
