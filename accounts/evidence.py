"""What a report of a person keeps (REPORTABLES)."""

from uuid import UUID

from accounts.models import User
from accounts.ports import Evidence


def of_user(reporter: User, user_id: UUID) -> Evidence | None:
    """Their profile as anybody sees it. Who blocked the reporter can still be reported."""
    person = User.objects.active().filter(pk=user_id).first()
    if person is None:
        return None
    content = {
        "user": person.card(),
        "bio": person.bio,
        "is_private": person.is_private,
        "joined": person.date_joined.isoformat(),
    }
    return Evidence(content, owner_id=person.pk, title=f"@{person.username}")
