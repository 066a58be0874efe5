"""The public totals: counted by a job, open to everybody, never counted while somebody waits."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Appeal, TransparencyTotal
from accounts.moderation import appeals, deciding
from accounts.tasks import count_transparency
from accounts.transparency import bounds, half_of
from tests.accounts.staff import make_case, make_report, make_reported, make_staff
from tests.factories import make_user
from tests.rules import rule

PAGE = reverse("accounts:transparency")
API = reverse("api:transparency")
NOW = half_of(datetime.now(UTC))
SAID: dict[str, Any] = {"reason": "harassment", "rule": "people", "words": "Not here."}


@pytest.fixture
def counted(ana, zoe, ben):
    """Two reports of Ana, a warning that an appeal took back; a hit that was nothing."""
    sam, sue = make_staff("sam", "senior"), make_staff("sue", "senior")
    case = make_reported(zoe, "user", ana, owner=ana)
    make_report(ben, "user", ana, owner=ana, reason="spam")
    first = deciding.decide(sam, case, acts=[("warn", {})], **SAID)
    made = appeals.appeal(ana, first, "It was a joke.")
    appeals.answer(sue, made, overturn=True, words="It was.")
    nothing = make_case(make_user(), origin="spam")
    deciding.decide(sam, nothing, acts=[("none", {})], **SAID)
    count_transparency()


def totals() -> set[tuple[str, str, str, int]]:
    rows = TransparencyTotal.objects.of(NOW).exclude(measure="time")
    return set(rows.values_list("measure", "kind", "name", "value"))


@rule("R42", "job")
def test_the_job_counts_what_was_reported_found_decided_and_changed(counted):
    assert totals() == {
        ("reports", "user", "harassment", 1),
        ("reports", "user", "spam", 1),
        ("found", "user", "report", 1),
        ("found", "user", "spam", 1),
        ("acts", "user", "warn", 1),
        ("acts", "user", "none", 1),
        ("rules", "user", "people", 1),
        ("automated", "user", "person", 2),
        ("appeals", "user", "overturned", 1),
    }


def test_counting_again_changes_nothing(counted):
    before = totals()

    count_transparency()

    assert totals() == before


def test_what_only_waits_for_a_second_senior_is_no_decision(ana, zoe):
    mia = make_staff("mia", "moderator")
    case = make_reported(zoe, "user", ana, owner=ana)
    deciding.decide(mia, case, acts=[("ban", {})], **SAID)

    count_transparency()

    assert not TransparencyTotal.objects.filter(measure="acts").exists()


@rule("R42", "page")
def test_everybody_reads_the_totals(client, counted):
    page = client.get(PAGE).content.decode()

    assert "How we moderate, in numbers" in page
    assert "The decision was taken back" in page


def test_the_page_before_anything_was_counted(client, db):
    assert "Nothing counted yet" in client.get(PAGE).content.decode()


def test_the_page_asks_three_things(client, counted, django_assert_max_num_queries):
    client.get(PAGE)

    with django_assert_max_num_queries(3):
        client.get(PAGE)


def test_the_totals_are_there_as_csv(client, counted):
    response = client.get(reverse("accounts:transparency_csv", args=[NOW]))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "period,measure,kind,name,value"
    assert f"{NOW},acts,user,warn,1" in lines


@rule("R42", "api")
def test_programs_read_the_same(api, counted):
    told = api().get(API).json()

    assert (told["period"], told["periods"]) == (NOW, [NOW])
    warned = next(total for total in told["totals"] if total["name"] == "warn")
    assert (warned["measure"], warned["kind"], warned["value"]) == ("acts", "user", 1)


@pytest.mark.parametrize("period", ["1999-1", "nonsense"])
def test_a_period_without_totals_is_not_there(client, api, counted, period):
    assert client.get(reverse("accounts:transparency_of", args=[period])).status_code == 404
    assert client.get(reverse("accounts:transparency_csv", args=[period])).status_code == 404
    assert api().get(reverse("api:transparency-of", args=[period])).status_code == 404


def test_halves_of_a_year():
    assert half_of(datetime(2026, 6, 30, 23, 59, tzinfo=UTC)) == "2026-1"
    assert half_of(datetime(2026, 7, 1, tzinfo=UTC)) == "2026-2"
    assert bounds("2026-2") == (datetime(2026, 7, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="half of a year"):
        bounds("2026-3")


def test_an_appeal_that_waits_is_counted_as_such(ana, zoe):
    sam = make_staff("sam", "senior")
    first = deciding.decide(
        sam, make_reported(zoe, "user", ana, owner=ana), acts=[("warn", {})], **SAID
    )
    appeals.appeal(ana, first, "No.")

    count_transparency()

    assert ("appeals", "user", Appeal.State.OPEN, 1) in totals()
