"""The pages of what goes by the clock: lists, forms without JavaScript, who may open them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from chat import actions
from chat.models import Reminder, ScheduledMessage
from chat.pages.shared import gone_words
from chat.pages.timing import scheduled_rows
from tests.chat import media_files as files
from tests.chat.factories import say
from tests.videos.factories import make_video
from videos import actions as video_actions

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
DAY = 24 * 60 * 60


def later(author, group, body="good morning") -> ScheduledMessage:
    at = timezone.now() + HOUR
    return actions.schedule_message(author, group, body=body, send_at=at)


def remembered(person, group, body="bring the cable") -> Reminder:
    stored = say(person, group, body)
    return actions.remind(person, group, seq=stored.seq, remind_at=timezone.now() + HOUR)


def page(browser, url: str) -> str:
    return browser.get(url).content.decode()


def test_a_message_is_scheduled_in_the_persons_own_zone(browser, ana, group):
    ana.time_zone = "America/Bogota"
    ana.save()
    tomorrow = timezone.now().astimezone(ZoneInfo("America/Bogota")) + timedelta(days=1)
    fields = {"body": "good morning", "send_at": f"{tomorrow:%Y-%m-%d}T09:30"}

    answer = browser(ana).post(f"/chat/{group.pk}/scheduled/", fields)

    assert answer.status_code == 302
    send_at = ScheduledMessage.objects.get().send_at.astimezone(ZoneInfo("America/Bogota"))
    assert f"{send_at:%Y-%m-%dT%H:%M}" == fields["send_at"]
    assert "Tomorrow, 09:30" in page(browser(ana), f"/chat/{group.pk}/scheduled/")


def test_files_are_scheduled_with_the_form(browser, ana, zoe, group):
    at = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    fields = {"body": "", "send_at": at, "attached": [files.picture(), files.picture()]}

    answer = browser(ana).post(f"/chat/{group.pk}/scheduled/", fields)

    assert answer.status_code == 302
    kept = ScheduledMessage.objects.get(author=ana)
    assert len(kept.hanging["media"]) == 2
    assert "Photos or files (2)" in page(browser(ana), f"/chat/{group.pk}/scheduled/")
    assert browser(zoe).post(f"/chat/{group.pk}/scheduled/", fields).status_code == 404

    actions.send_due(kept.send_at)
    said = group.messages.latest("seq")
    assert [medium["kind"] for medium in said.media] == ["photo", "photo"]


def test_the_list_says_what_is_shared_as_its_author_may_see_it(
    browser, ana, ben, group, django_assert_num_queries
):
    at, mine = timezone.now() + HOUR, make_video(ana, caption="a walk <3")
    gone = make_video(ben, caption="a secret")
    for video, body in ((mine, ""), (mine, "look"), (gone, "")):
        actions.schedule_message(ana, group, body=body, send_at=at, share=f"video:{video.pk}")
    video_actions.delete_video(ben, gone)

    with django_assert_num_queries(3 + 2):  # those of videos' cards
        rows = scheduled_rows(ana)

    said = "Shared a video: a walk <3"
    assert [row.shared for row in rows] == [said, said, gone_words("video")]
    shown = page(browser(ana), "/chat/scheduled/")
    assert shown.count("<bdi>Shared a video: a walk &lt;3</bdi>") == 2
    assert "a secret" not in shown


def test_nothing_at_all_is_not_scheduled(browser, ana, group):
    at = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    answer = browser(ana).post(f"/chat/{group.pk}/scheduled/", {"body": "", "send_at": at})

    assert answer.status_code == 422
    assert not ScheduledMessage.objects.exists()


def test_a_time_that_has_passed_is_said_in_the_form(browser, ana, group):
    fields = {"body": "good morning", "send_at": "2020-01-01T09:30"}

    answer = browser(ana).post(f"/chat/{group.pk}/scheduled/", fields)

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


def test_the_list_tells_why_something_was_not_sent(browser, ana, group):
    later(ana, group)
    ScheduledMessage.objects.update(refusal="policy.unreachable")

    assert "This person cannot be reached." in page(browser(ana), "/chat/scheduled/")


def test_a_scheduled_message_is_sent_edited_and_cancelled_by_forms(browser, ana, group):
    first, second = later(ana, group, "one"), later(ana, group, "two")
    at = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    browser(ana).post(f"/chat/scheduled/{first.pk}/send/")
    browser(ana).post(f"/chat/scheduled/{second.pk}/", {"body": "three", "send_at": at})

    assert list(group.messages.filter(notice__isnull=True).values_list("body", flat=True)) == [
        "one"
    ]
    assert ScheduledMessage.objects.get().body == "three"
    answer = browser(ana).post(
        f"/chat/scheduled/{second.pk}/cancel/", {"next": f"/chat/{group.pk}/scheduled/"}
    )
    assert answer.url == f"/chat/{group.pk}/scheduled/"
    assert not ScheduledMessage.objects.exists()


def test_the_way_back_leads_nowhere_else(browser, ana, group):
    scheduled = later(ana, group)

    answer = browser(ana).post(
        f"/chat/scheduled/{scheduled.pk}/cancel/", {"next": "https://elsewhere.example/"}
    )

    assert answer.url == "/chat/scheduled/"


def test_reminders_are_listed_moved_and_done(browser, ana, group):
    reminder = remembered(ana, group)
    before = reminder.remind_at
    at = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    assert "bring the cable" in page(browser(ana), "/chat/reminders/")
    browser(ana).post(f"/chat/reminders/{reminder.pk}/", {"at": at})
    reminder.refresh_from_db()
    assert reminder.remind_at > before
    browser(ana).post(f"/chat/reminders/{reminder.pk}/done/")
    assert "No reminders." in page(browser(ana), "/chat/reminders/")


def test_the_head_shows_timer_streak_and_what_was_begun(browser, ana, group):
    actions.set_timer(ana, group, seconds=7 * DAY)
    actions.keep_words(ana, group, body="half a thought", edited_at=timezone.now())
    group.refresh_from_db()
    group.streak_days, group.streak_on = 12, timezone.now().date()
    group.save()
    later(ana, group)

    shown = page(browser(ana), f"/chat/{group.pk}/")

    assert "data-timer-words>7 days<" in shown
    assert "data-streak-days>12<" in shown
    assert 'data-draft="half a thought"' in shown
    assert "1 scheduled message" in shown
    assert 'data-draft="half a thought"' in page(browser(ana), "/inbox/")


def test_others_see_nothing_of_what_was_begun_or_scheduled(browser, ana, ben, group):
    actions.keep_words(ana, group, body="half a thought", edited_at=timezone.now())
    later(ana, group, "a surprise")

    for url in (
        f"/chat/{group.pk}/",
        "/inbox/",
        "/chat/scheduled/",
        f"/chat/{group.pk}/scheduled/",
    ):
        shown = page(browser(ben), url)
        assert "half a thought" not in shown
        assert "a surprise" not in shown


def test_those_who_have_it_off_are_shown_no_streak(browser, ana, ben, group):
    group.refresh_from_db()
    group.streak_days, group.streak_on = 12, timezone.now().date()
    group.save()
    actions.set_streaks(ben, group, on=False)

    assert "data-streak-days>12<" in page(browser(ana), f"/chat/{group.pk}/")
    assert "data-streak-days>0<" in page(browser(ben), f"/chat/{group.pk}/")


def test_the_settings_post_timer_and_streak(browser, ana, ben, group):
    browser(ana).post(f"/chat/{group.pk}/timer/", {"seconds": DAY})
    browser(ana).post(f"/chat/{group.pk}/streaks/", {"on": "0"})

    group.refresh_from_db()
    assert group.timer_seconds == DAY
    assert not group.memberships.get(user=ana).streaks
    assert 'name="seconds"' in page(browser(ana), f"/chat/{group.pk}/info/")
    assert 'name="seconds"' not in page(browser(ben), f"/chat/{group.pk}/info/")


@pytest.mark.parametrize("seconds", ["17", "a week", "", "9" * 40])
def test_a_timer_that_is_not_offered_is_refused(browser, ana, group, seconds):
    browser(ana).post(f"/chat/{group.pk}/timer/", {"seconds": seconds})

    group.refresh_from_db()
    assert group.timer_seconds == 0


OWN = ["/chat/scheduled/", "/chat/reminders/"]
THERE = ["scheduled/"]
POSTS = ["timer/", "streaks/", "scheduled/"]


@pytest.mark.parametrize("url", OWN)
def test_own_lists_are_for_those_who_may_chat(client, browser, kid, url):
    assert client.get(url).status_code == 302
    assert browser(kid).get(url).status_code == 403


def test_a_conversations_pages_are_for_those_in_it(client, browser, zoe, kid, group):
    for path in THERE:
        url = f"/chat/{group.pk}/{path}"
        assert client.get(url).status_code == 302
        assert browser(zoe).get(url).status_code == 404
        assert browser(kid).get(url).status_code == 403
    for path in POSTS:
        url = f"/chat/{group.pk}/{path}"
        assert browser(zoe).post(url).status_code == 404
        assert browser(kid).post(url).status_code == 403


def test_what_is_somebody_elses_stays_so(browser, ana, ben, zoe, group):
    scheduled, reminder = later(ana, group), remembered(ana, group)
    at = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    urls = [f"/chat/scheduled/{scheduled.pk}/{path}" for path in ("", "send/", "cancel/")]
    urls += [f"/chat/reminders/{reminder.pk}/{path}" for path in ("", "done/")]

    for person in (ben, zoe):
        for url in urls:
            assert browser(person).post(url, {"send_at": at, "at": at}).status_code == 404
    assert ScheduledMessage.objects.exists()
    assert Reminder.objects.exists()


def test_lists_cost_the_same_for_one_and_for_many(
    browser, ana, ben, group, django_assert_max_num_queries
):
    direct = actions.start_direct(ana, ben)
    for number in range(4):
        later(ana, group, f"words {number}")
        later(ana, direct, f"words {number}")
        remembered(ana, group)
        remembered(ana, direct)
    signed_in = browser(ana)

    for url in OWN:
        signed_in.get(url)
        with django_assert_max_num_queries(12):
            signed_in.get(url)
