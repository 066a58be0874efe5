"""Invite links: made, revoked, opened (R22)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User, relation_between
from accounts.text import clean_name
from chat.actions.group_line import running_group
from chat.models import Conversation, Invite, Membership
from chat.models.joining import LABEL_LIMIT
from chat.refusals import invalid, refused

TOKEN_BYTES = 18  # 144 bits; R22 asks for 128
LONGEST = timedelta(days=365)
USES_LIMIT = policy.GROUP_CAPACITY
OPEN_LIMIT = 50


@dataclass(frozen=True, slots=True)
class MadeInvite:
    """A new link with its `token`, which nobody can read again."""

    invite: Invite
    token: str


def make_invite(
    actor: User,
    conversation: Conversation,
    *,
    label: str = "",
    seconds: int | None = None,
    use_limit: int | None = None,
    asks_approval: bool = False,
) -> MadeInvite:
    """A link by which people join: for `seconds` (up to a year) or always, for so many or for all.

    Owner and admins. Raises `Refused` (group.only, role.missing, invite.too_many),
    `ValidationError` (invite.range, label.too_long).
    """
    label = clean_name(label)
    if len(label) > LABEL_LIMIT:
        raise invalid("label.too_long")
    expires_at = _expiry(seconds)
    if use_limit is not None and not 1 <= use_limit <= USES_LIMIT:
        raise invalid("invite.range")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with running_group(actor, conversation) as line:
        if line.conversation.kind != Conversation.Kind.GROUP:
            raise refused("group.only")
        if line.conversation.invites.open().count() >= OPEN_LIMIT:
            raise refused("invite.too_many")
        invite = Invite.objects.create(
            conversation=line.conversation,
            creator=actor,
            digest=digest_of(token),
            label=label,
            expires_at=expires_at,
            use_limit=use_limit,
            asks_approval=asks_approval,
        )
    return MadeInvite(invite, token)


def _expiry(seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    if not 60 <= seconds <= LONGEST.total_seconds():
        raise invalid("invite.range")
    return timezone.now() + timedelta(seconds=seconds)


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def revoke_invite(actor: User, conversation: Conversation, invite_id: UUID) -> Invite:
    """Let nobody more come by this link; twice is fine.

    Raises `Refused` (group.only, role.missing), `Http404`.
    """
    with running_group(actor, conversation) as line:
        invite = line.conversation.invites.filter(pk=invite_id).first()
        if invite is None:
            raise Http404
        if not invite.is_revoked:
            invite.revoked_at = timezone.now()
            invite.save(update_fields=["revoked_at"])
    return invite


def open_invite(person: User, token: str) -> Invite:
    """The link that leads into a group which `person` may join by it, or is in already.

    Raises `Http404` for a token that never was, `Refused` (policy.R2, policy.R22,
    policy.unreachable, member.banned, invite.expired, invite.used_up, invite.revoked).
    """
    policy.permit(policy.may_use_messages(person.person))
    invite = Invite.objects.select_related("conversation").filter(digest=digest_of(token)).first()
    if invite is None:
        raise Http404
    permit_opening(person, invite)
    return invite


def permit_opening(person: User, invite: Invite) -> None:
    """May `person` see what group this link leads into? Raises as `open_invite`."""
    if not invite.conversation.has_member(person):
        permit_entry(person, invite)


def permit_entry(person: User, invite: Invite) -> None:
    """May `person` come in by this link now? Raises as `open_invite`."""
    if code := invite.refusal(timezone.now()):
        raise refused(code)
    if invite.conversation.bans.filter(user=person).exists():
        raise refused("member.banned")
    policy.permit(entry_refusal(person, invite.conversation))


def entry_refusal(person: User, group: Conversation) -> policy.Refusal | None:
    """What policy says against `person` coming into the group by a link (R2, R15, R22)."""
    owners = group.memberships.active().filter(role=Membership.Role.OWNER)
    owner = owners.select_related("user").first()
    relation = relation_between(person, owner.user) if owner else policy.Relation()
    has_friend = person.person.is_minor and group.friends_of(person).exists()
    return policy.join_by_link(person.person, relation, has_friend=has_friend)
