"""How an app signs its REST requests; apart from config/api.py, which REST's views import."""

from typing import Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.request import Request

from accounts import sign_ins


class AppSessionAuthentication(XSessionTokenAuthentication):
    """allauth's `X-Session-Token`; with a header, so that a missing sign-in is 401 and not 403."""

    def authenticate(self, request: Request) -> Any:
        """As allauth's; the list of somebody's sessions says that the app was here."""
        if (found := super().authenticate(request)) is not None:
            user, session = found
            sign_ins.see(request, user, session.session_key, is_app=True)
        return found

    def authenticate_header(self, request: Request) -> str:
        return "X-Session-Token"


class AppSessionScheme(OpenApiAuthenticationExtension):
    """How the schema describes `X-Session-Token`."""

    target_class = "config.authentication.AppSessionAuthentication"
    name = "sessionToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}
