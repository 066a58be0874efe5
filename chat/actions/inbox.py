"""How a person keeps their own list of conversations: nobody else learns of any of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import live, policy
from accounts.models import User
from chat.actions.reading import mark_read
from chat.models import FOREVER, Conversation, Membership
from chat.refusals import invalid, refused

PINS = 5
HUSHED = 100  # members of one group
SPANS = {"1h": timedelta(hours=1), "8h": timedelta(hours=8)}
OFF, FOR_GOOD = "off", "forever"
# What the sockets of a person go by (chat/live/knowledge.py).
HEARD_LIVE = {"shows_reading", "shows_typing"}


def pin_conversation(user: User, conversation: Conversation | UUID, *, pinned: bool) -> None:
    """Keep it at the top, the last pinned first; at most five (inbox.too_many_pins)."""
    with transaction.atomic():
        # Two pins at once must not both take the last place.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        membership = own_part(user, conversation)
        others = Membership.objects.active().filter(user=user, pinned_at__isnull=False)
        if pinned and others.exclude(pk=membership.pk).count() >= PINS:
            raise invalid("inbox.too_many_pins")
        remember(membership, pinned_at=timezone.now() if pinned else None)


def archive(user: User, conversation: Conversation | UUID, *, archived: bool) -> None:
    """Put it away until something new is said, and while it is muted even then. What is put away
    is not pinned."""
    membership = own_part(user, conversation)
    if not archived:
        remember(membership, archived_seq=None)
        return
    remember(membership, archived_seq=membership.conversation.last_seq, pinned_at=None)


def mute(user: User, conversation: Conversation | UUID, *, span: str) -> None:
    """Silence it for `span`: 1h, 8h, forever, or off (R16). `ValidationError` (mute.unknown)."""
    membership = own_part(user, conversation)
    remember(membership, muted_until=_until(span))


def hush(user: User, conversation: Conversation | UUID, person: User, *, hushed: bool) -> None:
    """Silence one member here, or hear them again (R16): what they say is neither counted nor
    notified. They are not told. `Http404` where they take no part."""
    with transaction.atomic():
        membership = own_part(user, conversation, locks=True)
        ids = set(membership.hushed or ()) - {str(person.pk)}
        if hushed:
            permit_about(membership, person)
            ids.add(str(person.pk))
        if len(ids) > HUSHED:
            raise invalid("mute.too_many")
        remember(membership, hushed=sorted(ids) or None)


def mark_conversation(user: User, conversation: Conversation | UUID, *, unread: bool) -> None:
    """Mark it unread, as a note to oneself, or read all that was said."""
    membership = own_part(user, conversation)
    if not unread:
        mark_read(user, conversation, seq=membership.conversation.last_seq)
    remember(membership, is_marked_unread=unread)


def own_part(user: User, conversation: Conversation | UUID, *, locks: bool = False) -> Membership:
    """The person's part in it, with its conversation; `Http404` for whoever takes none."""
    policy.permit(policy.may_use_messages(user.person))
    parts = Membership.objects.active().select_related("conversation")
    if locks:
        parts = parts.select_for_update(of=("self",), no_key=True)
    membership = parts.filter(user=user, conversation=conversation).first()
    if membership is None:
        raise Http404
    return membership


def permit_about(membership: Membership, person: User) -> None:
    """Somebody else whom the person meets there; `Refused` (person.self), `Http404`."""
    if person.pk == membership.user_id:
        raise refused("person.self")
    others = membership.conversation.memberships.current().shown_to(membership)
    if not others.filter(user=person).exists():
        raise Http404


def remember(membership: Membership, **values: object) -> None:
    """Store what the person decided, and let their other devices show it.

    Where their sockets go by it, these go by it first: no hint of before comes after the news.
    """
    news = _list_changed(membership.conversation_id)
    with transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(**values)
        if HEARD_LIVE & values.keys():
            live.refresh_user(membership.user_id, then=news)
        else:
            live.tell_user(membership.user_id, news)


def tell_devices(user_id: UUID, conversation_id: UUID | None = None) -> None:
    """After the commit: the person's own list changed, in one conversation or as a whole."""
    live.tell_user(user_id, _list_changed(conversation_id))


def _list_changed(conversation_id: UUID | None) -> dict[str, Any]:
    conversation = str(conversation_id) if conversation_id else None
    return {"type": "inbox.changed", "conversation": conversation}


def _until(span: str):
    if span == OFF:
        return None
    if span == FOR_GOOD:
        return FOREVER
    if span not in SPANS:
        raise invalid("mute.unknown")
    return timezone.now() + SPANS[span]
