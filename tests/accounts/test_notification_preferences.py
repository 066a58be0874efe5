"""What people decide about being told: rules of quiet, choices by kind, and both doors to them."""

import datetime
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts import actions, policy
from accounts.errors import Refused
from accounts.models import NotificationChoice, NotificationPreferences, User
from accounts.notifications import Channel, Section, kinds
from accounts.notifications.choices import channels_of, choices_of, kinds_for
from accounts.notifications.preferences import is_quiet
from accounts.policy import Hours
from tests.factories import make_user

Digest = NotificationPreferences.Digest
FOLLOWS, URGENT = "accounts.follow", "accounts.sessions_ended"
PAGE, REST = "/settings/notifications/", "/api/v1/me/notifications/"
ALL = frozenset(Channel)

clocks = st.times().map(lambda at: at.replace(tzinfo=None))
zones = st.sampled_from(sorted(zoneinfo.available_timezones() - {"localtime"}))
moments = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2035, 1, 1)).map(
    lambda at: at.replace(tzinfo=datetime.UTC)
)


def clock(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def somebody(born: int, time_zone: str = "UTC", quiet: Hours | None = None) -> User:
    """Not stored: the rules ask for no more."""
    user = User(username="x", birth_date=datetime.date(born, 1, 1), time_zone=time_zone)
    NotificationPreferences(
        user=user,
        quiet_from=quiet.start if quiet else None,
        quiet_until=quiet.end if quiet else None,
    )
    return user


# --- Quiet hours (R8) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "at", "expected"),
    [
        (13, "20:59:59", False),
        (13, "21:00", True),
        (15, "00:00", True),
        (15, "06:59:59", True),
        (15, "07:00", False),
        (16, "21:30", False),
        (16, "22:00", True),
        (17, "06:59", True),
        (17, "07:00", False),
        (18, "23:00", False),
        (40, "03:00", False),
    ],
)
def test_r8_age_sets_when_nothing_is_pushed(age, at, expected):
    assert policy.is_quiet(age, clock(at)) is expected


@given(clocks, clocks, clocks)
def test_hours_hold_from_their_start_until_before_their_end(start, end, at):
    assume(start != end)

    def since_start(moment: datetime.time) -> datetime.timedelta:
        day = datetime.date(2026, 1, 1)
        gone = datetime.datetime.combine(day, moment) - datetime.datetime.combine(day, start)
        return gone % datetime.timedelta(days=1)

    assert Hours(start, end).holds(at) == (since_start(at) < since_start(end))


@given(st.integers(13, 80), clocks, clocks, clocks)
def test_own_hours_never_shorten_what_age_sets(age, at, start, end):
    assert policy.is_quiet(age, at, Hours(start, end)) >= policy.is_quiet(age, at)


@given(moments, zones, st.sampled_from([1985, 2008, 2012]), st.booleans())
def test_the_clock_is_the_persons_own(now, zone, born, is_urgent):
    own = Hours(clock("12:00"), clock("14:00"))
    user = somebody(born, zone, own)
    here = now.astimezone(zoneinfo.ZoneInfo(zone))
    age = policy.age_on(user.birth_date, here.date())
    by_age = age < 18 and (here.hour >= (21 if age < 16 else 22) or here.hour < 7)

    assert is_quiet(user, now, is_urgent=is_urgent) == (
        by_age or (not is_urgent and 12 <= here.hour < 14)
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-25T00:30", True),  # 02:30 in Madrid
        ("2026-10-25T01:30", True),  # 02:30 again: the clock went back
        ("2026-10-25T02:30", False),
        ("2026-03-29T00:59", False),  # 01:59
        ("2026-03-29T01:00", False),  # 03:00: there is no hour from two to three
    ],
)
def test_quiet_hours_follow_the_clock_when_it_is_put_back_or_forward(now, expected):
    user = somebody(1990, "Europe/Madrid", Hours(clock("02:00"), clock("03:00")))

    assert is_quiet(user, utc(now)) is expected


def test_what_is_urgent_waits_for_age_and_not_for_own_hours():
    own = Hours(clock("00:00"), clock("23:00"))

    assert is_quiet(somebody(1990, quiet=own), utc("2026-11-22T12:00"))
    assert not is_quiet(somebody(1990, quiet=own), utc("2026-11-22T12:00"), is_urgent=True)
    assert is_quiet(somebody(2012, quiet=own), utc("2026-11-22T22:00"), is_urgent=True)


