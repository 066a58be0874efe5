"""In which browsers somebody has signed in before: each keeps that itself, in a signed cookie.

Whoever takes their cookies away is told of their next sign-in once more: better one line too many.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User

COOKIE = "medley_known"
SALT = "accounts.known_browsers"
LASTING = 400 * 24 * 60 * 60  # seconds: browsers keep none for longer
MOST = 10  # people who share one


def is_known(request: HttpRequest, user: User) -> bool:
    """Whether the person has signed in with this browser before."""
    return _mark(user) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """They have, from now on."""
    mark = _mark(user)
    marks = [mark, *(each for each in _marks(request) if each != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=SALT),
        max_age=LASTING,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTING)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks]


def _mark(user: User) -> str:
    """Who it is, to nobody who reads the cookie."""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:16]
