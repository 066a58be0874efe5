"""Whoever reported something against which nothing was done may ask once for another look: by
somebody else, who answers, and what they were right about is decided anew (R40-R43)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import Appeal, Case, Decision, Report
from accounts.moderation import appeals, cases, deciding, queue
from accounts.moderation.queue import Filters
from tests.accounts.staff import desk_of, hold, make_report, make_staff
from tests.accounts.test_decisions import SAID, told
from tests.rules import rule

pytestmark = pytest.mark.django_db
Acts = list[tuple[str, dict[str, Any]]]
NONE: Acts = [("none", {})]
WARN: Acts = [("warn", {})]


@pytest.fixture
def senior(db):
    return make_staff("sam", "senior")


@pytest.fixture
def other_senior(db):
    return make_staff("sue", "senior")


@pytest.fixture
def in_vain(senior, ana, ben, zoe) -> Report:
    """Ana's report of Zoe, whom Ben reported as well; nothing was found."""
    report = make_report(ana, "user", zoe, owner=zoe, title="@zoe")
    make_report(ben, "user", zoe, owner=zoe, title="@zoe")
    assert report.case is not None
    deciding.decide(senior, report.case, acts=NONE, **SAID)
    report.refresh_from_db()
    return report


def ask(person, report, words="Look at the second half.") -> Appeal:
    return appeals.ask_again(person, report, words)


# --- Asking ---------------------------------------------------------------------------------------


@rule("R40", "page")
@rule("R41", "page")
def test_from_the_list_of_reports_another_look_is_asked_for(in_vain, ana, ben, browser):
    url = reverse("accounts:report_made", args=[in_vain.pk])
    assert url in browser(ana).get("/settings/reports/").text

    page = browser(ana).post(url, {"words": "Look at the second half."}, follow=True)

    assert "Look at the second half." in page.text
    assert "Ask for another look" not in page.text
    case = Case.objects.get(origin="appeal")
    assert (case.owner_id, case.appeal.person, case.appeal.report) == (
        in_vain.owner_id,
        ana,
        in_vain,
    )
    assert browser(ben).get(url).status_code == 404


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(in_vain, ana, browser):
    url = reverse("accounts:report_made", args=[in_vain.pk])
    long = "x" * 2001

    page = browser(ana).post(url, {"words": long})

    assert (page.status_code, long in page.text) == (422, True)
    ask(ana, in_vain)
    late = browser(ana).post(url, {"words": "And again."})
    assert (late.status_code, "You appealed against this decision already." in late.text) == (
        422,
        True,
    )


@rule("R40", "api")
@rule("R41", "api")
def test_an_app_asks_as_well(in_vain, ana, ben, api):
    url = f"/api/v1/reports/{in_vain.pk}/"
    assert api(ana).get(url).json()["may_appeal"] is True

    made = api(ana).post(f"{url}appeal/", {"words": "Look again."})
    again = api(ana).post(f"{url}appeal/", {"words": "And again."})

    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert (again.status_code, again.json()["code"]) == (409, "appeal.once")
    row = api(ana).get("/api/v1/reports/").json()["results"][0]
    assert (row["may_appeal"], row["appeal"]["words"]) == (False, "Look again.")
    assert api(ben).post(f"{url}appeal/", {"words": "Mine too."}).status_code == 404
    assert api().post(f"{url}appeal/", {"words": "Mine too."}).status_code == 401


def test_reports_are_listed_in_as_many_queries_however_many_there_are(
    in_vain, ana, zoe, api, browser, django_assert_num_queries
):
    ask(ana, in_vain)
    for _ in range(2):
        make_report(ana, "video", Report(), owner=zoe)
    app, page = api(ana), browser(ana)
    for _ in range(2):  # what is asked once a session is known by then
        app.get("/api/v1/reports/")
        page.get("/settings/reports/")

    with django_assert_num_queries(1):
        app.get("/api/v1/reports/")
    with django_assert_num_queries(5):
        page.get("/settings/reports/")


