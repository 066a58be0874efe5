"""The activity page and its addresses: what stands there, for whom, and at what cost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import Notification, NotificationLine
from accounts.notifications.listing import PAGE
from accounts.notifications.telling import standing
from tests.accounts.told import lines_of, run_jobs
from tests.factories import follow, make_user

pytestmark = pytest.mark.django_db


def followed_by(user, *fans) -> Notification:
    for fan in fans:
        actions.follow(fan, user)
    run_jobs()
    return lines_of(user)[0]


def lay(user, fan, **ago: float) -> Notification:
    """A read line of its own, so long ago."""
    then = timezone.now() - timedelta(**ago)
    revision = NotificationLine.objects.next_revision(user.pk)
    return Notification.objects.create(
        user=user,
        kind="accounts.follow",
        group=str(uuid4()),
        actors=[str(fan.pk)],
        actor_count=1,
        revision=revision,
        news_revision=revision,
        happened_at=then,
        read_at=then,
    )


def test_a_line_says_who_and_can_be_opened(browser, ana, zoe):
    line = followed_by(ana, zoe)

    page = browser(ana).get("/activity/").content.decode()

    assert "<bdi>Zoe</bdi> follows you" in page
    assert f'formaction="/activity/{line.pk}/"' in page
    assert "Follow back" in page
    assert 'data-count="1"' in page


def test_opening_a_line_reads_it_and_leads_there(browser, ana, zoe):
    line = followed_by(ana, zoe)

    answer = browser(ana).post(f"/activity/{line.pk}/")

    assert (answer.status_code, answer.url) == (302, "/@zoe/")
    line.refresh_from_db()
    assert line.is_read


def test_several_followers_lead_to_the_list_of_them(browser, ana, zoe, teo):
    line = followed_by(ana, zoe, teo)

    assert browser(ana).post(f"/activity/{line.pk}/").url == "/@ana/followers/"


def test_what_is_gone_leads_back_to_the_list(browser, ana, zoe):
    line = followed_by(ana, zoe)
    actions.block(zoe, ana)

    assert browser(ana).post(f"/activity/{line.pk}/").url == "/activity/"


def test_looking_changes_nothing_until_it_is_said(browser, ana, zoe):
    followed_by(ana, zoe)

    browser(ana).get("/activity/")

    assert standing(ana.pk)["unread"] == 1


def test_all_is_marked_as_read(browser, ana, zoe):
    followed_by(ana, zoe)
    page = browser(ana)
    assert "Mark all as read" in page.get("/activity/").content.decode()

    answer = page.post("/activity/read/", {"up_to": "1"})

    assert answer.url == "/activity/"
    assert standing(ana.pk)["unread"] == 0


@pytest.mark.parametrize("up_to", ["", "x", "-1", "1" * 30])
def test_what_says_no_place_reads_nothing(browser, ana, zoe, up_to):
    followed_by(ana, zoe)

    assert browser(ana).post("/activity/read/", {"up_to": up_to}).status_code == 302

    assert standing(ana.pk)["unread"] == 1


def test_a_request_is_answered_right_there(browser, ana, zoe):
    ana.is_private = True
    ana.save()
    followed_by(ana, zoe)

    page = browser(ana).get("/activity/").content.decode()

    assert "<bdi>Zoe</bdi> asks to follow you" in page
    assert 'aria-label="Accept Zoe"' in page


def test_sections_show_their_own(browser, ana, zoe):
    followed_by(ana, zoe)
    page = browser(ana)

    assert "follows you" in page.get("/activity/?section=follows").content.decode()
    account = page.get("/activity/?section=account").content.decode()

    assert "follows you" not in account
    assert "Sign-ins and changes of your account stand here." in account


def test_lines_stand_by_days(browser, ana, zoe):
    for ago in ({"seconds": 1}, {"days": 2}, {"days": 3}, {"days": 20}):
        lay(ana, zoe, **ago)

    page = browser(ana).get("/activity/").content.decode()

    headings = [page.index(f"<h2>{day}</h2>") for day in ("Today", "This week", "Earlier")]
    assert headings == sorted(headings)
    assert page.count("<h2>This week</h2>") == 1


def test_the_list_goes_on_without_a_second_heading(browser, ana, zoe):
    for number in range(PAGE + 2):
        lay(ana, zoe, days=20, seconds=number)
    page = browser(ana)
    first = page.get("/activity/").context["page"]

    second = page.get("/activity/", {"after": str(first.after)}, headers={"HX-Request": "true"})

    assert len(first.rows) == PAGE
    text = second.content.decode()
    assert (text.count("data-line="), text.count("<h2>"), "<html" in text) == (2, 0, False)
    assert second.context["page"].after is None


@pytest.mark.parametrize("after", ["x", "2026-01-01", "2026-01-01T00:00:00_x", "_"])
def test_a_place_that_is_none_is_not_found(browser, ana, after):
    assert browser(ana).get("/activity/", {"after": after}).status_code == 404


def test_an_empty_list_invites(browser, ana):
    page = browser(ana).get("/activity/").content.decode()

    assert "All quiet here" in page
    assert "data-read-all hidden" in page


def test_it_is_there_for_those_who_have_no_inbox(browser, kid, zoe):
    follow(zoe, kid)
    lay(kid, zoe, seconds=1)

    page = browser(kid).get("/activity/")

    assert page.status_code == 200
    assert "rail__tab--bell" not in page.content.decode()


# --- Others -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "standing/", "read/"])
def test_nobody_sees_it_signed_out(client, path):
    method = client.post if path == "read/" else client.get

    assert method(f"/activity/{path}").url.startswith("/accounts/login/")


def test_others_lines_are_not_there(browser, ana, zoe):
    line = followed_by(ana, zoe)

    assert browser(zoe).post(f"/activity/{line.pk}/").status_code == 404

    line.refresh_from_db()
    assert not line.is_read


def test_the_badge_is_asked_for(browser, ana, zoe):
    followed_by(ana, zoe)

    assert browser(ana).get("/activity/standing/").json() == {"unread": 1, "revision": 1}
    assert browser(zoe).get("/activity/standing/").json() == {"unread": 0, "revision": 0}


# --- What it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_many_lines(browser, ana, count, django_assert_num_queries):
    for number in range(count):
        lay(ana, make_user(f"fan{number}"), seconds=number)
    page = browser(ana)
    page.get("/activity/")

    # Session, person; how it stands, lines, people; follows and requests (4); unread; the inbox'
    # badge (2).
    with django_assert_num_queries(11):
        page.get("/activity/")


@pytest.mark.parametrize("count", [1, 12])
def test_rest_costs_the_same_however_many_lines(api, ana, count, django_assert_num_queries):
    for number in range(count):
        lay(ana, make_user(f"fan{number}"), seconds=number)

    with django_assert_num_queries(3):  # how it stands, lines, people
        api(ana).get("/api/v1/notifications/")
    with django_assert_num_queries(4):  # and what is forgotten
        api(ana).get("/api/v1/notifications/changes/?after=0")


def test_asking_for_the_badge_is_one_query(api, ana, zoe, django_assert_num_queries):
    followed_by(ana, zoe)

    with django_assert_num_queries(1):
        standing(ana.pk)
