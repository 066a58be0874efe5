"""Whether somebody proved lately that it is them: for what must not happen to an open browser."""

import time
from collections.abc import Mapping
from typing import Any

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts import standing
from accounts.errors import Refused
from accounts.models import User
from accounts.requests import SignedInApiRequest
from accounts.signed_in import SessionStore

TRIES = 5  # wrong codes, before the password is asked for again
_SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def must_be_confirmed(request: SignedInApiRequest) -> None:
    """Raise `Refused` (account.reauthentication) unless this session signed in, or confirmed
    (`POST /_allauth/app/v1/auth/reauthenticate`), within the last minutes.

    A standing session (accounts/standing.py) was begun with the password: whoever has a second step
    gives its `code` here. Pages ask the same by allauth's `reauthentication_required`.
    """
    if is_standing(request):
        given = request.data.get("code") if isinstance(request.data, Mapping) else None
        _check_code(request.user, given, request.headers[standing.HEADER])
    elif not _is_fresh(request.auth or request.session):
        raise _unconfirmed()


def is_standing(request: SignedInApiRequest) -> bool:
    """Whether this is somebody whose account is closed."""
    return isinstance(request.successful_authenticator, standing.StandingAuthentication)


def _is_fresh(session: Any) -> bool:
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    since = time.time() - REAUTHENTICATION_TIMEOUT
    return any(record.get("at", 0) >= since for record in records)


def _check_code(person: User, code: Any, token: str) -> None:
    steps = list(Authenticator.objects.filter(user=person, type__in=_SECOND_STEPS))
    if not steps or any(step.wrap().validate_code(str(code or "")) for step in steps):
        return
    session = SessionStore(session_key=token)
    session["tries"] = tries = session.get("tries", 0) + 1
    if tries >= TRIES:
        standing.end(session)
    session.save()
    raise _unconfirmed()


def _unconfirmed() -> Refused:
    return Refused("account.reauthentication", _("Confirm first that it is you."))
