"""How a guest's cart is known: by a signed cookie in the browser, by `X-Cart` in apps."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponseBase

from commerce.actions import carts
from commerce.models import Cart

COOKIE, HEADER = "medley_cart", "X-Cart"
AGE = 30 * 24 * 60 * 60  # seconds; data_rights/keeping.py forgets the cart then


def secret_in(request: HttpRequest) -> str:
    """What the request says, from either door; "" where it says nothing, or something forged."""
    return request.headers.get(HEADER) or request.get_signed_cookie(COOKIE, "", max_age=AGE) or ""


def cart_for(request: HttpRequest) -> Cart | None:
    """Whose cart it is, if there is one."""
    return carts.find(request.user, secret_in(request))


def own_cart(request: HttpRequest) -> tuple[Cart, str]:
    """The same, made where there was none: then with the secret that a guest has to keep."""
    if (cart := cart_for(request)) is not None:
        return cart, ""
    secret = "" if request.user.is_authenticated else carts.new_secret()
    return carts.cart_of(request.user, secret), secret


def keep_cookie(response: HttpResponseBase, secret: str) -> None:
    """Have the browser keep a new secret."""
    if secret:
        response.set_signed_cookie(
            COOKIE,
            secret,
            max_age=AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _merge(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if request is not None and (secret := secret_in(request)):
        carts.merge(secret, user)


def watch_sign_ins() -> None:
    """Whoever signs in finds in their cart what they chose before."""
    user_logged_in.connect(_merge, dispatch_uid="commerce.merge_cart")
