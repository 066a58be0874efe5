"""What chat does when people's relations change: membership remembers what policy decides."""

from collections.abc import Iterable
from uuid import UUID


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
    """Refresh `Membership.send_refusal` in the direct conversations between these people."""
