"""What people are told of: grouped until it is read, taken back, and never across a block."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone, translation

from accounts import actions
from accounts.ids import uuid7_from
from accounts.models import Notification, NotificationActor, NotificationChoice, NotificationLine
from accounts.notifications import Cause, Kind, Section, Target, kinds, notify, withdraw
from accounts.notifications.badge import badge_of
from accounts.notifications.kinds import _kinds
from accounts.notifications.lines import AGAIN, note
from accounts.notifications.shown import shown
from accounts.notifications.telling import standing
from tests.accounts.told import lines_of, run_jobs, told
from tests.factories import block, follow, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db

FOLLOW = "accounts.follow"


class Remarks(set):
    """Those that stand; `hidden` are the things that nobody may see any more."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: set = set()

    def targets(self, viewer, lines):
        return {
            line.pk: Target(f"/things/{line.about}/?remark={line.detail}")
            for line in lines
            if line.about not in self.hidden
        }


@pytest.fixture
def remark(monkeypatch) -> Remarks:
    """A kind whose causes have a detail: remarks about a thing."""
    remarks = Remarks()
    kind = Kind(
        "tests.remark",
        Section.COMMENTS,
        title="Remarks",
        alone="%(actor)s remarked",
        together="%(actor)s and %(number)s others remarked",
        targets=remarks.targets,
        stands=lambda cause, receiver: cause.detail in remarks,
    )
    monkeypatch.setitem(_kinds, kind.name, kind)
    return remarks


def make_fans(count: int) -> list:
    return [make_user(f"fan{number}") for number in range(count)]


# --- Grouping -----------------------------------------------------------------------------------


def test_the_first_is_named_and_the_others_are_counted(ana):
    for fan in make_fans(13):
        actions.follow(fan, ana)
        run_jobs()

    assert told(ana) == ["Fan12 and 12 others follow you"]
    (line,) = lines_of(ana)
    assert (line.actor_count, len(line.actors)) == (13, 3)


def test_one_other_is_one(ana, zoe, teo):
    for fan in (zoe, teo):
        actions.follow(fan, ana)
    run_jobs()

    assert told(ana) == ["Teo and 1 other follow you"]


def test_somebody_counts_once_however_often_a_job_runs(ana, zoe):
    actions.follow(zoe, ana)
    run_jobs(times=2)
    note(kinds()[FOLLOW], [ana.pk], Cause(zoe.pk), timezone.now())

    assert told(ana) == ["Zoe follows you"]
    assert NotificationActor.objects.count() == 1


def test_what_was_read_takes_nobody_in(ana, zoe, teo):
    actions.follow(zoe, ana)
    run_jobs()
    actions.read_notifications(ana, [lines_of(ana)[0].pk])

    actions.follow(teo, ana)
    run_jobs()

    assert told(ana) == ["Teo follows you", "Zoe follows you"]
    assert [line.is_read for line in lines_of(ana)] == [False, True]


def test_nobody_is_told_of_what_they_did_themselves(ana, remark):
    remark.add(detail := uuid4())

    notify("tests.remark", [ana.pk], actor=ana.pk, about=uuid4(), detail=detail)
    run_jobs()

    assert told(ana) == []


def test_a_cause_that_fails_tells_nobody(ana, zoe):
    with pytest.raises(RuntimeError), transaction.atomic():
        notify(FOLLOW, ana.pk, actor=zoe.pk)
        raise RuntimeError
    run_jobs()

    assert lines_of(ana) == []


def test_a_kind_that_is_turned_off_makes_no_line(ana, zoe):
    NotificationChoice.objects.create(user=ana, kind=FOLLOW, in_app=False, push=False, mail=False)

    actions.follow(zoe, ana)
    run_jobs()

    assert Notification.objects.count() == 0