def test_asking_has_its_limits(in_vain, ana, ben, zoe):
    for words in (" ", "x" * 2001):
        with pytest.raises(ValidationError) as wrong:
            ask(ana, in_vain, words)
        assert wrong.value.code == "appeal.words"
    for person in (ben, zoe):
        with pytest.raises(Http404):
            ask(person, in_vain)
    waiting = make_report(ana, "video", in_vain, owner=zoe)
    with pytest.raises(Conflict) as early:
        ask(ana, waiting)
    assert early.value.code == "report.not_declined"
    Report.objects.update(closed_at=timezone.now() - timedelta(days=184))
    with pytest.raises(Refused) as late:
        ask(ana, in_vain)
    assert late.value.code == "appeal.late"


# --- Answering ------------------------------------------------------------------------------------


@rule("R41", "admin")
def test_who_found_nothing_does_not_look_again_nor_does_who_asks(
    in_vain, ana, senior, other_senior
):
    case = ask(ana, in_vain).case
    asking_senior = make_staff("una", "senior")
    Appeal.objects.update(person=asking_senior)

    for person, code in ((senior, "appeal.same_moderator"), (asking_senior, "case.own")):
        with pytest.raises(Refused) as refusal:
            cases.claim(person, case)
        assert refusal.value.code == code
        assert queue.take_next(person, Filters(origin="appeal")) is None
    assert queue.take_next(other_senior, Filters(origin="appeal")) == case


@rule("R41", "page", "admin")
def test_who_was_right_sees_it_decided_anew_and_all_reporters_hear(
    in_vain, ana, ben, zoe, other_senior, browser
):
    made = ask(ana, in_vain)
    hold(other_senior, made.case)
    desk = desk_of(other_senior)
    page = desk.get(reverse("admin:accounts_case_change", args=[made.case.pk])).text
    assert "asks for another look" in page
    assert "Look at the second half." in page

    answered = desk.post(
        reverse("admin:accounts_case_answer", args=[made.case.pk]),
        {"overturn": "", "words": "You are right."},
    )

    first = Case.objects.get(pk=in_vain.case_id)
    assert answered["Location"] == reverse("admin:accounts_case_change", args=[first.pk])
    assert (first.state, first.holder) == ("open", other_senior)
    assert set(first.reports.values_list("state", flat=True)) == {"open"}
    assert told(zoe) == []  # nothing was decided about her yet

    deciding.decide(other_senior, first, acts=WARN, **SAID)

    assert set(first.reports.values_list("state", flat=True)) == {"acted"}
    assert told(ana) == ["accounts.report_answered"] * 2  # of the report, and of what she asked
    assert told(ben) == ["accounts.report_answered"]  # the same line, of the same report
    shown = browser(ana).get(reverse("accounts:report_made", args=[in_vain.pk])).text
    assert "You are right." in shown
    assert "We took action" in shown


def test_an_answer_that_leaves_it_says_why_and_is_the_last(in_vain, ana, other_senior, browser):
    made = ask(ana, in_vain)

    appeals.answer(other_senior, made, overturn=False, words="It is satire.")

    in_vain.refresh_from_db()
    assert (in_vain.state, Decision.objects.get().state) == ("kept", "standing")
    assert "It is satire." in browser(ana).get(f"/settings/reports/{in_vain.pk}/").text
    with pytest.raises(Conflict):
        ask(ana, in_vain)


def test_what_was_reported_again_meanwhile_is_decided_there(in_vain, ana, ben, zoe, other_senior):
    made = ask(ana, in_vain)
    later = make_report(ben, "user", zoe, owner=zoe, title="@zoe")

    appeals.answer(other_senior, made, overturn=True, words="Yes.")

    in_vain.refresh_from_db()
    assert (in_vain.state, in_vain.case) == ("open", later.case)
    # Ben has an open report of it there: his older one stays as it is.
    assert sorted(ben.reports_made.values_list("state", flat=True)) == ["kept", "open"]
