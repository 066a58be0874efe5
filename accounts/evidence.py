"""What a report of a person keeps (REPORTABLES), and what moderators see besides (EXHIBITORS)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.ports import Evidence, ExhibitFile, Exhibits


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


def exhibits_of_user(object_id: UUID, evidence: Mapping[str, Any]) -> Exhibits:
    """The picture that the person has now (EXHIBITORS)."""
    person = User.objects.filter(pk=object_id).first()
    if person is None or not person.avatar:
        return Exhibits()
    return Exhibits(files=(ExhibitFile(str(person.pk), person.avatar, "picture", person.name),))
