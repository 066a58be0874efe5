"""Sending one object of the platform into several conversations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Target:
    """What became of a share in one place: `stored`, or the refusal's `code` and `detail`."""

    conversation_id: UUID | None = None
    username: str = ""
    stored: Any = None
    code: str = ""
    detail: str = ""

    @property
    def is_sent(self) -> bool:
        return self.stored is not None


def share(
    actor: User,
    share: str,
    *,
    conversations: Iterable[UUID] = (),
    users: Iterable[User] = (),
    body: str = "",
    client_id: UUID | str,
) -> list[Target]:
    """Send `share` ("<kind>:<uuid>") into each conversation and to each person, 1 to 5 in all (R17).

    Answers one `Target` each, in order, so that one refusal loses none of the others. Each target's
    client_id is derived from `client_id`, so that a retry stores nothing twice. Raises
    `ValidationError` (share.unknown, share.nobody, share.too_many) before anything is sent.
    """
    raise NotImplementedError
