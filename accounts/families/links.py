"""A person's links, with what a list of them shows."""

from dataclasses import dataclass

from accounts.models import GuardianLink, TimeRequest, User


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link from the side of `person`; `waiting` is the teenager's question for more time."""

    link: GuardianLink
    person: User
    waiting: TimeRequest | None

    @property
    def other(self) -> User:
        return self.link.other(self.person)

    @property
    def is_guardian(self) -> bool:
        return self.link.guardian_id == self.person.pk


def links_of(person: User) -> list[LinkRow]:
    """All that stand, the newest first: two queries."""
    links = list(GuardianLink.objects.standing().of(person))
    teens = [link.teen_id for link in links if link.is_in_force]
    asked = TimeRequest.objects.filter(teen__in=teens, answered_at=None) if teens else ()
    waiting = {request.teen_id: request for request in asked}
    return [LinkRow(link, person, waiting.get(link.teen_id)) for link in links]
