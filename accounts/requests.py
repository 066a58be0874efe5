"""Requests as the doors know them; the types say what a decorator or a permission has checked."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from accounts.models import User


class PageRequest(HttpRequest):
    """Any page's request, after django-htmx's middleware."""

    htmx: HtmxDetails


class SignedInRequest(PageRequest):
    """A page's request behind `login_required`."""

    user: User


class SignedInApiRequest(Request):
    """A REST request behind `IsAuthenticated`, the default."""

    user: User
