"""Staff of each role, at a desk whose session used a second factor."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import Case, Decision, Report, User
from accounts.moderation import cases, deciding
from accounts.moderation.evidence import hash_of
from tests.factories import make_user


def make_staff(username: str, *roles: str) -> User:
    """Somebody on staff with these roles."""
    person = make_user(username, age=35, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def desk_of(person: User) -> Client:
    """A browser of theirs that the admin lets in."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def make_report(
    reporter: User, kind: str, thing: Any, *, owner: User | None = None, **fields: Any
) -> Report:
    """A report with its case, without asking any rule."""
    fields.setdefault("reason", "harassment")
    fields.setdefault("evidence", {"user": {"name": "Ana", "username": "ana"}, "bio": "Hello"})
    fields.setdefault("title", "@ana")
    evidence_hash = hash_of(fields["evidence"])
    report = Report.objects.create(
        reporter=reporter,
        kind=kind,
        object_id=thing.pk,
        owner=owner,
        evidence_hash=evidence_hash,
        **fields,
    )
    cases.open_for_report(report)
    return report


def make_reported(
    reporter: User, kind: str, thing: Any, *, owner: User | None = None, **fields: Any
) -> Case:
    """The case of such a report."""
    return Case.objects.get(reports=make_report(reporter, kind, thing, owner=owner, **fields))


def make_case(owner: User | None = None, *, priority: float = 1.0, **fields: Any) -> Case:
    """A case about a person, as the queue holds it."""
    owner = owner or make_user()
    shape = {"kind": "user", "object_id": owner.pk, "owner": owner, "title": f"@{owner.username}"}
    shape |= {"reason": "spam", "severity": 2, "origin": Case.Origin.REPORT, "priority": priority}
    return Case.objects.create(**shape | fields)


def hold(person: User, case: Case, minutes: int = 30) -> Case:
    """As if they had claimed it so long ago that so many minutes are left."""
    case.claimed_by, case.claimed_until = person, timezone.now() + timedelta(minutes=minutes)
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


def suspend(person: User, *, days: int = 7) -> Decision:
    """As a senior decides it: the one way in which staff takes an account away."""
    case = make_case(person)
    said: dict[str, Any] = {"reason": "harassment", "rule": "people", "words": "You threatened."}
    acts = [("suspend", {"days": days})]
    return deciding.decide(make_staff("sam", "senior"), case, acts=acts, **said)
