"""Watching together: the arithmetic of a shared player, who hosts it, what is told of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import actions as people
from accounts.errors import Refused
from accounts.pool import in_thread
from chat import actions
from chat.models import Membership, Viewer, Watching
from chat.models import watching as limits
from chat.players.clock import LEAD, Playback, begin
from chat.rights import Right
from tests.chat.client import connected
from tests.factories import befriend, block, make_user
from tests.videos.factories import make_video, with_files
from videos.models import Video

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def after(milliseconds: float) -> datetime:
    return NOON + timedelta(milliseconds=milliseconds)


def playing(position_ms: int = 0, *, loops: bool = False) -> Playback:
    return Playback(position_ms, NOON, True, 10_000, loops)


def film(author, **fields) -> Video:
    """31 seconds that play."""
    return with_files(make_video(author, **fields))


def pass_by(conversation, **time: float) -> None:
    """So much time goes by at the shared player; everybody says meanwhile that they are there."""
    gone = timedelta(**time)
    watching = Watching.objects.get(pk=conversation.pk)
    watching.at -= gone
    watching.started_at -= gone
    watching.left_at = watching.left_at and watching.left_at - gone
    watching.save()
    for viewer in watching.viewers.exclude(busy_until=None):
        viewer.busy_until = viewer.busy_until and viewer.busy_until - gone
        viewer.save()


def fall_silent(conversation) -> None:
    """Nobody was heard for a while."""
    silent = timezone.now() - limits.SILENCE - timedelta(seconds=1)
    Viewer.objects.filter(watching=conversation.pk).update(seen_at=silent)


# --- The arithmetic -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("playback", "milliseconds", "position"),
    [
        (playing(2000), 1500, 3500),
        (playing(2000), -200, 2000),  # until it begins the picture stands
        (playing(2000), 60_000, 10_000),
        (playing(2000, loops=True), 9000, 1000),
        (playing(2000, loops=True), 28_000, 0),
        (Playback(2000, NOON, False, 10_000), 60_000, 2000),
    ],
)
def test_position_is_a_matter_of_the_clock(playback, milliseconds, position):
    assert playback.position_at(after(milliseconds)) == position


def test_pausing_and_playing_keep_the_place():
    paused = playing(1000).pause(after(2500))
    again = paused.play(after(60_000))

    assert paused.position_at(after(60_000)) == 3500
    assert again.position_at(after(60_000)) == 3500
    assert again.position_at(after(61_000) + LEAD) == 4500


def test_playing_what_plays_changes_nothing():
    assert playing(1000).play(after(500)) == playing(1000)


def test_playing_at_the_end_starts_over():
    over = playing().pause(after(60_000))

    assert over.is_over(after(60_000))
    assert over.play(after(60_000)).position_ms == 0


def test_seeking_stays_inside_and_goes_on_as_before():
    assert playing().seek(after(0), 99_000).position_ms == 10_000
    assert playing().seek(after(0), -5).position_ms == 0
    assert playing().seek(after(1000), 4000).position_at(after(2000) + LEAD) == 5000
    assert not Playback(0, NOON, False, 10_000).seek(after(0), 5).is_playing


def test_what_loops_is_never_over():
    assert not playing(loops=True).is_over(after(9_900))
    assert playing().is_over(after(9_900))


def test_settling_takes_the_place_within_the_loop():
    settled = playing(loops=True).settle(after(24_000))

    assert (settled.position_ms, settled.at) == (4000, after(24_000))
    assert begin(NOON, 10_000).settle(after(100)) == begin(NOON, 10_000)


# --- Beginning ------------------------------------------------------------------------------------


@pytest.fixture
def clip(ana):
    return film(ana)


def watching_of(conversation) -> Watching:
    return Watching.objects.get(pk=conversation.pk)


def code_of(call, *arguments, **options) -> str:
    """The code with which a verb says no."""
    with pytest.raises((Refused, ValidationError)) as refusal:
        call(*arguments, **options)
    return str(getattr(refusal.value, "code", ""))


def test_starting_is_told_in_a_system_line_and_makes_a_host(ana, group, clip):
    report = actions.start_watching(ana, group, video=clip.pk)

    watch = report["watch"]
    assert watch["video"] == str(clip.pk)
    assert (watch["playing"], watch["position_ms"], watch["duration_ms"]) == (True, 0, 31_000)
    assert (watch["host"], watch["people"], watch["count"]) == (str(ana.pk), [str(ana.pk)], 1)
    assert (watch["loops"], watch["rate"], watch["queue"]) == (True, 1, [])
    assert group.messages.latest("seq").notice["code"] == "watch.started"


def test_starting_takes_a_queue_of_what_one_may_watch(ana, ben, group, clip):
    others = [film(ana), film(make_user(is_private=True)), film(ben)]

    report = actions.start_watching(ana, group, video=clip.pk, queue=[v.pk for v in others])

    assert [entry["video"] for entry in report["watch"]["queue"]] == [
        str(others[0].pk),
        str(others[2].pk),
    ]


def test_only_what_one_may_watch_starts(ana, ben, group):
    hidden = film(make_user(is_private=True))
    not_ready = make_video(ana, state=Video.State.PROCESSING)

    assert code_of(actions.start_watching, ben, group, video=hidden.pk) == "watch.unknown_video"
    assert code_of(actions.start_watching, ana, group, video=not_ready.pk) == "watch.unknown_video"
    assert code_of(actions.start_watching, ana, group, video="seven") == "watch.unknown_video"
    assert not Watching.objects.live().exists()


def test_a_role_may_be_needed_to_start(ana, ben, group, clip):
    group.rights = {Right.WATCH: Membership.Role.ADMIN}
    group.save()

    assert code_of(actions.start_watching, ben, group, video=clip.pk) == "role.missing"
    assert actions.start_watching(ana, group, video=clip.pk)["watch"]
    assert actions.join_watching(ben, group)["watch"]["count"] == 2


def test_starting_where_it_runs_joins_and_queues(ana, ben, group, clip):
    other = film(ben)
    actions.start_watching(ana, group, video=clip.pk)
    pass_by(group, seconds=10)

    report = actions.start_watching(ben, group, video=other.pk)

    assert report["watch"]["video"] == str(clip.pk)
    assert [entry["video"] for entry in report["watch"]["queue"]] == [str(other.pk)]
    assert report["watch"]["host"] == str(ana.pk)
    assert group.messages.filter(notice__code="watch.started").count() == 1


def test_beginning_again_at_once_is_too_fast(ana, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    actions.control_watching(ana, group, action="end")

    assert code_of(actions.start_watching, ana, group, video=clip.pk) == "rate.flood"
    pass_by(group, seconds=6)
    assert actions.start_watching(ana, group, video=clip.pk)["watch"]


def test_a_request_has_nobody_to_watch_with(ben, zoe):
    video = film(zoe)
    request = actions.start_direct(zoe, ben)

    assert code_of(actions.start_watching, zoe, request, video=video.pk) == "policy.R13"


def test_a_block_ends_it_for_both(ana, ben, clip, django_capture_on_commit_callbacks):
    direct = actions.start_direct(ana, ben)
    actions.start_watching(ana, direct, video=clip.pk)
    actions.join_watching(ben, direct)
    with django_capture_on_commit_callbacks(execute=True):
        people.block(ben, ana)

    assert code_of(actions.join_watching, ana, direct) == "policy.unreachable"
    assert code_of(actions.control_watching, ben, direct, action="pause") == "policy.unreachable"
    assert Viewer.objects.count() == 0
    assert not watching_of(direct).is_playing


# --- Coming and going -----------------------------------------------------------------------------


def test_nobody_joins_what_is_not_there(ana, group):
    assert code_of(actions.join_watching, ana, group) == "watch.none"


def test_joining_late_is_told_where_it_stands(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    pass_by(group, seconds=9)

    report = actions.join_watching(ben, group)

    assert 8000 < watching_of(group).playback.position_at(timezone.now()) < 9500
    assert report["watch"]["people"] == [str(ana.pk), str(ben.pk)]


def test_saying_again_that_one_is_there_changes_nothing(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)

    versions = [actions.join_watching(ben, group)["version"] for _ in range(3)]

    assert versions == [2, 2, 2]


def test_the_next_one_hosts(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    actions.join_watching(ben, group)
    actions.leave_watching(ana, group)

    assert watching_of(group).host == ben
    actions.leave_watching(ana, group)  # twice is fine


def test_who_falls_silent_is_not_there_any_more(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    fall_silent(group)
    actions.join_watching(ben, group)

    assert watching_of(group).host == ben
    assert [viewer.user for viewer in watching_of(group).viewers.all()] == [ben]


def test_who_is_removed_is_not_there_any_more(ana, ben, group, clip):
    actions.start_watching(ben, group, video=clip.pk)
    actions.join_watching(ana, group)
    actions.remove_member(ana, group, ben)

    with pytest.raises(Http404):
        actions.join_watching(ben, group)
    assert actions.join_watching(ana, group)["watch"]["people"] == [str(ana.pk)]
    assert watching_of(group).host == ana


def test_left_alone_it_waits_a_minute_and_is_over(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    actions.leave_watching(ana, group)
    assert not watching_of(group).is_playing

    pass_by(group, seconds=30)
    actions.tend_watchings()
    assert watching_of(group).is_live
    pass_by(group, seconds=31)
    actions.tend_watchings()

    assert not watching_of(group).is_live
    assert code_of(actions.join_watching, ben, group) == "watch.none"


def test_over_is_over_even_without_the_sweeper(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    actions.leave_watching(ana, group)
    pass_by(group, seconds=61)

    assert code_of(actions.join_watching, ben, group) == "watch.none"
    assert not watching_of(group).is_live


def test_whoever_comes_back_to_an_empty_one_hosts_it(ana, ben, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    actions.leave_watching(ana, group)
    report = actions.join_watching(ben, group)

    assert (report["watch"]["host"], report["watch"]["playing"]) == (str(ben.pk), False)


# --- Control --------------------------------------------------------------------------------------


@pytest.fixture
def both(ana, ben, group, clip):
    """Ana hosts, Ben is there, the video has played for a while."""
    actions.start_watching(ana, group, video=clip.pk, queue=[film(ben).pk, film(ana).pk])
    actions.join_watching(ben, group)
    pass_by(group, seconds=5)
    return group


def test_everybody_there_controls_it(ben, both):
    paused = actions.control_watching(ben, both, action="pause")
    sought = actions.control_watching(ben, both, action="seek", position_ms=20_000)
    played = actions.control_watching(ben, both, action="play")

    assert not paused["watch"]["playing"]
    assert 4000 < paused["watch"]["position_ms"] < 5500
    assert (sought["watch"]["position_ms"], sought["watch"]["playing"]) == (20_000, False)
    assert played["watch"]["playing"]
    assert played["version"] == paused["version"] + 2


def test_the_host_may_keep_the_control(ana, ben, both):
    entry = watching_of(both).queue[0]["id"]
    actions.control_watching(ana, both, action="host_only", on=True)

    for act in ("play", "pause", "seek", "next"):
        assert code_of(actions.control_watching, ben, both, action=act) == "watch.not_host"
    assert code_of(actions.remove_from_queue, ben, both, entry=entry) == "watch.not_host"
    actions.control_watching(ana, both, action="host", to=str(ben.pk))
    assert actions.control_watching(ben, both, action="pause")["watch"]["host"] == str(ben.pk)


def test_only_the_host_decides_who_controls_and_when_it_ends(ben, both):
    for act in ("host_only", "host", "end"):
        assert code_of(actions.control_watching, ben, both, action=act) == "watch.not_host"


def test_who_has_not_joined_controls_nothing(ana, ben, both):
    actions.leave_watching(ben, both)

    assert code_of(actions.control_watching, ben, both, action="pause") == "watch.not_there"


def test_two_who_press_next_at_once_skip_one(ana, ben, both):
    version = watching_of(both).version
    queue = [entry["video"] for entry in watching_of(both).queue]

    actions.control_watching(ana, both, action="next", version=version)
    report = actions.control_watching(ben, both, action="next", version=version)

    assert report["watch"]["video"] == queue[0]
    assert [entry["video"] for entry in report["watch"]["queue"]] == queue[1:]


def test_the_end_is_believed_where_the_clock_says_so(ana, ben, both):
    version = watching_of(both).version
    actions.control_watching(ana, both, action="host_only", on=True)
    early = actions.control_watching(ben, both, action="ended", version=version + 1)
    pass_by(both, seconds=27)
    late = actions.control_watching(ben, both, action="ended", version=version + 1)

    assert early["version"] == version + 1
    assert late["version"] == version + 2
    assert late["watch"]["position_ms"] == 0


def test_the_last_one_of_the_queue_loops(ana, both):
    for _ in range(2):
        report = actions.control_watching(ana, both, action="next")

    assert (report["watch"]["queue"], report["watch"]["loops"]) == ([], True)
    assert actions.control_watching(ana, both, action="next")["version"] == report["version"]


def test_acting_too_often_is_refused(ana, both):
    actions.control_watching(ana, both, action="seek", position_ms=7)
    assert Viewer.objects.filter(user=ana, busy_until__gt=timezone.now()).exists()
    busy_until = timezone.now() + (limits.ACTS_AT_ONCE + 1) * limits.ACT_EVERY
    Viewer.objects.filter(user=ana).update(busy_until=busy_until)

    assert code_of(actions.control_watching, ana, both, action="play") == "rate.flood"
    pass_by(both, seconds=1)
    assert actions.control_watching(ana, both, action="pause")


@pytest.mark.parametrize(
    "wish",
    [
        {"action": "explode"},
        {"action": "seek", "position_ms": "7"},
        {"action": "host", "to": "x"},
    ],
)
def test_nonsense_is_refused(ana, both, wish):
    assert code_of(actions.control_watching, ana, both, **wish) == "frame.malformed"


# --- The queue ------------------------------------------------------------------------------------


def test_the_queue_is_added_to_ordered_and_thinned(ana, ben, both):
    new = film(ana)
    added = actions.add_to_queue(ben, both, video=new.pk)["watch"]["queue"]
    moved = actions.move_in_queue(ana, both, entry=added[2]["id"], place=0)["watch"]["queue"]
    left = actions.remove_from_queue(ben, both, entry=added[0]["id"])["watch"]["queue"]

    assert (added[2]["video"], added[2]["by"]) == (str(new.pk), str(ben.pk))
    assert [entry["id"] for entry in moved] == [added[place]["id"] for place in (2, 0, 1)]
    assert [entry["id"] for entry in left] == [added[place]["id"] for place in (2, 1)]


def test_fifty_wait_at_most(ana, both):
    watching = watching_of(both)
    watching.queue = [{**watching.queue[0], "id": uuid4().hex} for _ in range(limits.QUEUE_LIMIT)]
    watching.save()

    assert code_of(actions.add_to_queue, ana, both, video=film(ana).pk) == "watch.full_queue"


def test_what_loops_ends_once_something_waits(ana, group, clip):
    actions.start_watching(ana, group, video=clip.pk)
    pass_by(group, seconds=40)  # 31 seconds long

    report = actions.add_to_queue(ana, group, video=film(ana).pk)

    assert not report["watch"]["loops"]
    assert 7000 < report["watch"]["position_ms"] < 9500


# --- What is told ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("live_hub")
class TestTelling:
    async def test_the_conversation_hears_its_outline_and_who_watches_hears_all(
        self, ana, ben, group
    ):
        video = await in_thread(film, ana)
        mei = await in_thread(self.another_member, ana, group)
        async with connected(ben) as there, connected(mei) as elsewhere:
            await in_thread(lambda: actions.start_watching(ana, group, video=video.pk))
            started = [await each.hear_type("watch") for each in (there, elsewhere)]
            await in_thread(actions.join_watching, ben, group)
            joined = [await each.hear_type("watch") for each in (there, elsewhere)]
            await in_thread(lambda: actions.control_watching(ana, group, action="pause"))
            paused = await there.hear_type("watch")

            assert [frame["version"] for frame in started] == [1, 1]
            assert [frame["watch"]["count"] for frame in joined] == [2, 2]
            assert paused["did"] == {"user": str(ana.pk), "action": "pause"}
            assert await elsewhere.is_silent()

    async def test_a_block_hides_who_is_there(self, ana, ben, group):
        video = await in_thread(film, ana)
        mei = await in_thread(self.another_member, ana, group)
        await in_thread(block, mei, ben)
        async with connected(mei) as hers:
            await in_thread(lambda: actions.start_watching(ben, group, video=video.pk))
            heard = await hers.hear_type("watch")

            assert (heard["watch"]["people"], heard["watch"]["host"]) == ([], None)
            assert (heard["watch"]["count"], heard["did"]) == (0, None)

    def another_member(self, ana, group):
        mei = make_user()
        befriend(ana, mei)
        actions.add_member(ana, group, mei)
        return mei


def test_a_report_costs_a_fixed_number_of_queries(ana, group, clip, django_assert_num_queries):
    actions.start_watching(ana, group, video=clip.pk)
    for _ in range(5):
        other = make_user()
        befriend(ana, other)
        actions.add_member(ana, group, other)
        actions.join_watching(other, group)

    with django_assert_num_queries(7):  # with SAVEPOINT and its release
        actions.join_watching(ana, group)
