"""What is off in a region (R45): who is where, what that closes, and who switches it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone, translation

from accounts import actions
from accounts.errors import Conflict, Refused
from accounts.models import AuditEntry, RegionRule
from accounts.policy import regions as region_policy
from accounts.regions import asking, table, where, zones
from tests.accounts.staff import desk_of
from tests.factories import make_user
from tests.rules import rule
from tests.videos.factories import make_video

REASONS = {"en": "A court decided so.", "es": "Lo decidió un juez."}


@pytest.fixture
def legal(db):
    person = make_user("lea", is_staff=True)
    person.groups.add(Group.objects.get_or_create(name="legal")[0])
    return person


def switch_off(actor, feature="messages", region="IN", **options) -> RegionRule:
    return actions.switch_off(actor, region=region, feature=feature, reasons=REASONS, **options)


# --- Where somebody is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Asia/Kolkata", "IN"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Madrid", "ES"),
        ("UTC", ""),
        ("Nowhere/At_all", ""),
    ],
)
def test_a_time_zone_lies_in_a_country_also_by_its_older_name(zone, country):
    assert zones.country_of(zone) == country


def region_of(person=None, *, cookie: str = "", **headers: str) -> str:
    request = RequestFactory().get("/", headers=headers)
    request.COOKIES["medley_zone"] = cookie
    return where.of_request(request, person)


def test_a_trusted_proxy_knows_best_then_the_account_then_its_clock(settings, ana):
    settings.REGION_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "X-Country", 1
    ana.time_zone, ana.region = "Europe/Madrid", ""

    assert region_of(ana) == "ES"
    ana.region = "PK"
    assert region_of(ana) == "PK"
    assert region_of(ana, **{"X-Country": "in"}) == "IN"
    assert region_of(ana, **{"X-Country": "XX"}) == "PK"
    assert region_of(ana, **{"X-Country": "T1"}) == "PK"


def test_nobody_else_says_where_they_are(settings, ana):
    ana.region = "PK"
    settings.REGION_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "X-Country", 0

    assert region_of(ana, **{"X-Country": "FR"}) == "PK"


def test_of_somebody_unknown_the_browsers_clock_tells():
    assert region_of(cookie="Asia%2FKolkata") == "IN"
    assert region_of(cookie="rubbish") == ""
    assert region_of() == ""


def test_jobs_know_people_as_their_accounts_do(ana, ben, zoe):
    type(ana).objects.filter(pk=ana.pk).update(region="IN")
    type(ben).objects.filter(pk=ben.pk).update(time_zone="Asia/Calcutta")
    type(zoe).objects.filter(pk=zoe.pk).update(region="ES", time_zone="Asia/Calcutta")

    there = type(ana).objects.filter(where.living_in(["IN"]))

    assert set(there) == {ana, ben}


# --- What holds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "feature", "cause"),
    [
        ({"messages"}, "groups", "messages"),
        ({"groups"}, "messages", None),
        ({"app", "videos"}, "comments", "app"),
        ({"videos"}, "messages", None),
        ({"shop"}, "shop", "shop"),
        (set(), "app", None),
    ],
)
def test_what_is_off_takes_along_what_is_part_of_it(off, feature, cause):
    assert region_policy.off_because_of(feature, frozenset(off)) == cause
    refusal = region_policy.region_off(feature, frozenset(off))
    assert (refusal.code if refusal else None) == ("policy.R45" if cause else None)


def test_every_feature_has_its_sentence():
    for feature in region_policy.FEATURES:
        refusal = region_policy.region_off(feature, frozenset({feature}))
        assert refusal is not None
        assert str(refusal.sentence)


def test_a_rule_holds_from_its_beginning_until_before_its_end(legal):
    now = timezone.now()
    made = switch_off(legal, off_from=now + timedelta(hours=1), off_until=now + timedelta(hours=2))

    def off(hours: float) -> frozenset[str]:
        return table.off_in("IN", now + timedelta(hours=hours))

    table.look()
    assert [off(0), off(1.5), off(2)] == [frozenset(), frozenset({"messages"}), frozenset()]
    assert table.off_in("ES", now + timedelta(hours=1.5)) == frozenset()
    assert made.made_by == legal


def test_the_rules_are_read_once_not_for_each_request(legal, django_assert_num_queries):
    switch_off(legal)
    table.look()

    with django_assert_num_queries(0):
        for _ in range(20):
            table.look()
            assert table.off_in("IN") == {"messages"}


def test_another_process_finds_out_by_the_version(legal, monkeypatch):
    monkeypatch.setattr(table, "LOOK_EVERY", 0)
    table.forget()
    table.look()
    RegionRule.objects.create(region="IN", feature="videos", reasons=REASONS)
    table.look()
    assert table.off_in("IN") == frozenset()

    table.cache.set(table.VERSION, "another")  # what the one who saved it says
    table.look()

    assert table.off_in("IN") == {"videos"}


def test_without_a_cache_the_database_is_asked(legal, monkeypatch):
    monkeypatch.setattr(table, "LOOK_EVERY", 0)
    monkeypatch.setattr(table.cache, "get", lambda *_: None)
    table.forget()
    table.look()
    RegionRule.objects.create(region="IN", feature="videos", reasons=REASONS)

    table.look()

    assert table.off_in("IN") == {"videos"}


# --- Who switches ---------------------------------------------------------------------------------


@rule("R45", "admin")
def test_legal_switches_a_feature_off_and_on_and_it_is_on_record(legal):
    made = switch_off(legal, legal_reference="Order 69A")
    table.look()
    assert table.off_in("IN") == {"messages"}

    actions.switch_on(legal, made)
    table.look()

    assert table.off_in("IN") == frozenset()
    verbs = AuditEntry.objects.order_by("number").values_list("verb", "actor", "object_id")
    assert list(verbs) == [
        ("region.switched_off", legal.pk, made.pk),
        ("region.switched_on", legal.pk, made.pk),
    ]
    with pytest.raises(Conflict):
        actions.switch_on(legal, made)


def test_what_was_to_begin_later_never_does(legal):
    made = switch_off(legal, off_from=timezone.now() + timedelta(days=1))

    actions.switch_on(legal, made)
    table.look()

    assert table.off_in("IN", timezone.now() + timedelta(days=2)) == frozenset()


@pytest.mark.parametrize("role", ["moderator", "support", None])
def test_nobody_else_switches(legal, role):
    person = make_user("max", is_staff=role is not None)
    if role:
        person.groups.add(Group.objects.get_or_create(name=role)[0])
    made = switch_off(legal)

    with pytest.raises(Refused, match="legal"):
        switch_off(person, "videos")
    with pytest.raises(Refused):
        actions.switch_on(person, made)

    assert RegionRule.objects.count() == 1


def test_what_makes_no_sense_is_refused(legal):
    past = timezone.now() - timedelta(days=1)
    for options in ({"region": "QQ"}, {"feature": "air"}, {"off_until": past}):
        with pytest.raises(ValidationError):
            switch_off(legal, **options)
    with pytest.raises(ValidationError) as error:
        actions.switch_off(legal, region="IN", feature="videos", reasons={"en": "  "})

    assert error.value.code == "region.no_reason"
    assert RegionRule.objects.count() == 0


def test_people_read_why_in_their_language(legal):
    made = switch_off(legal)

    with translation.override("es"):
        assert made.reason == "Lo decidió un juez."
    with translation.override("fr"):
        assert made.reason == "A court decided so."


@rule("R45", "admin")
def test_legal_does_it_in_the_admin(legal, indian):
    said = {
        "region": "IN",
        "feature": "messages",
        "reason_en": "A court decided so.",
        "reason_es": "",
        "legal_reference": "Order 69A",
        **dict.fromkeys(["off_from_0", "off_from_1", "off_until_0", "off_until_1"], ""),
    }
    desk = desk_of(legal)

    assert desk.get("/admin/accounts/regionrule/add/").status_code == 200
    assert desk.post("/admin/accounts/regionrule/add/", said).status_code == 302
    made = RegionRule.objects.get()
    assert (made.reasons, made.made_by) == ({"en": "A court decided so."}, legal)
    assert made.holds(timezone.now())
    page = desk.get("/admin/accounts/regionrule/").content.decode()
    assert "Off now" in page
    assert desk.get(f"/admin/accounts/regionrule/{made.pk}/change/").status_code == 200

    again = {"action": "switch_on", "_selected_action": [str(made.pk)]}
    desk.post("/admin/accounts/regionrule/", again)
    made.refresh_from_db()
    assert not made.holds(timezone.now())
    assert desk.post(f"/admin/accounts/regionrule/{made.pk}/delete/").status_code == 403


def test_other_roles_see_no_table_of_regions(legal):
    support = make_user("sue", is_staff=True)
    support.groups.add(Group.objects.get(name="support"))

    assert desk_of(support).get("/admin/accounts/regionrule/").status_code == 403


# --- Pages and API --------------------------------------------------------------------------------


@pytest.fixture
def indian(ana):
    type(ana).objects.filter(pk=ana.pk).update(region="IN")
    ana.refresh_from_db()
    return ana


@rule("R45", "page")
def test_a_page_explains_what_is_off_and_offers_the_way_out(legal, indian, browser):
    switch_off(legal, legal_reference="Order 69A")

    answer = browser(indian).get("/inbox/", headers={"accept": "text/html"})

    assert answer.status_code == 451
    page = answer.content.decode()
    assert "Messages are not available where you are right now." in page
    assert "A court decided so." in page
    assert "Order 69A" in page
    assert 'href="/settings/data/"' in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("feature", "offered"), [("comments", False), ("shop", True)])
def test_a_video_offers_no_comments_where_they_are_off(
    legal, indian, ben, browser, feature, offered
):
    video = make_video(ben, comment_count=3)
    switch_off(legal, feature)
    said = "Comments are not available where you are right now."

    page = browser(indian).get(video.get_absolute_url()).content.decode()

    assert ("data-comments=" in page, said in page) == (offered, not offered)


@rule("R45", "page")
def test_others_notice_nothing(legal, indian, ben, browser):
    switch_off(legal)

    assert browser(ben).get("/inbox/").status_code == 200
    assert browser(indian).get("/discover/").status_code == 200


@rule("R45", "page", "api")
def test_somebody_unknown_is_where_their_clock_is(legal, client):
    switch_off(legal, "videos")
    switch_off(legal, "sign_up")
    client.cookies["medley_zone"] = "Asia/Kolkata"

    found = [client.get(path).status_code for path in ("/", "/accounts/signup/", "/api/v1/feed/")]
    assert found == [451, 451, 451]
    assert client.get("/accounts/login/").status_code == 200
    client.cookies["medley_zone"] = "Europe/Madrid"
    assert client.get("/accounts/signup/").status_code == 200


@rule("R45", "api")
def test_nobody_signs_up_there_with_an_app(legal, client):
    switch_off(legal, "sign_up")
    new = {
        "username": "newcomer",
        "email": "new@example.com",
        "password": "a long and odd one 7",
        "birth_date": "1990-01-01",
        "time_zone": "Asia/Kolkata",
    }
    address = "/_allauth/app/v1/auth/signup"

    refused = client.post(address, new, content_type="application/json")
    elsewhere = new | {"time_zone": "Europe/Madrid"}
    welcome = client.post(address, elsewhere, content_type="application/json")

    assert refused.status_code == 400
    assert "policy.R45" in refused.content.decode()
    assert welcome.status_code in (200, 401)  # 401: the address is to be confirmed
    assert type(legal).objects.filter(username="newcomer", time_zone="Europe/Madrid").exists()


@rule("R45", "api")
def test_the_api_refuses_with_its_code(legal, indian, browser):
    switch_off(legal)

    answer = browser(indian).get("/api/v1/conversations/")

    assert answer.status_code == 451
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "policy.R45"
    assert browser(indian).get("/api/v1/me/").status_code == 200


@rule("R45", "api")
def test_an_app_is_known_by_its_token(legal, indian, client):
    switch_off(legal)
    client.force_login(indian)
    token = client.session.session_key
    client.cookies.clear()

    answer = client.get("/api/v1/conversations/", headers={"X-Session-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (451, "policy.R45")


@rule("R45", "page")
def test_with_all_of_medley_off_signing_out_and_staff_go_on(legal, indian, mod, browser):
    switch_off(legal, "app")
    there = browser(indian)

    assert there.get("/").status_code == 451
    assert there.get("/settings/").status_code == 451
    assert there.get("/settings/devices/").status_code == 200
    assert there.get("/accounts/password/change/").status_code == 200
    assert there.post("/accounts/logout/").status_code == 302


def test_what_htmx_asks_is_refused_in_a_sentence(legal, indian, browser):
    switch_off(legal)

    answer = browser(indian).get("/chat/new/people/", headers={"HX-Request": "true"})

    assert answer.status_code == 451
    assert "not%20available" in answer["X-Refusal"]


def test_without_rules_nobody_is_looked_up(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/offline/").status_code == 200


# --- Jobs -----------------------------------------------------------------------------------------


def test_jobs_leave_alone_those_for_whom_it_is_off(legal, indian, ben):
    switch_off(legal)

    assert asking.is_off_for(indian, "messages")
    assert asking.is_off_for(indian, "groups")
    assert not asking.is_off_for(indian, "videos")
    assert not asking.is_off_for(ben, "messages")
