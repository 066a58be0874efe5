"""R1's memory: who was refused by the age screen cannot try another birth date for 24 h."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models.age_refusal import LIFETIME, AgeRefusal

COOKIE = "medley_visit"
_SALT = "accounts.age_screen"


def was_refused(request: HttpRequest) -> bool:
    """Whether this browser (by its cookie) or app client (by its record) was refused of late."""
    if _is_app(request):
        return AgeRefusal.objects.standing(_digest(request))
    cookie = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=LIFETIME)
    return cookie is not None


def remember(request: HttpRequest) -> None:
    """Note the refusal: for an app in the database, for a browser in a cookie of the answer."""
    if _is_app(request):
        AgeRefusal.objects.remember(_digest(request))
    else:
        request._age_refused = True  # type: ignore[attr-defined]


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give the browser that was just refused its cookie."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if hasattr(request, "_age_refused"):
            response.set_signed_cookie(
                COOKIE,
                "1",
                salt=_SALT,
                max_age=LIFETIME,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    return handle


def _is_app(request: HttpRequest) -> bool:
    headless = getattr(getattr(request, "allauth", None), "headless", None)
    return getattr(headless, "client", None) == "app"


def _digest(request: HttpRequest) -> str:
    """A keyed hash: without our secret nobody finds the address by trying them all."""
    adapter = get_adapter()
    client = f"{adapter.get_client_ip(request)}|{adapter.get_http_user_agent(request)}"
    return salted_hmac(_SALT, client, algorithm="sha256").hexdigest()