def test_a_kind_that_is_only_pushed_has_a_line_that_nobody_sees(ana, zoe):
    NotificationChoice.objects.create(user=ana, kind=FOLLOW, in_app=False, push=True, mail=False)

    actions.follow(zoe, ana)
    run_jobs()

    assert (told(ana), standing(ana.pk)["unread"]) == ([], 0)
    assert Notification.objects.filter(user=ana, is_listed=False).count() == 1


# --- Taking back --------------------------------------------------------------------------------


def test_what_is_undone_before_the_job_runs_is_never_told(ana, zoe):
    actions.follow(zoe, ana)
    actions.unfollow(zoe, ana)
    run_jobs()

    assert Notification.objects.count() == 0


def test_what_is_undone_goes(ana, zoe):
    actions.follow(zoe, ana)
    run_jobs()
    actions.unfollow(zoe, ana)
    run_jobs(times=2)

    assert (told(ana), standing(ana.pk)["unread"]) == ([], 0)


def test_the_others_stay(ana, zoe, teo, mod):
    for fan in (zoe, teo, mod):
        actions.follow(fan, ana)
    run_jobs()

    actions.unfollow(mod, ana)
    run_jobs()

    assert told(ana) == ["Teo and 1 other follow you"]


def test_what_is_done_again_meanwhile_stays(ana, zoe):
    actions.follow(zoe, ana)
    run_jobs()
    actions.unfollow(zoe, ana)
    actions.follow(zoe, ana)
    run_jobs()

    assert told(ana) == ["Zoe follows you"]


def follows_again(fan, user) -> None:
    """As somebody does who wants to be noticed."""
    actions.unfollow(fan, user)
    run_jobs()
    actions.follow(fan, user)
    run_jobs()


def test_what_is_done_again_within_a_day_is_told_once(ana, zoe, teo, heard):
    actions.follow(zoe, ana)
    run_jobs()
    actions.see_notifications(ana, 1)
    (first,) = lines_of(ana)
    follows_again(zoe, ana)
    follows_again(zoe, ana)

    assert told(ana) == ["Zoe follows you"]
    (line,) = lines_of(ana)
    assert (line.pk, line.news_revision, line.pushed_at) == (first.pk, 1, first.pushed_at)
    assert standing(ana.pk) == {"unread": 0, "revision": 5}
    told_live = [event for _user, event in heard if event["type"] == "notification"]
    assert [event["is_news"] for event in told_live] == [True, False, False]


@pytest.mark.parametrize("is_read", [True, False])
def test_who_does_it_again_is_back_among_the_others(ana, zoe, teo, is_read):
    for fan in (zoe, teo):
        actions.follow(fan, ana)
        run_jobs()
    actions.see_notifications(ana, 2)
    if is_read:
        actions.read_notifications(ana, [line.pk for line in lines_of(ana)])
    follows_again(zoe, ana)

    assert told(ana) == ["Teo and 1 other follow you"]
    assert standing(ana.pk)["unread"] == 0
    assert [line.is_read for line in lines_of(ana)] == [is_read]


def test_who_does_it_again_joins_the_line_that_was_opened_meanwhile(ana, zoe, teo):
    actions.follow(zoe, ana)
    run_jobs()
    actions.unfollow(zoe, ana)
    actions.follow(teo, ana)
    run_jobs()
    before = standing(ana.pk)["unread"]
    actions.follow(zoe, ana)
    run_jobs()

    assert told(ana) == ["Teo and 1 other follow you"]
    assert (before, standing(ana.pk)["unread"]) == (1, 1)


def test_what_is_done_again_after_a_day_is_news_again(ana, zoe):
    actions.follow(zoe, ana)
    run_jobs()
    actions.see_notifications(ana, 1)
    NotificationActor.objects.update(at=timezone.now() - AGAIN)
    follows_again(zoe, ana)

    assert told(ana) == ["Zoe follows you"]
    assert standing(ana.pk)["unread"] == 1


