"""A person's language and time zone hold for their requests only; refusals reach people."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.errors import Conflict, Refused, Unavailable
from accounts.middleware import preferences, refusals
from accounts.models import User


def seen_by(user) -> tuple[str, str]:
    """Language and time zone that a view meets."""
    request = RequestFactory().get("/")
    request.user = user
    words = []

    def view(_request):
        words.extend([translation.get_language(), timezone.get_current_timezone_name()])
        return HttpResponse()

    preferences(view)(request)
    return words[0], words[1]


def test_own_language_and_time_zone_hold():
    assert seen_by(User(language="es", time_zone="Asia/Tokyo")) == ("es", "Asia/Tokyo")


def test_without_a_choice_the_device_decides():
    with translation.override("en"):
        assert seen_by(User(time_zone="UTC")) == ("en", "UTC")


@pytest.mark.parametrize("fails", [False, True])
def test_time_zone_does_not_leak_into_the_next_request(fails):
    request = RequestFactory().get("/")
    request.user = User(time_zone="Asia/Tokyo")

    def view(_request):
        if fails:
            raise RuntimeError
        return HttpResponse()

    with pytest.raises(RuntimeError) if fails else translation.override("en"):
        preferences(view)(request)

    assert timezone.get_current_timezone_name() == "UTC"


def told(request: HttpRequest, error: Exception) -> Any:
    """The answer to an error that a view let through."""
    middleware: Any = refusals(lambda _request: HttpResponse())
    return middleware.process_exception(request, error)


ERRORS = [
    (Refused("policy.R20", "Não é teu amigo."), 403, "Não é teu amigo."),
    (Conflict("x", "Already there."), 409, "Already there."),
    (ValidationError("That is you."), 422, "That is you."),
    (Unavailable("x", "Try again."), 503, "Try again."),
]


@pytest.mark.parametrize(("error", "status", "sentence"), ERRORS)
def test_refusal_reaches_htmx_as_a_sentence(error, status, sentence):
    request = RequestFactory(headers={"HX-Request": "true"}).post("/")

    response = told(request, error)

    assert (response.status_code, unquote(response["X-Refusal"])) == (status, sentence)


@pytest.mark.parametrize("url", ["/@ana/follow/", "/@ana/block/"])
def test_refusal_is_a_page_with_the_sentence(browser, ana, url):
    response = browser(ana).post(url)

    assert response.status_code == 422
    assert "That is you." in response.content.decode()


def test_other_errors_are_left_to_django():
    request = RequestFactory().get("/")

    assert told(request, KeyError()) is None