# --- What holds at first --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "digest"),
    [(13, "never"), (15, "never"), (16, "weekly"), (17, "weekly"), (30, "weekly")],
)
def test_the_youngest_get_no_digest_before_they_ask(db, age, digest):
    assert NotificationPreferences.of(make_user(age=age)).digest == digest


def test_r10_a_birthday_begins_no_digest(db):
    user = make_user(age=16)
    user.date_joined -= datetime.timedelta(days=2 * 366)

    assert NotificationPreferences.of(user).digest == Digest.NEVER


def test_everything_else_is_on_and_nothing_is_stored(db, ana):
    own = NotificationPreferences.of(ana)

    assert (own.in_app, own.push, own.hides_content, own.quiet_hours) == (True, True, False, None)
    assert NotificationPreferences.objects.count() == 0


def test_half_quiet_hours_are_stored_by_nobody(db, ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationPreferences.objects.create(user=ana, digest="daily", quiet_from=clock("22:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationPreferences.objects.create(user=ana, digest="hourly")


# --- Choosing -------------------------------------------------------------------------------------


def reached(user: User, kind: str = FOLLOWS) -> frozenset[Channel]:
    return channels_of(kinds()[kind], [user])[user.pk]


def test_a_kind_is_told_in_all_ways_until_one_is_turned_off(ana):
    assert reached(ana) == ALL

    actions.choose_notifications(ana, kinds={FOLLOWS: {"push": False}})

    assert reached(ana) == {Channel.IN_APP, Channel.MAIL}
    assert choices_of(ana)[FOLLOWS] == {Channel.IN_APP, Channel.MAIL}


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"in_app": False}, {Channel.PUSH, Channel.MAIL}),
        ({"push": False}, {Channel.IN_APP, Channel.MAIL}),
        ({"digest": "never"}, {Channel.IN_APP, Channel.PUSH}),
        ({"digest": "daily"}, set(Channel)),
    ],
)
def test_a_way_is_turned_off_as_a_whole_and_its_choices_stay(ana, chosen, left):
    actions.choose_notifications(ana, **chosen)

    assert reached(ana) == left
    assert choices_of(ana)[FOLLOWS] == ALL


def test_what_is_urgent_comes_in_all_ways_whatever_is_off(ana):
    actions.choose_notifications(ana, in_app=False, push=False, digest="never")
    NotificationChoice.objects.create(user=ana, kind=URGENT, in_app=False, push=False, mail=False)

    assert reached(ana, URGENT) == ALL
    assert choices_of(ana)[URGENT] == ALL


def test_what_is_urgent_cannot_be_turned_off(ana):
    with pytest.raises(Refused) as refused:
        actions.choose_notifications(ana, push=False, kinds={URGENT: {"push": False}})

    assert refused.value.code == "notifications.urgent"
    assert NotificationPreferences.objects.count() == NotificationChoice.objects.count() == 0


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"accounts.moon": {"push": True}}, "kind.unknown"),
        ({FOLLOWS: {"pigeon": True}}, "channel.unknown"),
        ({FOLLOWS: {"push": False}, "accounts.moon": {"push": True}}, "kind.unknown"),
    ],
)
def test_what_is_unknown_is_refused_and_nothing_changes(ana, wishes, code):
    with pytest.raises(ValidationError) as refused:
        actions.choose_notifications(ana, push=False, kinds=wishes)

    assert refused.value.error_dict["kinds"][0].code == code
    assert NotificationPreferences.objects.count() == NotificationChoice.objects.count() == 0


@pytest.mark.parametrize(
    ("start", "end", "field", "code"),
    [
        ("22:00", None, "quiet_until", "quiet_hours.half"),
        (None, "07:00", "quiet_from", "quiet_hours.half"),
        ("07:00", "07:00", "quiet_until", "quiet_hours.empty"),
    ],
)
def test_quiet_hours_need_two_times_that_differ(ana, start, end, field, code):
    with pytest.raises(ValidationError) as refused:
        actions.choose_notifications(
            ana, quiet_from=start and clock(start), quiet_until=end and clock(end)
        )

    assert refused.value.error_dict[field][0].code == code


def test_a_digest_that_does_not_exist_is_refused(ana):
    with pytest.raises(ValidationError) as refused:
        actions.choose_notifications(ana, digest="hourly")

    assert refused.value.error_dict["digest"][0].code == "invalid_choice"


