"""What age opens and locks of somebody's own settings, by page and by REST."""

import pytest

from accounts.models import User
from tests.rules import rule

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


@rule("R3", "page", "api")
@pytest.mark.parametrize("form", [False, True])
def test_at_16_messages_are_opened_by_the_person(api, browser, teo, form):
    User.objects.filter(pk=teo.pk).update(messages_from="no_one")
    teo.refresh_from_db()

    if form:
        browser(teo).post("/settings/privacy/", {"messages_from": "friends"})
    else:
        assert api(teo).patch(ME, {"messages_from": "friends"}).status_code == 200

    assert User.objects.get(pk=teo.pk).messages_from == "friends"


@rule("R2", "api")
@rule("R4", "api")
@pytest.mark.parametrize(
    ("wanted", "code"),
    [({"messages_from": "friends"}, "policy.R2"), ({"is_private": False}, "policy.R4")],
)
def test_under_16_what_is_locked_stays_so_by_rest(api, kid, wanted, code):
    refused = api(kid).patch(ME, wanted, format="json")

    assert (refused.status_code, refused.json()["code"]) == (403, code)
    kid.refresh_from_db()
    assert (kid.messages_from, kid.is_private) == ("no_one", True)


@rule("R6", "page", "api")
def test_under_16_nobody_is_suggested_who_did_not_ask_for_it(api, browser, kid):
    """Asking is theirs to do; the rest of the rule is what nobody finds a word of."""
    User.objects.filter(pk=kid.pk).update(suggests_account=False)

    told = api(kid).get(ME).json()
    page = browser(kid).get("/settings/privacy/").content.decode()

    assert told["suggests_account"] is False
    assert 'name="suggests_account"' in page


@rule("R6", "api")
def test_no_place_of_a_person_is_asked_or_told(client):
    """A region is where somebody says they live; no field anywhere holds where they are."""
    schema = client.get("/api/v1/schema/").content.decode().lower()

    assert not any(word in schema for word in ("latitude", "longitude", "geolocation", "gps"))
