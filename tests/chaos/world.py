"""The people and conversations under load; made by a process of its own, which has Django.

    python -m tests.chaos.world <people> <conversations> <outsiders> <mutes>

prints a `World` as JSON. People take part in two conversations each, outsiders in none. The loud
conversation has its own members: a few speakers, and mutes for those who never read.
"""

import dataclasses
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests import services

ROOMS_EACH = 2
SPEAKERS = 3


@dataclass(frozen=True)
class Person:
    """Somebody with a signed-in session. `key` opens the socket (cookie) and the API (token)."""

    id: str
    username: str
    key: str
    conversations: list[str]


@dataclass(frozen=True)
class World:
    """Who is there. `owners`: conversation to the username of who may remove others."""

    people: list[Person]
    outsiders: list[Person]
    speakers: list[Person]
    mutes: list[Person]
    loud: str
    owners: dict[str, str]

    @classmethod
    def of(cls, text: str) -> "World":
        fields: dict[str, Any] = json.loads(text)
        for group in ("people", "outsiders", "speakers", "mutes"):
            fields[group] = [Person(**each) for each in fields[group]]
        return cls(**fields)


def make(environment: dict[str, str], *sizes: int) -> World:
    """Make a world in the database of `environment`; sizes as on the command line."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, *map(str, sizes)],
        cwd=services.ROOT,
        # Argon2 would take minutes for passwords that nobody uses.
        env=environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return World.of(done.stdout)


def _main(people: int, conversations: int, outsiders: int, mutes: int) -> None:
    import django

    django.setup()
    rooms = [_room(f"Room {n}") for n in range(conversations)]
    loud = _room("Loud")
    groups: dict[str, list[Person]] = {
        "people": [_person(f"p{n}", _rooms_of(n, rooms)) for n in range(people)],
        "outsiders": [_person(f"o{n}", []) for n in range(outsiders)],
        "speakers": [_person(f"s{n}", [loud]) for n in range(SPEAKERS)],
        "mutes": [_person(f"u{n}", [loud]) for n in range(mutes)],
    }
    owners = _take_part(groups)
    world = World(**groups, loud=loud, owners=owners)
    print(json.dumps(dataclasses.asdict(world)))


def _rooms_of(n: int, rooms: list[str]) -> list[str]:
    """Neighbours share one room; the second one mixes them with others."""
    count = len(rooms)
    first = n % count
    return [rooms[(first + step * (1 + n // count)) % count] for step in range(ROOMS_EACH)]


def _room(title: str) -> str:
    from chat.models import Conversation

    return str(Conversation.objects.create(kind="group", title=title).pk)


def _person(username: str, conversations: list[str]) -> Person:
    from django.conf import settings
    from django.test import Client

    from tests.factories import make_user

    browser = Client()
    user = make_user(username)
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return Person(str(user.pk), username, key, list(dict.fromkeys(conversations)))


def _take_part(groups: dict[str, list[Person]]) -> dict[str, str]:
    """Store the memberships; the first in a conversation owns it."""
    from chat.models import Membership

    owners: dict[str, str] = {}
    rows = []
    for person in (person for people in groups.values() for person in people):
        for room in person.conversations:
            role = Membership.Role.MEMBER if room in owners else Membership.Role.OWNER
            owners.setdefault(room, person.username)
            rows.append(Membership(conversation_id=room, user_id=person.id, role=role))
    Membership.objects.bulk_create(rows)
    return owners


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
