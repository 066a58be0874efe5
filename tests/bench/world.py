"""Medley's people and rooms, made straight in the database: real sessions, real memberships."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from tests.bench.cases import MOST_PEOPLE, Case

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Person:
    """One who is signed in: the cookie's value opens the socket and the API."""

    id: UUID
    session_key: str


@dataclass(frozen=True)
class Place:
    """One conversation and who is in it."""

    id: UUID
    members: list[Person]


def set_up() -> None:
    """Let Django know the database of DATABASE_URL and make its tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@cache
def people() -> list[Person]:
    """Everybody whom any case needs, signed in; made once."""
    from django.contrib.sessions.models import Session

    from accounts.models import SignIn, User

    users = User.objects.bulk_create([_user(number) for number in range(MOST_PEOPLE)])
    sessions = Session.objects.bulk_create([_session(user) for user in users])
    SignIn.objects.bulk_create(
        SignIn(user=user, session_key=session.session_key)
        for user, session in zip(users, sessions, strict=True)
    )
    return [
        Person(user.pk, session.session_key) for user, session in zip(users, sessions, strict=True)
    ]


def _user(number: int) -> User:
    from accounts.models import User

    name = f"member{number}"
    born = datetime.date(1990, 1, 1)
    return User(username=name, email=f"{name}@example.com", password="!", birth_date=born)


def _session(user: User):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "accounts.signed_in.Backend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    return Session(
        session_key=f"member{user.pk.hex}",
        session_data=SessionStore().encode(held),
        expire_date=timezone.now() + datetime.timedelta(days=1),
    )


def rooms(case: Case) -> list[Place]:
    """The case's rooms, new, in a database that holds no other conversation."""
    from django.db import connection

    from chat.models import Conversation, Membership

    everybody = people()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE chat_conversation CASCADE")
    made = Conversation.objects.bulk_create(
        [Conversation(kind="group", title=f"Room {number}") for number in range(case.rooms)]
    )
    places = [
        Place(room.pk, everybody[number * case.members : (number + 1) * case.members])
        for number, room in enumerate(made)
    ]
    Membership.objects.bulk_create(
        [
            Membership(conversation_id=place.id, user_id=member.id)
            for place in places
            for member in place.members
        ]
    )
    with connection.cursor() as cursor:
        # What autovacuum knows after a minute, the planner is to know at once.
        cursor.execute("ANALYZE chat_conversation, chat_membership, accounts_user, django_session")
    return places
