"""The little that stays open to somebody whose account is closed: suspended, banned, or leaving.

Whoever gives the right password gets a standing session instead of a signed-in one, for an hour. It
shows what was decided, lets them appeal, take their data and leave; nothing else asks for it. A
browser keeps it in its session, an app sends its token as `X-Standing-Token`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.models import User
from accounts.notifications.mails import written_for
from accounts.signed_in import SessionStore

KEY = "standing"
LIFETIME = timedelta(hours=1)
HEADER = "X-Standing-Token"


def is_for(user: User) -> bool:
    """Whether this person's account is closed in a way that leaves something to be said."""
    return not user.is_active and (user.is_barred or user.leaving_at is not None)


def begin(session: SessionBase, user: User) -> None:
    """From now on the session shows how the person stands; under a new key, as at a sign-in."""
    session.cycle_key()
    session[KEY] = {
        "user": str(user.pk),
        "hash": user.get_session_auth_hash(),
        "until": (timezone.now() + LIFETIME).isoformat(),
    }


def token_for(user: User) -> str:
    """A standing session for an app."""
    session = SessionStore()
    begin(session, user)
    session.set_expiry(LIFETIME)
    session.save()
    return session.session_key or ""


def end(session: SessionBase) -> None:
    """Forget it."""
    session.pop(KEY, None)


def person_in(session: SessionBase) -> User | None:
    """Whom this session shows how they stand; None once it is over, the password or the epoch
    changed, or the account is open again."""
    said = session.get(KEY)
    if not said or datetime.fromisoformat(said["until"]) <= timezone.now():
        return None
    user = User.objects.filter(pk=said["user"]).first()
    if user is None or not is_for(user):
        return None
    return user if constant_time_compare(said["hash"], user.get_session_auth_hash()) else None


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in, or who came as far as this."""
    if request.user.is_authenticated:
        return request.user
    return person_in(request.session)


class Closed(Exception):
    """An app signed in somebody whose account is closed; `middleware.refusals` answers with the
    token."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user

    @property
    def code(self) -> str:
        if self.user.is_banned:
            return "account.banned"
        return "account.suspended" if self.user.suspended_until else "account.leaving"

    def answer(self) -> JsonResponse:
        """As allauth's answers to apps are shaped: 403 with a code, and what the token opens."""
        routes = ("my-decisions", "my-export", "my-deletion")
        opens = [reverse(f"api:{route}") for route in routes]
        meta = {"is_authenticated": False, "standing_token": token_for(self.user), "opens": opens}
        error = {"code": self.code, "message": str(_("This account is closed for now."))}
        return JsonResponse({"status": 403, "errors": [error], "meta": meta}, status=403)


class StandingRequest(HttpRequest):
    """A page's request behind `open_to_the_barred`."""

    person: User


def open_to_the_barred(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `login_required`, also for a standing session. The view asks `request.person`, who may be
    inactive; `request.user` stays who is signed in."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.person = person_of(request)
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        with written_for(request.person):  # nobody is signed in, whose language would be known
            return view(request, *args, **kwargs)

    return wrapped


class StandingAuthentication(BaseAuthentication):
    """For the few REST routes that stay open: `X-Standing-Token`."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        token = request.headers.get(HEADER, "")
        person = person_in(SessionStore(session_key=token)) if token else None
        return (person, None) if person else None
