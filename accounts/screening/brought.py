"""Who brought something, and through which entrance."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Brought:
    """Through which entrance (`SCREENED`) something came, whose it is, and what moderators decide
    on: a kind of MODERATED; what is not shown yet stands under its owner."""

    entrance: str
    owner_id: UUID | None
    kind: str
    object_id: UUID
