"""Who opens a socket, and whether they still may: by session cookie or single-use ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.models import Session as StoredSession
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import SocketTicket, User


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in session and whose it is."""

    user: User
    key: str


def by_key(session_key: str) -> Session | None:
    """The session with this key, if it lives and its person is active."""
    store: Any = import_module(settings.SESSION_ENGINE)
    request = HttpRequest()
    request.session = store.SessionStore(session_key)
    user = get_user(request)
    return Session(user, session_key) if isinstance(user, User) and user.is_active else None


def by_ticket(ticket: str) -> Session | None:
    """The session that fetched this ticket, once."""
    row = SocketTicket.objects.redeem(ticket)
    session = by_key(row.session_key) if row else None
    return session if row and session and session.user.pk == row.user_id else None


def living(session_keys: Iterable[str]) -> set[str]:
    """Which of these are still good: not signed out, expired, revoked or of somebody inactive.

    The stored fingerprint covers password and session epoch. Two queries, however many keys.
    """
    rows = StoredSession.objects.filter(
        session_key__in=set(session_keys), expire_date__gt=timezone.now()
    )
    held = {row.session_key: row.get_decoded() for row in rows}
    people = User.objects.active().in_bulk({said.get(SESSION_KEY) for said in held.values()})
    fingerprints = {str(key): user.get_session_auth_hash() for key, user in people.items()}
    return {
        key
        for key, said in held.items()
        if constant_time_compare(
            said.get(HASH_SESSION_KEY, ""), fingerprints.get(said.get(SESSION_KEY, ""), "-")
        )
    }
