"""Reports: what is kept, who may, and that nobody else learns of it (R40)."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse

from accounts import actions
from accounts.actions.reporting import REPORTS_A_DAY, hash_of
from accounts.errors import Refused
from accounts.models import Block, Report
from tests.factories import block, make_user
from tests.rules import rule
from tests.videos.factories import make_video

pytestmark = pytest.mark.django_db


def report(actor, person, **said) -> Report:
    return actions.report(actor, "user", person.pk, **{"reason": "spam", **said})


def test_a_report_keeps_what_it_is_about(ana, zoe):
    zoe.bio = "Cheap followers!"
    zoe.save()

    made = report(ana, zoe, words="  sells followers ")
    zoe.bio = ""
    zoe.save()

    made.refresh_from_db()
    assert made.evidence["bio"] == "Cheap followers!"
    assert made.evidence_hash == hash_of(made.evidence)
    assert (made.owner, made.words, made.title) == (zoe, "sells followers", "@zoe")


def test_while_one_is_open_there_is_no_second(ana, zoe):
    first = report(ana, zoe)

    assert report(ana, zoe, reason="fraud") == first
    assert Report.objects.count() == 1
    Report.objects.update(state=Report.State.KEPT)
    assert report(ana, zoe) != first


def test_a_report_can_block_as_well(ana, zoe):
    report(ana, zoe, block=True)

    assert Block.objects.filter(blocker=ana, blocked=zoe).exists()


def test_who_blocked_somebody_can_still_be_reported_by_them(ana, zoe):
    block(zoe, ana)

    assert report(ana, zoe).owner == zoe


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": "boring"}, "report.reason"),
        ({"reason": "spam", "words": "x" * 1001}, "report.words"),
    ],
)
def test_a_report_has_its_limits(ana, zoe, said, code):
    with pytest.raises(ValidationError) as refusal:
        report(ana, zoe, **said)
    assert refusal.value.code == code


def test_nobody_reports_themselves_or_what_is_not_there(ana, zoe):
    with pytest.raises(ValidationError) as refusal:
        report(ana, ana)
    assert refusal.value.code == "report.self"
    with pytest.raises(ValidationError) as refusal:
        actions.report(ana, "weather", zoe.pk, reason="spam")
    assert refusal.value.code == "report.kind"
    for kind in ("user", "video", "comment", "message", "conversation"):
        with pytest.raises(Http404):
            actions.report(ana, kind, "0192f0c1-0000-7000-8000-000000000000", reason="spam")


def test_there_is_an_end_to_reporting(ana):
    for _ in range(REPORTS_A_DAY):
        report(ana, make_user())

    with pytest.raises(Refused) as refusal:
        report(ana, make_user())
    assert refusal.value.code == "report.too_many"


def test_a_video_is_reported_by_who_sees_it(ana, zoe):
    private = make_video(zoe, audience="private")
    public = make_video(zoe, caption="nothing to see")

    assert actions.report(ana, "video", public.pk, reason="hate").evidence["caption"] == (
        "nothing to see"
    )
    with pytest.raises(Http404):
        actions.report(ana, "video", private.pk, reason="hate")


# --- Doors ----------------------------------------------------------------------------------------


@rule("R40", "api")
def test_rest_reports_and_lists_ones_own(api, ana, ben, zoe):
    said = {"kind": "user", "id": str(zoe.pk), "reason": "spam", "words": "sells", "block": True}

    made = api(ana).post("/api/v1/reports/", said, format="json")

    assert made.status_code == 201
    assert "evidence" not in made.json()
    assert Block.objects.filter(blocker=ana, blocked=zoe).exists()
    assert [row["title"] for row in api(ana).get("/api/v1/reports/").json()["results"]] == ["@zoe"]
    for other in (ben, zoe):
        assert api(other).get("/api/v1/reports/").json()["results"] == []


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"kind": "weather"}, 400, "report.kind"),
        ({"reason": "boring"}, 400, "invalid_choice"),
        ({"words": "x" * 1001}, 400, "report.words"),
        ({"id": "0192f0c1-0000-7000-8000-000000000000"}, 404, "not_found"),
    ],
)
def test_rest_refuses_with_codes(api, ana, zoe, said, status, code):
    wanted = {"kind": "user", "id": str(zoe.pk), "reason": "spam", **said}

    answer = api(ana).post("/api/v1/reports/", wanted, format="json")

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_signed_out_people_report_nothing(api, client, zoe):
    assert api().post("/api/v1/reports/", {}).status_code == 401
    assert client.get(reverse("accounts:report", args=["user", zoe.pk])).status_code == 302


@rule("R40", "page")
def test_the_page_asks_thanks_and_goes_back(browser, ana, zoe):
    url = reverse("accounts:report", args=["user", zoe.pk])
    client = browser(ana)

    page = client.get(f"{url}?next=/@zoe/")
    assert "Block Zoe, too" in page.content.decode()
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"reason": "spam", "next": "/@zoe/"})

    assert answer["Location"] == "/@zoe/"
    assert Report.objects.get().reporter == ana


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_the_page_goes_back_to_pages_of_ours_alone(browser, ana, zoe, path):
    url = reverse("accounts:report", args=["user", zoe.pk])

    answer = browser(ana).post(url, {"reason": "spam", "next": path})

    assert answer["Location"] == reverse("accounts:reports")


def test_the_list_is_ones_own(browser, ana, zoe, django_assert_max_num_queries):
    for _ in range(5):
        report(ana, make_user())
    report(zoe, ana)
    client = browser(ana)

    with django_assert_max_num_queries(6):
        page = client.get(reverse("accounts:reports")).content.decode()

    assert page.count("reports__one") == 5
    assert "@ana" not in page.partition("<main")[2].partition("</main")[0]


@rule("R40", "page", "api")
def test_who_is_reported_learns_nothing(browser, api, ana, zoe):
    report(ana, zoe)

    told = json.dumps(api(zoe).get("/api/v1/me/").json())
    assert "report" not in told
    assert "@ana" not in browser(zoe).get(reverse("accounts:reports")).content.decode()


@rule("R40", "page")
def test_a_fourteen_year_old_may_report(kid, zoe):
    assert report(kid, zoe).reporter == kid
