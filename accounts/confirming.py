"""Whether somebody proved lately that it is them: for what must not happen to an open browser."""

import time
from typing import Any

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.requests import SignedInApiRequest


def must_be_confirmed(request: SignedInApiRequest) -> None:
    """Raise `Refused` (account.reauthentication) unless this session signed in, or confirmed
    (`POST /_allauth/app/v1/auth/reauthenticate`), within the last minutes.

    Pages ask the same by allauth's `reauthentication_required`.
    """
    session: Any = request.auth or request.session
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    since = time.time() - REAUTHENTICATION_TIMEOUT
    if not any(record.get("at", 0) >= since for record in records):
        raise Refused("account.reauthentication", _("Confirm first that it is you."))