def test_one_of_two_remarks_goes_and_the_line_leads_to_the_other(ana, zoe, remark):
    thing, first, second = uuid4(), uuid4(), uuid4()
    for detail in (first, second):
        remark.add(detail)
        notify("tests.remark", ana.pk, actor=zoe.pk, about=thing, detail=detail)
    run_jobs()
    assert (lines_of(ana)[0].detail, lines_of(ana)[0].actor_count) == (second, 1)

    remark.remove(second)
    withdraw("tests.remark", ana.pk, actor=zoe.pk, about=thing, detail=second)
    run_jobs()

    assert told(ana) == ["Zoe remarked"]
    assert lines_of(ana)[0].detail == first


def test_without_an_actor_all_of_it_goes(ana, zoe, teo, remark):
    thing, details = uuid4(), [uuid4(), uuid4()]
    remark.update(details)
    for fan, detail in zip((zoe, teo), details, strict=True):
        notify("tests.remark", ana.pk, actor=fan.pk, about=thing, detail=detail)
    run_jobs()

    withdraw("tests.remark", ana.pk, about=thing)
    run_jobs()

    assert lines_of(ana) == []


# --- Who is told, and what they may see ---------------------------------------------------------


@rule("R15", "job")
@pytest.mark.parametrize("by_receiver", [True, False])
def test_nobody_is_told_across_a_block(ana, zoe, remark, by_receiver):
    block(*(ana, zoe) if by_receiver else (zoe, ana))
    remark.add(detail := uuid4())

    notify("tests.remark", ana.pk, actor=zoe.pk, about=uuid4(), detail=detail)
    run_jobs()

    assert Notification.objects.count() == 0


def test_a_block_takes_both_out_of_what_the_other_was_told(ana, zoe, teo):
    for fan in (zoe, teo):
        actions.follow(fan, ana)
    actions.follow(ana, zoe)
    run_jobs()
    assert told(zoe) == ["Ana follows you"]

    actions.block(ana, zoe)
    assert told(zoe) == []  # at once, before any job
    run_jobs()

    assert (told(ana), told(zoe)) == (["Teo follows you"], [])
    assert standing(zoe.pk)["unread"] == 0


def test_whoever_left_is_not_shown(ana, zoe):
    actions.follow(zoe, ana)
    run_jobs()

    zoe.is_active = False
    zoe.save()

    assert told(ana) == []


def test_whoever_left_is_told_nothing_and_tells_nothing(ana, zoe, remark):
    remark.add(detail := uuid4())
    zoe.is_active = False
    zoe.save()

    notify("tests.remark", zoe.pk, actor=ana.pk, about=uuid4(), detail=detail)
    notify("tests.remark", ana.pk, actor=zoe.pk, about=uuid4(), detail=detail)
    run_jobs()

    assert Notification.objects.count() == 0


def test_what_may_not_be_seen_any_more_is_not_there(ana, zoe, remark):
    remark.add(detail := uuid4())
    notify("tests.remark", ana.pk, actor=zoe.pk, about=(thing := uuid4()), detail=detail)
    run_jobs()
    assert told(ana) == ["Zoe remarked"]

    remark.hidden.add(thing)

    assert told(ana) == []


def test_names_are_escaped_and_kept_apart(ana, zoe):
    zoe.display_name = "<b>Zoé</b> שלום"
    zoe.save()
    actions.follow(zoe, ana)
    run_jobs()

    (one,) = shown(ana, lines_of(ana))
    assert one.marked == "<bdi>&lt;b&gt;Zoé&lt;/b&gt; שלום</bdi> follows you"
    assert one.text == "<b>Zoé</b> שלום follows you"


# --- The badge ----------------------------------------------------------------------------------


def test_the_badge_counts_what_is_new_since_the_list_was_looked_at(ana, zoe, remark):
    remark.add(detail := uuid4())
    actions.follow(zoe, ana)
    notify("tests.remark", ana.pk, actor=zoe.pk, about=uuid4(), detail=detail)
    run_jobs()
    assert standing(ana.pk) == {"unread": 2, "revision": 2}

    actions.see_notifications(ana, 1)
    assert standing(ana.pk) == {"unread": 1, "revision": 2}
    actions.see_notifications(ana, 2)

    assert standing(ana.pk) == {"unread": 0, "revision": 2}


