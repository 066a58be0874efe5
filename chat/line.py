"""A conversation's number line, held by one transaction: every change gets the next number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.http import Http404

from chat import events
from chat.models import Conversation, Membership


class Line:
    """One locked conversation; numbers what happens to it and collects the events of it."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.changed = {"last_seq", "revision", "active_at"}
        self.said = events.Announcement(
            conversation.pk, conversation.revision, conversation.revision
        )

    def number(self) -> int:
        """The next change's number."""
        self.conversation.revision += 1
        return self.conversation.revision

    def tell(self, event: events.Event) -> None:
        """Announce `event` with the others of this transaction."""
        self.said.events.append(event)

    def change_conversation(self, **values: object) -> None:
        """Set fields that every member sees: one number, one event."""
        for name, value in values.items():
            setattr(self.conversation, name, value)
        self.conversation.changed_revision = self.number()
        self.changed |= {"changed_revision", *values}
        self.tell(events.conversation_event(self.conversation))

    def change_membership(self, membership: Membership, **values: object) -> None:
        """Set what every member sees of another: one number, one event."""
        self._change(membership, values)
        membership.save()

    def admit(self, membership: Membership, **values: object) -> None:
        """Let somebody take part from now on, new or back; what came before is read."""
        self._seat(membership, values)
        membership.save()

    def admit_all(self, memberships: Sequence[Membership], **values: object) -> None:
        """The same for several, each with a number and an event of their own, stored at once."""
        for membership in memberships:
            self._seat(membership, values)
        Membership.objects.store_all(memberships)

    def _seat(self, membership: Membership, values: Mapping[str, object]) -> None:
        membership.joined_revision = self.conversation.revision + 1
        present = {"state": Membership.State.ACTIVE, "ended_at": None}
        self._change(membership, {**present, **values})
        self.said.joined.append(membership.user_id)

    def _change(self, membership: Membership, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            setattr(membership, name, value)
        membership.revision = self.number()
        self.tell(events.membership_event(membership))

    def dismiss(self, membership: Membership, ended_at: object) -> None:
        """End somebody's part: the event is the last that reaches them (R28)."""
        self.change_membership(membership, state=Membership.State.ENDED, ended_at=ended_at)
        self.said.ended.append(membership.user_id)

    @property
    def is_changed(self) -> bool:
        return self.conversation.revision > self.said.after


def close_all(lines: Iterable[Line]) -> list[events.Announcement]:
    """Store the numbers of these lines; answers what is to be told once that is committed."""
    changed = [line for line in lines if line.is_changed]
    if len(changed) == 1:  # nine times out of ten, and much cheaper than a CASE for each field
        changed[0].conversation.save(update_fields=changed[0].changed)
    elif changed:
        fields = set[str]().union(*(line.changed for line in changed))
        Conversation.objects.bulk_update([line.conversation for line in changed], fields)
    for line in changed:
        line.said.head = line.conversation.revision
    return [line.said for line in changed]


def tell_on_commit(announcements: list[events.Announcement]) -> None:
    """Tell these once the transaction is committed."""
    # Robust: what fails after the commit must not make the commit look failed.
    transaction.on_commit(lambda: events.publish_all(announcements), robust=True)


def lock(conversation_ids: Iterable[UUID]) -> dict[UUID, Line]:
    """Lock these conversations in the order of their ids, so that two who lock never wait in a
    ring."""
    locked = Conversation.objects.select_for_update(no_key=True).filter(
        pk__in=set(conversation_ids)
    )
    return {conversation.pk: Line(conversation) for conversation in locked.order_by("pk")}


@contextmanager
def changing(conversation_id: UUID) -> Iterator[Line]:
    """A transaction that holds one conversation's line; at its end the numbers are stored and
    told."""
    with transaction.atomic():
        line = lock([conversation_id]).get(conversation_id)
        if line is None:
            raise Http404
        yield line
        tell_on_commit(close_all([line]))
