"""In which browsers and apps somebody is signed in: noted as they sign in and, now and then, as
they come by. No address and no place is kept."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import actions, agents
from accounts.models import SignIn, User
from accounts.models.sign_in import NAME_LIMIT, SEEN_WITHIN
from accounts.sessions import living

MOST = 100  # sessions of one person that a list shows
REMEMBERED = 50_000  # by one process, so that few requests ask the database whether it is time

_looked_at: dict[str, float] = {}


def of(user: User) -> list[SignIn]:
    """Those that are still good, the one seen last first; three queries."""
    rows = SignIn.objects.filter(user=user).order_by("-seen_at", "-pk")[:MOST]
    good = living(row.session_key for row in rows)
    return [row for row in rows if row.session_key in good]


def begin(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Somebody signed in (Django's `user_logged_in`): whichever page or program did it."""
    if not request.session.session_key:
        request.session.save()
    _note(request, user, str(request.session.session_key), is_app=_is_app(request))


def seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: a browser came by."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (key := request.session.session_key):
            see(request, request.user, key)
        return get_response(request)

    return middleware


def see(request: HttpRequest, user: User, session_key: str, *, is_app: bool = False) -> None:
    """Whoever has this session is here; written at most every quarter of an hour."""
    now = time.monotonic()
    before = _looked_at.get(session_key)
    if before is None or now - before > SEEN_WITHIN.total_seconds():
        _note(request, user, session_key, is_app=is_app)


def _note(request: HttpRequest, user: User, session_key: str, *, is_app: bool) -> None:
    if len(_looked_at) >= REMEMBERED:
        _looked_at.clear()
    _looked_at[session_key] = time.monotonic()
    name = agents.name_of(request.headers.get("User-Agent", ""))[:NAME_LIMIT]
    actions.note_session(user, session_key, name=name, is_app=is_app)


def _is_app(request: HttpRequest) -> bool:
    """Whether it is allauth's door for programs that was used."""
    headless = getattr(getattr(request, "allauth", None), "headless", None)
    return getattr(headless, "client", "") == "app"
