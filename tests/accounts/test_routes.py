"""Quick addresses are Django's own."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from accounts.routes import address, address_of_file


@pytest.mark.parametrize(
    ("name", "others"),
    [("videos:detail", []), ("videos:like", []), ("accounts:report", ["video"])],
)
def test_they_are_what_reverse_says(name, others):
    for key in (uuid4(), uuid4()):
        assert address(name, *others, key) == reverse(name, args=[*others, key])


@pytest.mark.parametrize("username", ["ana", "ben.b_2-x", "añá", "a b", "any-name-of_1"])
def test_peoples_too(username):
    for _time in range(2):
        assert address("accounts:profile", username) == reverse("accounts:profile", args=[username])


def test_no_name_stands_where_a_route_wants_an_id():
    with pytest.raises(NoReverseMatch):
        address("videos:detail", "ana")


def test_without_an_id_they_are_looked_up():
    assert address("videos:feed") == reverse("videos:feed")
    with pytest.raises(NoReverseMatch):
        address("videos:nowhere", uuid4())


def test_they_stand_below_another_path_where_the_site_does():
    key = uuid4()
    plain = address("videos:detail", key)
    set_script_prefix("/medley/")
    try:
        assert address("videos:detail", key) == f"/medley{plain}"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("file", ["720-ab12.mp4", "a b%.jpg", "sún.mp4"])
def test_files_too(file):
    for key in (uuid4(), uuid4()):
        assert address_of_file("videos:media", key, file) == reverse(
            "videos:media", args=[key, file]
        )
