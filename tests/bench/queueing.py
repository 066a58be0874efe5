"""How long the server takes for the moderators' queue and a case, with 100,000 cases open."""

import asyncio
import os
import random
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.pages import answered
from tests.bench.world import Person

OPEN = 100_000
OWNERS = 20_000
AT_ONCE = 5_000
WARM, MEASURED = 10, 100  # of each: a page of the admin takes ten times as long as one of the chat
QUEUE = "/admin/accounts/case/"
KINDS = ("user", "video", "comment", "message", "sound", "conversation", "reply")
PATHS = {
    "queue": (QUEUE, f"{QUEUE}?state=open"),
    "filtered": (
        *(f"{QUEUE}?origin=spam", f"{QUEUE}?kind=video&severity=7", f"{QUEUE}?reason=fraud"),
        *(
            f"{QUEUE}?holder=free",
            f"{QUEUE}?region=IS",
            f"{QUEUE}?age=13-15",
            f"{QUEUE}?language=es",
        ),
    ),
    "statistics": (f"{QUEUE}statistics/",),
}

_made: list[tuple[Person, list[str], str]] = []


def measure() -> Run:
    """p95 in milliseconds of the list, with filters, deep in it, of one case, and the numbers."""
    if not _made:
        number = int(os.environ.get("CASES") or OPEN)
        print(f"making {number:,} open cases ...", flush=True)
        _made.append(_make(number))
    senior, held, deep = _made[0]
    paths = PATHS | {
        "deep": (f"{QUEUE}?after={deep}",),
        "case": tuple(f"{QUEUE}{key}/change/" for key in held),
    }
    figures, faults = {}, []
    for name, some in paths.items():
        answers = asyncio.run(answered(_asked(senior, some), warm=WARM, measured=MEASURED))
        figures[f"{name}_p95_ms"] = percentile(answers.seconds, 0.95) * 1e3
        faults += [f"{name}: {fault}" for fault in answers.wrong[:3]]
    return Run(figures, faults)


def _asked(senior: Person, paths: tuple[str, ...]) -> Iterator[tuple[Person, str]]:
    return ((senior, path) for path in cycle(paths))


def _make(number: int) -> tuple[Person, list[str], str]:
    """A senior at the desk, the keys of some cases that they hold, and a place deep in the list."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from accounts.models import Case

    people = _people()
    senior = _senior()
    rng = random.Random(7)  # the same queue in every run
    for start in range(0, number, AT_ONCE):
        count = min(AT_ONCE, number - start)
        Case.objects.bulk_create(_case(rng, people) for _one in range(count))
    with connection.cursor() as cursor:
        cursor.execute("analyze accounts_case")
        cursor.execute("analyze accounts_user")
    first = list(Case.objects.open().by_urgency()[:20])
    for case in first:
        case.claimed_by_id = senior.id
        case.claimed_until = timezone.now() + timedelta(days=1)
        case.evidence = {"user": {"name": "Ana", "username": "ana"}, "bio": "Hello"}
        case.save()
    middle = Case.objects.open().by_urgency()[number // 2]
    return senior, [str(case.pk) for case in first], f"{middle.priority!r}_{middle.pk}"


def _case(rng: random.Random, people: list[Any]) -> Any:
    from accounts.ids import uuid7
    from accounts.models import Case, Report

    severity, reach = rng.randint(1, 10), int(10 ** rng.uniform(0, 6))
    return Case(
        kind=rng.choice(KINDS),
        object_id=uuid7(),
        owner_id=rng.choice(people),
        title="A case like many others",
        reason=rng.choice(Report.Reason.values),
        severity=severity,
        reach=reach,
        priority=severity * rng.uniform(1, 7) * rng.random(),
        origin=rng.choices(("report", "spam", "words", "nudity"), (80, 10, 5, 5))[0],
    )


def _people() -> list[Any]:
    from datetime import date

    from accounts.models import User

    regions = ["GB"] * 60 + ["ES"] * 39 + ["IS"]
    rows = [
        User(
            username=f"owner{number}",
            email=f"owner{number}@bench.example",
            birth_date=date(2012 if number % 20 == 0 else 1995, 5, 5),
            region=regions[number % 100],
            language="es" if number % 3 else "en",
        )
        for number in range(OWNERS)
    ]
    return [user.pk for user in User.objects.bulk_create(rows, batch_size=AT_ONCE)]


def _senior() -> Person:
    from datetime import date

    from django.contrib.auth.models import Group
    from django.test import Client

    from accounts.models import User

    user = User.objects.create_user(
        username="senior",
        email="senior@bench.example",
        birth_date=date(1980, 5, 5),
        is_staff=True,
    )
    user.groups.add(Group.objects.get(name="senior"))
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return Person(user.pk, str(session.session_key))