def test_under_16_there_is_nothing_of_conversations_to_choose(kid, teo):
    assert Section.CONVERSATIONS not in {kind.section for kind in kinds_for(kid)}
    some = [kind.name for kind in kinds().values() if kind.section == Section.CONVERSATIONS]
    assert {kind.name for kind in kinds_for(teo)} >= set(some)
    for name in some:
        with pytest.raises(ValidationError):
            actions.choose_notifications(kid, kinds={name: {"push": True}})


# --- REST -----------------------------------------------------------------------------------------


def kind_of(answer, name: str) -> dict:
    return next(row for row in answer.json()["kinds"] if row["kind"] == name)


def test_rest_tells_everything_one_can_choose(api, ana):
    answer = api(ana).get(REST)

    assert {key: value for key, value in answer.json().items() if key != "kinds"} == {
        "in_app": True,
        "push": True,
        "digest": "weekly",
        "hides_content": False,
        "quiet_from": None,
        "quiet_until": None,
        "locked_quiet_hours": None,
    }
    assert kind_of(answer, FOLLOWS) == {
        "kind": FOLLOWS,
        "section": "follows",
        "title": "New followers",
        "is_locked": False,
        "channels": {"in_app": True, "push": True, "mail": True},
    }
    assert kind_of(answer, URGENT)["is_locked"] is True
    order = [row["section"] for row in answer.json()["kinds"]]
    assert order == sorted(order, key=list(Section).index)


def test_rest_tells_a_minor_when_nothing_is_pushed(api, kid, teo):
    assert api(kid).get(REST).json()["locked_quiet_hours"] == {"start": "21:00", "end": "07:00"}
    assert api(teo).get(REST).json()["locked_quiet_hours"] == {"start": "22:00", "end": "07:00"}


def test_rest_changes_what_is_named_and_leaves_the_rest(api, ana):
    client = api(ana)
    client.patch(REST, {"hides_content": True})

    answer = client.patch(
        REST,
        {
            "digest": "daily",
            "quiet_from": "23:30",
            "quiet_until": "06:00",
            "kinds": [{"kind": FOLLOWS, "channels": {"mail": False}}],
        },
    )

    assert answer.status_code == 200
    assert answer.json() == client.get(REST).json()
    assert (answer.json()["digest"], answer.json()["hides_content"]) == ("daily", True)
    assert (answer.json()["quiet_from"], answer.json()["quiet_until"]) == ("23:30", "06:00")
    assert kind_of(answer, FOLLOWS)["channels"] == {"in_app": True, "push": True, "mail": False}


def test_rest_ends_quiet_hours_by_two_nulls(api, ana):
    client = api(ana)
    client.patch(REST, {"quiet_from": "23:30", "quiet_until": "06:00"})

    answer = client.patch(REST, {"quiet_from": None, "quiet_until": None})

    assert (answer.json()["quiet_from"], answer.json()["quiet_until"]) == (None, None)


@pytest.mark.parametrize(
    ("wish", "status", "code", "field"),
    [
        ({"kinds": [{"kind": "moon", "channels": {}}]}, 400, "kind.unknown", "kinds"),
        (
            {"kinds": [{"kind": FOLLOWS, "channels": {"fax": True}}]},
            400,
            "channel.unknown",
            "kinds",
        ),
        (
            {"kinds": [{"kind": URGENT, "channels": {"mail": False}}]},
            403,
            "notifications.urgent",
            None,
        ),
        ({"quiet_from": "22:00"}, 400, "quiet_hours.half", "quiet_until"),
        ({"quiet_from": "25:00"}, 400, "invalid", "quiet_from"),
        ({"digest": "hourly"}, 400, "invalid_choice", "digest"),
        ({"push": "perhaps"}, 400, "invalid", "push"),
        ({"kinds": {"accounts.follow": {}}}, 400, "not_a_list", "kinds.non_field_errors"),
    ],
)
def test_rest_says_what_was_wrong_and_where(api, ana, wish, status, code, field):
    answer = api(ana).patch(REST, wish)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert problem["errors"][0]["field"] == field
    assert NotificationPreferences.objects.count() == NotificationChoice.objects.count() == 0