def test_the_badge_counts_what_the_list_shows(ana, zoe, remark, heard, django_assert_num_queries):
    things = [uuid4() for _number in range(3)]
    for thing in things:
        remark.add(detail := uuid4())
        notify("tests.remark", ana.pk, actor=zoe.pk, about=thing, detail=detail)
    run_jobs()
    remark.hidden.update(things[:2])
    heard.clear()

    assert (len(told(ana)), standing(ana.pk)["unread"]) == (1, 3)
    with django_assert_num_queries(4):  # number, lines, people, the job
        assert badge_of(ana) == {"unread": 1, "revision": 3}
    with django_assert_num_queries(1):  # looked at just now
        assert badge_of(ana) == {"unread": 1, "revision": 3}
    run_jobs()
    assert standing(ana.pk) == badge_of(ana) == {"unread": 1, "revision": 5}
    assert [(event["type"], event["unread"]) for _user, event in heard] == [
        ("notification.withdrawn", 2),
        ("notification.withdrawn", 1),
    ]
    actions.see_notifications(ana, 5)
    with django_assert_num_queries(1):
        assert badge_of(ana) == {"unread": 0, "revision": 5}


def test_what_may_be_seen_again_when_the_job_runs_stays(ana, zoe, remark):
    remark.add(detail := uuid4())
    notify("tests.remark", ana.pk, actor=zoe.pk, about=(thing := uuid4()), detail=detail)
    run_jobs()
    remark.hidden.add(thing)
    assert badge_of(ana)["unread"] == 0

    remark.hidden.clear()
    run_jobs()

    assert (told(ana), standing(ana.pk)["unread"]) == (["Zoe remarked"], 1)


def test_what_joins_a_line_that_was_seen_counts_again(ana, zoe, teo):
    actions.follow(zoe, ana)
    run_jobs()
    actions.see_notifications(ana, 1)

    actions.follow(teo, ana)
    run_jobs()

    assert standing(ana.pk)["unread"] == 1


def test_what_is_taken_back_is_no_news(ana, zoe, teo):
    for fan in (zoe, teo):
        actions.follow(fan, ana)
    run_jobs()
    actions.see_notifications(ana, 2)

    actions.unfollow(teo, ana)
    run_jobs()

    assert standing(ana.pk) == {"unread": 0, "revision": 3}


def test_what_is_still_to_come_cannot_have_been_seen_or_read(ana, zoe):
    actions.see_notifications(ana, 2**62)
    actions.read_all_notifications(ana, 2**62)

    actions.follow(zoe, ana)
    run_jobs()

    assert standing(ana.pk)["unread"] == 1


def test_all_that_was_shown_is_read_and_nothing_later(ana, zoe, teo, remark):
    remark.add(detail := uuid4())
    actions.follow(zoe, ana)
    run_jobs()
    shown_up_to = standing(ana.pk)["revision"]
    notify("tests.remark", ana.pk, actor=teo.pk, about=uuid4(), detail=detail)
    run_jobs()

    actions.read_all_notifications(ana, shown_up_to)

    assert [(line.kind, line.is_read) for line in lines_of(ana)] == [
        ("tests.remark", False),
        (FOLLOW, True),
    ]
    assert standing(ana.pk)["unread"] == 1


def test_reading_does_not_move_a_line(ana, zoe, teo, remark):
    remark.add(detail := uuid4())
    actions.follow(zoe, ana)
    notify("tests.remark", ana.pk, actor=teo.pk, about=uuid4(), detail=detail)
    run_jobs()
    before = [line.pk for line in lines_of(ana)]

    actions.read_notifications(ana, before[1:])

    assert [line.pk for line in lines_of(ana)] == before


