"""What moderators can do about a person as a thing that was reported (MODERATED)."""

from uuid import UUID

from accounts.models import Follow
from accounts.models import User as Person
from accounts.ports import Moderated


class User(Moderated):
    """A person is warned, limited, suspended or banned (moderation/acts.py), never taken down."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return object_id if Person.objects.filter(pk=object_id).exists() else None

    def title(self, object_id: UUID) -> str:
        name = Person.objects.filter(pk=object_id).values_list("username", flat=True).first()
        return f"@{name}" if name else ""

    def reach(self, object_id: UUID) -> int:
        """Themselves and their followers."""
        return 1 + Follow.objects.accepted().filter(followed=object_id).count()

    def take_down(self, object_id: UUID) -> None:
        """Nothing: people are no things."""

    def put_back(self, object_id: UUID) -> None:
        """Nothing either."""

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Nothing either."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None
