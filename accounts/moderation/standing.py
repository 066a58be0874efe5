"""What moderators know of whose case it is: strikes, earlier decisions, what else waits."""

from dataclasses import dataclass
from typing import Self

from accounts.models import Case, Decision, Report, Strike, User

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """`person` is None where the thing is nobody's. What they said to others is no part of it."""

    person: User | None
    strikes: int
    decisions: list[Decision]
    others: list[Case]

    @classmethod
    def of(cls, case: Case) -> Self:
        """Of the case's owner: three queries."""
        person = case.owner
        if person is None:
            return cls(None, 0, [], [])
        earlier = Decision.objects.filter(person=person).exclude(state__in=Decision.UNTOLD)
        others = Case.objects.open().filter(owner=person).exclude(pk=case.pk).exclude(origin="hash")
        return cls(
            person=person,
            strikes=Strike.objects.counting().filter(person=person).count(),
            decisions=list(earlier.select_related("case").order_by("-made_at")[:SHOWN]),
            others=list(others.by_urgency().defer("evidence")[:SHOWN]),
        )


def records_of(reporters: set[User]) -> dict[User, tuple[int, int]]:
    """Of each: how many of their reports led to something, and how many did not; one query."""
    found = {person: [0, 0] for person in reporters}
    closed = Report.objects.filter(reporter__in=reporters).exclude(state=Report.State.OPEN)
    by_key = {person.pk: person for person in reporters}
    for key, state in closed.values_list("reporter", "state"):
        found[by_key[key]][state != Report.State.ACTED] += 1
    return {person: (right, vain) for person, (right, vain) in found.items()}
