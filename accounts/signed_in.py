"""Who is signed in, found by two statements that are prepared: every request asks both.

`SessionStore` is Django's own in the database (SESSION_ENGINE names this module), `Backend` is
allauth's; what they find is the same.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.reading import ANY_ID, ANY_TIME, NOBODY, Prepared

_session = Prepared(
    lambda _viewer, key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    *("any session's key", ANY_TIME),
)
_user = Prepared(lambda _viewer, key: User.objects.filter(pk=key), ANY_ID)


class SessionStore(DatabaseSessions):
    """Sessions as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        for session in _session(NOBODY, self.session_key, timezone.now()):
            return session
        self._session_key = None
        return None


class Backend(AuthenticationBackend):
    """By username or mail address, as allauth has it."""

    def get_user(self, user_id: Any) -> User | None:
        for user in _user(NOBODY, user_id):
            return user if self.user_can_authenticate(user) else None
        return None
