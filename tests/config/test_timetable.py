"""The timetable: however many beats run, each slot is sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from celery import Celery
from celery.schedules import crontab
from django.db import DatabaseError, connections
from django.utils import timezone

from accounts.models import BeatSlot
from config.timetable import APART_ELSE, SlotScheduler, apart, schedule

SCHEDULE = {
    "often": {"task": "x.often", "schedule": 10},
    "daily": {"task": "x.daily", "schedule": 24 * 60 * 60},
}


class Beat(SlotScheduler):
    """One beat that ticks when told, and notes what it sends."""

    def __init__(self) -> None:
        app = Celery("beat", set_as_current=False, broker="memory://")
        app.conf.beat_schedule = SCHEDULE
        self.sent: list[str] = []
        super().__init__(app)

    def send_task(self, name, *_args, **_options):
        self.sent.append(name)

    def run(self) -> None:
        """As long as something is due."""
        while self.tick() == 0:
            pass

    def wait(self, seconds: float) -> None:
        """As if this time had passed for it."""
        for entry in self.schedule.values():
            entry.last_run_at -= timedelta(seconds=seconds)
        self._heap = None


def pass_time(seconds: float, *beats: Beat) -> None:
    for slot in BeatSlot.objects.all():
        BeatSlot.objects.filter(pk=slot.pk).update(
            claimed_at=slot.claimed_at - timedelta(seconds=seconds)
        )
    for beat in beats:
        beat.wait(seconds)


@pytest.mark.django_db
def test_two_beats_send_each_slot_once():
    one, other = Beat(), Beat()
    for _slot in range(5):
        for beat in (one, other):
            beat.run()
        pass_time(10, one, other)

    assert sorted([*one.sent, *other.sent]) == ["x.daily", *["x.often"] * 5]


@pytest.mark.django_db
def test_two_beats_out_of_step_send_no_more_than_one():
    one, other = Beat(), Beat()
    for _slot in range(5):
        one.run()
        pass_time(4, one, other)
        other.run()
        pass_time(6, one, other)

    assert (one.sent.count("x.often"), other.sent.count("x.often")) == (5, 0)


@pytest.mark.django_db
def test_the_other_goes_on_when_one_is_gone():
    one, other = Beat(), Beat()
    one.run()
    other.run()
    pass_time(10, other)

    other.run()

    assert other.sent == ["x.often"]


@pytest.mark.django_db
def test_a_beat_that_starts_again_goes_on_where_it_was():
    """No file of its own: what became due meanwhile is sent, the rest when its time comes."""
    Beat().run()
    pass_time(60 * 60)

    again = Beat()
    again.run()

    assert again.sent == ["x.often"]


@pytest.mark.django_db(transaction=True)
def test_one_of_those_who_ask_at_once_has_the_slot():
    def ask(_number: int) -> bool:
        try:
            return BeatSlot.objects.claim("often", timedelta(seconds=9))
        finally:
            connections.close_all()

    for _round in range(3):
        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(ask, range(4))) == [False, False, False, True]
        BeatSlot.objects.update(claimed_at=timezone.now() - timedelta(seconds=10))


@pytest.mark.django_db
def test_without_a_database_nothing_is_sent_and_nothing_ends(monkeypatch):
    beat = Beat()

    def lost(*_args):
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(type(BeatSlot.objects), "claim", lost)
        beat.run()
    beat.wait(10)
    beat.run()

    assert beat.sent == ["x.often"]


def test_slots_of_the_clock_are_at_least_a_minute_apart():
    assert apart(crontab(minute=0)) == APART_ELSE
    assert apart(schedule(timedelta(seconds=10))) == timedelta(seconds=9)
