"""Keeping a group's peace: members silenced for a time, banned, and let in again (R26, R28)."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from accounts.models import User
from accounts.notifications import forget
from chat.actions.group_line import holding_group, member_of, running_group, say
from chat.line import Line
from chat.models import Ban, Conversation, JoinRequest, Membership
from chat.notifications import telling
from chat.refusals import invalid, refused

SILENCE_SHORTEST = 60  # seconds
SILENCE_LONGEST = 30 * 24 * 60 * 60


def silence(actor: User, conversation: Conversation, person: User, *, seconds: int) -> Membership:
    """Let somebody read but not write for a time: a minute to 30 days; 0 lifts it.

    Raises `Refused` (group.only, role.missing), `ValidationError` (silence.range), `Http404`.
    """
    if seconds and not SILENCE_SHORTEST <= seconds <= SILENCE_LONGEST:
        raise invalid("silence.range")
    with holding_group(actor, conversation) as (line, membership):
        theirs = member_of(line, person)
        if not membership.may_silence(theirs):
            raise refused("role.missing")
        until = timezone.now() + timedelta(seconds=seconds) if seconds else None
        if until or theirs.silenced_until:
            line.change_membership(theirs, silenced_until=until)
    return theirs


def ban(actor: User, conversation: Conversation, person: User) -> Ban:
    """End somebody's part for good: no link and no friend brings them back until it is lifted.

    Who only asks to join can be banned too. Raises `Refused` (group.only, role.missing), `Http404`
    for who has nothing to do with the group.
    """
    with holding_group(actor, conversation) as (line, membership):
        theirs = line.conversation.memberships.select_related("user").filter(user=person).first()
        asked = line.conversation.join_requests.filter(user=person)
        if theirs is None and not asked.exists():
            raise Http404
        is_here = theirs is not None and theirs.state != Membership.State.ENDED
        allowed = membership.may_remove(theirs) if theirs and is_here else membership.runs_group()
        if not allowed:
            raise refused("role.missing")
        if theirs is not None and is_here:
            put_out(line, actor, theirs, notice="member.banned")
        if asked.filter(state=JoinRequest.State.WAITING).exists():
            telling.untell_of_join_request(line.conversation, person)
        asked.update(state=JoinRequest.State.DECLINED, answered_at=timezone.now())
        made, _is_new = Ban.objects.get_or_create(
            conversation=line.conversation, user=person, defaults={"banned_by": actor}
        )
    return made


def put_out(line: Line, actor: User, theirs: Membership, *, notice: str) -> None:
    """End somebody's membership on the line that is held; an invitation is only withdrawn."""
    now = timezone.now()
    forget(theirs.user_id, [line.conversation.pk])
    theirs.role, theirs.silenced_until = Membership.Role.MEMBER, None
    if theirs.is_active:
        say(line, notice, actor, people=[theirs.user])
        line.dismiss(theirs, now)
    else:
        theirs.state, theirs.ended_at = Membership.State.ENDED, now
        theirs.save(update_fields=["state", "ended_at"])


def lift_ban(actor: User, conversation: Conversation, person: User) -> None:
    """Let somebody come again, by a link or a friend; they are not brought back.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with running_group(actor, conversation) as line:
        lifted, _by_model = line.conversation.bans.filter(user=person).delete()
        if not lifted:
            raise Http404