# --- What is told live --------------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch):
    """What reaches people's sockets: (who, type, the rest that a test looks at)."""
    events = []
    monkeypatch.setattr("accounts.live.tell_user", lambda user, event: events.append((user, event)))
    return events


def test_every_device_hears_of_a_line(ana, zoe, heard):
    actions.follow(zoe, ana)
    run_jobs()

    ((user, event),) = [each for each in heard if each[1]["type"] == "notification"]
    assert user == ana.pk
    line = lines_of(ana)[0]
    assert event == {
        "type": "notification",
        "is_news": True,
        "unread": 1,
        "revision": 1,
        "notification": {
            "id": str(line.pk),
            "kind": "accounts.follow",
            "section": "follows",
            "text": "Zoe follows you",
            "actors": [{**zoe.card(), "url": "/@zoe/"}],
            "count": 1,
            "href": "/@zoe/",
            "words": "",
            "picture": "",
            "at": line.happened_at.isoformat().replace("+00:00", "Z"),
            "is_read": False,
            "revision": 1,
        },
    }


def test_it_is_told_in_the_receivers_language(ana, zoe, heard):
    ana.language = "es"
    ana.save()
    actions.follow(zoe, ana)
    run_jobs()

    with translation.override("es"):
        wanted = str(kinds()[FOLLOW].alone % {"actor": "Zoe"})
    assert heard[-1][1]["notification"]["text"] == wanted


def test_every_device_hears_what_was_taken_back(ana, zoe, teo, heard):
    for fan in (zoe, teo):
        actions.follow(fan, ana)
    run_jobs()
    for fan in (zoe, teo):
        actions.unfollow(fan, ana)
        run_jobs()

    smaller, gone = [event for _user, event in heard][-2:]
    assert (smaller["is_news"], smaller["notification"]["text"]) == (False, "Teo follows you")
    assert gone["type"] == "notification.withdrawn"
    assert (gone["unread"], gone["revision"]) == (0, 4)


def test_every_device_hears_what_was_seen_and_read(ana, zoe, heard):
    actions.follow(zoe, ana)
    run_jobs()
    key = lines_of(ana)[0].pk
    heard.clear()

    actions.see_notifications(ana, 1)
    actions.see_notifications(ana, 1)
    actions.read_notifications(ana, [key])
    actions.read_notifications(ana, [key])

    assert [event for _user, event in heard] == [
        {"type": "notifications.read", "ids": [], "unread": 0, "revision": 1},
        {"type": "notifications.read", "ids": [str(key)], "unread": 0, "revision": 2},
    ]


# --- Forgetting ---------------------------------------------------------------------------------


def age(line: Notification, **delta: float) -> None:
    """Make a line so old."""
    then = timezone.now() - timedelta(**delta)
    Notification.objects.filter(pk=line.pk).update(
        id=uuid7_from(then), happened_at=then, created_at=then
    )


def lay(user, **fields) -> Notification:
    revision = NotificationLine.objects.next_revision(user.pk)
    fields = {"kind": FOLLOW, "group": str(uuid4())} | fields
    return Notification.objects.create(
        user=user, revision=revision, news_revision=revision, **fields
    )


def test_what_is_old_is_forgotten(ana, ben):
    age(lay(ana), days=91)
    age(lay(ana), days=89)
    lay(ben, withdrawn_at=timezone.now() - timedelta(days=8))
    lay(ben, withdrawn_at=timezone.now() - timedelta(days=6))

    assert actions.forget_notifications() == 2

    assert Notification.objects.filter(user=ana).count() == 1
    assert Notification.objects.filter(user=ben).count() == 1
    assert NotificationLine.objects.get(user=ana).forgotten_revision == 1


def test_an_old_line_that_grew_lately_is_kept(ana, zoe):
    follow(zoe, ana)
    line = lay(ana, group=f"{FOLLOW}:")
    age(line, days=100)

    note(kinds()[FOLLOW], [ana.pk], Cause(zoe.pk), timezone.now())

    assert actions.forget_notifications() == 0
