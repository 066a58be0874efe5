"""`ETag` and `If-None-Match`: what an app has already is not sent again."""

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from config import conditional

ME = "/api/v1/me/"


def test_what_an_app_has_is_not_sent_again_until_it_changes(client, ana):
    client.force_login(ana)
    first = client.get(ME)
    has = {"If-None-Match": first["ETag"]}

    same = client.get(ME, headers=has)
    User.objects.filter(pk=ana.pk).update(display_name="Ana B.")
    changed = client.get(ME, headers=has)

    assert first["Cache-Control"] == "private, no-cache"
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert (changed.status_code, changed.json()["display_name"]) == (200, "Ana B.")
    assert changed["ETag"] != first["ETag"]


def test_a_tag_tells_nothing_to_somebody_else(client, ana, ben):
    client.force_login(ana)
    tag = client.get(ME)["ETag"]
    client.force_login(ben)
    theirs = client.get(ME, headers={"If-None-Match": tag})
    client.logout()

    assert (theirs.status_code, theirs.json()["username"]) == (200, "ben")
    assert client.get(ME, headers={"If-None-Match": tag}).status_code == 401


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/chat/", HttpResponse("a page")),
        ("/api/v1/x/", HttpResponse(status=404)),
        ("/api/v1/x/", HttpResponse("secret", headers={"Cache-Control": "no-store"})),
        ("/api/v1/x/", FileResponse([b"a film"])),
    ],
    ids=["page", "error", "secret", "stream"],
)
def test_all_else_has_no_tag(path, answer):
    heard = conditional.middleware(lambda _request: answer)(RequestFactory().get(path))

    assert heard is answer
    assert "ETag" not in heard


def test_a_tag_of_the_views_own_stays():
    own = HttpResponse("x", headers={"ETag": '"own"'})
    request = RequestFactory().get("/api/v1/x/")

    assert conditional.middleware(lambda _request: own)(request)["ETag"] == '"own"'
