"""Who is signed in, found by one statement that is prepared: every request asks it.

`SessionStore` is Django's own in the database (SESSION_ENGINE names this module), `Backend` is
allauth's; what they find is the same. A session that somebody signed in with is noted beside the
person (`SignIn`), so both are read at once, and the backend, asked right after, has the person.
"""

from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.reading import ANY_ID, ANY_TIME, NOBODY, Prepared

KEY = "any session's key"


def _living(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


def _owners(_viewer: Any, key: Any, now: Any) -> QuerySet[User]:
    session = _living(key, now)
    return User.objects.filter(sign_ins__session_key=key).annotate(
        session_data=Subquery(session.values("session_data")),
        session_ends=Subquery(session.values("expire_date")),
    )


_owner = Prepared(_owners, KEY, ANY_TIME)
_session = Prepared(lambda _viewer, key, now: _living(key, now), KEY, ANY_TIME)
_user = Prepared(lambda _viewer, key: User.objects.filter(pk=key), ANY_ID)

# Whom the session that was read last belongs to, until the backend asks for them.
_just_read: ContextVar[User | None] = ContextVar("just_read", default=None)


class SessionStore(DatabaseSessions):
    """Sessions as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        _just_read.set(None)
        now = timezone.now()
        for owner in _owner(NOBODY, self.session_key, now):
            if session := self._session_of(owner):
                _just_read.set(owner)
                return session
            break
        else:  # nobody signed in with it: a guest's, or one made without a browser
            for session in _session(NOBODY, self.session_key, now):
                return session
        self._session_key = None
        return None

    def _session_of(self, owner: Any) -> Session | None:
        """What was read beside its owner; nothing when it has ended."""
        data, ends = owner.__dict__.pop("session_data"), owner.__dict__.pop("session_ends")
        if ends is None:
            return None
        return Session(session_key=str(self.session_key), session_data=data, expire_date=ends)


class Backend(AuthenticationBackend):
    """By username or mail address, as allauth has it."""

    def get_user(self, user_id: Any) -> User | None:
        user = _just_read.get()
        _just_read.set(None)
        if user is None or user.pk != user_id:
            user = _user.first(NOBODY, user_id)
        return user if user and self.user_can_authenticate(user) else None
