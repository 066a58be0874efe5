"""Words that moderators say often: kept by each for themselves, and by seniors for all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import SavedReply, User
from accounts.moderation import cases, roles
from accounts.text import clean_lines, clean_name


def may_change(actor: User, reply: SavedReply) -> bool:
    """One's own; what all share is for seniors."""
    if reply.owner_id is None:
        return roles.may_confirm(actor)
    return roles.may_decide(actor) and reply.owner_id == actor.pk


@transaction.atomic
def save(actor: User, reply: SavedReply, *, is_shared: bool) -> SavedReply:
    """Keep a reply, new or changed, for oneself or (`is_shared`) for all. Raises `Refused`
    (moderation.role), `ValidationError` (reply.words)."""
    if not reply._state.adding and not may_change(actor, SavedReply.objects.get(pk=reply.pk)):
        raise cases.no_role()
    reply.owner = None if is_shared else actor
    if not may_change(actor, reply):
        raise cases.no_role()
    reply.title, reply.words = clean_name(reply.title), clean_lines(reply.words)
    if not reply.title or not reply.words:
        raise ValidationError(_("Give it a name and words."), code="reply.words")
    reply.save()
    audit.record(actor, "reply.saved", kind="reply_text", object_id=reply.pk, shared=is_shared)
    return reply


@transaction.atomic
def delete(actor: User, reply: SavedReply) -> None:
    """Forget it. Raises `Refused` (moderation.role)."""
    if not may_change(actor, reply):
        raise cases.no_role()
    key = reply.pk
    reply.delete()
    audit.record(actor, "reply.deleted", kind="reply_text", object_id=key)
