"""A person's own language and time zone hold for each of their requests, and for no other."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts.middleware import preferences
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