def test_nobody_reads_or_changes_anothers(api, ana, zoe):
    api(ana).patch(REST, {"push": False})

    assert api(zoe).get(REST).json()["push"] is True
    assert api().get(REST).status_code in {401, 403}
    assert api().patch(REST, {"push": False}).status_code in {401, 403}


def test_rest_asks_as_little_as_the_page(api, ana, django_assert_num_queries):
    client = api(ana)
    with django_assert_num_queries(2):
        client.get(REST)


# --- The page -------------------------------------------------------------------------------------


def boxes(*without: str) -> list[str]:
    """The ticked ones: all but those."""
    return [
        f"{kind.name}:{channel.value}"
        for kind in kinds().values()
        if not kind.is_urgent
        for channel in kind.initial
        if f"{kind.name}:{channel.value}" not in without
    ]


def form(**changes) -> dict:
    """What a browser sends of an adult's page without script."""
    plain = {"in_app": "on", "push": "on", "digest": "weekly", "quiet_from": "22:00"}
    sent = {**plain, "quiet_until": "07:00", "wanted": boxes(), **changes}
    return {name: value for name, value in sent.items() if value is not None}


def test_the_page_shows_what_is_so(browser, ana):
    actions.choose_notifications(ana, digest="daily", kinds={FOLLOWS: {"push": False}})

    shown = browser(ana).get(PAGE).content.decode()

    assert f'value="{FOLLOWS}:in_app" aria-label="New followers: In Medley" checked' in shown
    assert f'value="{FOLLOWS}:push" aria-label="New followers: On your devices">' in shown
    assert '<option value="daily" selected>' in shown
    assert "Always on, to keep your account safe." in shown
    assert "Mails come once your address is confirmed." in shown


def test_the_page_is_linked_from_the_settings(browser, ana):
    assert PAGE in browser(ana).get("/settings/").content.decode()


def test_the_page_tells_a_minor_what_age_sets(browser, kid):
    shown = browser(kid).get(PAGE).content.decode()

    assert "From 9 p.m. until 7 a.m. nothing comes to your devices." in shown
    assert "To your conversations" not in shown


def test_the_form_saves_without_script(browser, ana):
    client = browser(ana)

    answer = client.post(
        PAGE,
        form(
            push=None,
            digest="never",
            hides_content="on",
            has_quiet_hours="on",
            quiet_from="23:15",
            wanted=boxes(f"{FOLLOWS}:in_app"),
        ),
    )

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    own = NotificationPreferences.objects.get(user=ana)
    assert (own.in_app, own.push, own.digest, own.hides_content) == (True, False, "never", True)
    assert own.quiet_hours == Hours(clock("23:15"), clock("07:00"))
    chosen = NotificationChoice.objects.get(user=ana)
    assert (chosen.kind, chosen.in_app, chosen.push, chosen.mail) == (FOLLOWS, False, True, True)


def test_the_form_stores_no_choice_that_nobody_made(browser, ana):
    browser(ana).post(PAGE, form())

    assert NotificationChoice.objects.count() == 0
    assert NotificationPreferences.objects.get(user=ana).quiet_hours is None


def test_the_form_keeps_what_was_typed_and_says_what_was_wrong(browser, ana):
    answer = browser(ana).post(
        PAGE, form(has_quiet_hours="on", quiet_until="22:00", wanted=boxes(f"{FOLLOWS}:mail"))
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Quiet hours begin and end at different times." in shown
    assert f'value="{FOLLOWS}:mail" aria-label="New followers: By mail">' in shown
    assert NotificationPreferences.objects.count() == 0


@pytest.mark.parametrize("bad", [["accounts.moon:push"], [f"{URGENT}:pigeon"], ["%s:%s"]])
def test_the_form_refuses_what_it_never_offered(browser, ana, bad):
    assert browser(ana).post(PAGE, form(wanted=bad)).status_code == 422


def test_the_page_is_for_whoever_is_signed_in(client):
    assert client.get(PAGE).status_code == client.post(PAGE, form()).status_code == 302


def test_the_page_asks_the_same_however_much_is_chosen(browser, ana, django_assert_num_queries):
    client = browser(ana)
    client.get(PAGE)
    for name in choices_of(ana):
        if not kinds()[name].is_urgent:
            NotificationChoice.objects.create(
                user=ana, kind=name, in_app=True, push=False, mail=False
            )
    # Session with its person; preferences, choices, mail address; the rail's two numbers.
    with django_assert_num_queries(6):
        client.get(PAGE)
