"""Who opens a socket, and whether they still may: by session cookie or single-use ticket."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

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
