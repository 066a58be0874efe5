"""How somebody who left Medley goes out of conversations: groups are handed over (R24), channels
end, and nothing in what stays calls them by their name."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import live
from accounts.models import User
from chat import events, followers
from chat.actions import groups, hosting
from chat.data_rights import media
from chat.line import Line, changing
from chat.models import Conversation, Membership, Message
from chat.pages.faces import deleted_card

BATCH = 200
Kind, Role, State = Conversation.Kind, Membership.Role, Membership.State


def leave_channels(person_id: UUID) -> int:
    """Their own channels go to a co-host or end; others' they host and follow no more."""
    mine = Membership.objects.current().filter(user=person_id, conversation__kind=Kind.CHANNEL)
    memberships = list(mine.select_related("conversation", "user")[:BATCH])
    for membership in memberships:
        if membership.role == Role.OWNER and hosting.heir_of(membership) is None:
            return _end_channel(membership.conversation)
        if membership.role != Role.MEMBER:
            hosting.retire(membership)
        followers.end(membership)
    return len(memberships)


def _end_channel(channel: Conversation) -> int:
    """A batch of followers hears that it ended, then its posts go, then itself."""
    parts = Membership.objects.filter(conversation=channel)
    some = list(parts.values_list("pk", "user")[: BATCH * 5])
    if len(some) > 1:  # the owner's own comes last: it says that there is something to end
        _dismiss(parts.exclude(role=Role.OWNER).filter(pk__in=[key for key, _user in some]))
        return len(some)
    posts = list(Message.objects.filter(conversation=channel).values_list("pk", flat=True)[:BATCH])
    if posts:
        media.drop(Message.objects.filter(pk__in=posts))
        Message.objects.filter(pk__in=posts).delete()
        return len(posts)
    with changing(channel.pk):  # whoever deletes a conversation holds its line
        Conversation.objects.get(pk=channel.pk).delete()
    return 1


@transaction.atomic
def _dismiss(parts: Any) -> None:
    people = list(parts.values_list("user", flat=True))
    parts.delete()
    for user_id in people:
        live.refresh_user(user_id)


def leave_groups(person_id: UUID) -> int:
    """As whoever leaves does: quietly, and with an heir where they owned it (R24)."""
    mine = Membership.objects.current().filter(user=person_id, conversation__kind=Kind.GROUP)
    keys = list(mine.values_list("conversation", flat=True)[:BATCH])
    for conversation_id in keys:
        with changing(conversation_id) as line:
            membership = line.conversation.memberships.select_related("user").get(user=person_id)
            if membership.is_active:
                groups.part_with(line, membership)
            else:
                membership.state, membership.ended_at = State.ENDED, timezone.now()
                membership.save(update_fields=["state", "ended_at"])
    return len(keys)


def end_parts(person_id: UUID) -> int:
    """What is left of them in one conversation after the other, then their part in it."""
    person = User.objects.filter(pk=person_id).first()
    membership = Membership.objects.filter(user=person_id).first()
    if membership is None or person is None:
        return 0
    with changing(membership.conversation_id) as line:
        _unname_notices(line, person_id)
        _unname_mentions(line, person_id)
        _unname_settings(line.conversation, person_id)
        _unname_player(line.conversation, person_id)
        ids = Message.objects.filter(conversation=line.conversation)
        ids.filter(origin=person_id).update(origin=None)
        ids.filter(unsent_by=person_id).update(unsent_by=None)
        membership.delete()
        if line.conversation.is_direct:
            # The key names both; nobody can begin this one again.
            key = line.conversation.direct_key or ""
            line.change_conversation(direct_key=key.replace(str(person_id), "gone"))
    return 1


def _unname_notices(line: Line, person_id: UUID) -> None:
    """Lines like "Ana added Ben" have cards in them."""
    said = Message.objects.filter(conversation=line.conversation, notice__isnull=False)
    for message in said.order_by("seq").iterator(chunk_size=BATCH):
        notice = _without(message.notice or {}, str(person_id))
        if notice != message.notice:
            message.notice, message.revision = notice, line.number()
            message.save(update_fields=["notice", "revision"])
            fresh = Message.objects.with_parts().get(pk=message.pk)
            line.tell(events.message_events([fresh])[0])


def _without(notice: dict[str, Any], person: str) -> dict[str, Any]:
    def shown(card: dict[str, Any] | None) -> dict[str, Any] | None:
        is_theirs = card is not None and card.get("id") == person
        return {**deleted_card(), "name": "Deleted user"} if is_theirs else card

    people = [shown(card) for card in notice.get("people") or []]
    return {**notice, "actor": shown(notice.get("actor")), "people": people}


def _unname_mentions(line: Line, person_id: UUID) -> None:
    """The words stay as they were written; they lead nowhere."""
    said = Message.objects.filter(conversation=line.conversation).exclude(mentions=[])
    for message in said.only("mentions").order_by("pk").iterator(chunk_size=BATCH):
        if str(person_id) in message.mentions:
            message.mentions.remove(str(person_id))
            message.save(update_fields=["mentions"])


def _unname_settings(conversation: Conversation, person_id: UUID) -> None:
    """What others call them here, and whose messages they silenced."""
    others = conversation.memberships.exclude(nicknames=None, hushed=None)
    for other in others.iterator(chunk_size=BATCH):
        names, hushed = dict(other.nicknames or {}), list(other.hushed or [])
        if names.pop(str(person_id), None) is not None or str(person_id) in hushed:
            other.nicknames = names or None
            other.hushed = [key for key in hushed if key != str(person_id)] or None
            other.save(update_fields=["nicknames", "hushed"])


def _unname_player(conversation: Conversation, person_id: UUID) -> None:
    watching = getattr(conversation, "watching", None)
    if watching is not None and any(entry["by"] == str(person_id) for entry in watching.queue):
        watching.queue = [
            {**entry, "by": ""} if entry["by"] == str(person_id) else entry
            for entry in watching.queue
        ]
        watching.save(update_fields=["queue"])
