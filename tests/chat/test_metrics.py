"""What the chat counts for `/metrics` while somebody talks."""

import asyncio
from unittest.mock import Mock

import pytest
from prometheus_client import REGISTRY

from chat import metrics
from chat.live.healing import Healing
from chat.live.rooms import Room
from chat.refusals import refused, unavailable
from config.metrics import standing
from tests.chat.client import connected

pytestmark = pytest.mark.django_db(transaction=True)


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def live() -> dict[str, float]:
    return {family.name: family.samples[0].value for family in standing.Live().collect()}


async def test_a_message_is_a_commit_an_ack_and_a_delivery_to_each_socket(
    live_hub, ana, ben, group
):
    before = {name: value(name) for name in COUNTED}
    committed = value("medley_writes_total", outcome="committed")

    async with connected(ana) as mine, connected(ben) as his:
        assert live()["medley_sockets"] == 2
        assert live()["medley_rooms"] == 1
        await mine.send(group, "hello")
        await his.hear_event("message.created")

    rose = {name: value(name) - before[name] for name in COUNTED}
    assert rose["medley_commit_batch_count"] == 1
    assert rose["medley_commit_batch_sum"] == 1
    assert rose["medley_ack_seconds_count"] == 1
    assert 0 < rose["medley_ack_seconds_sum"] < 5
    assert rose["medley_deliveries_total"] >= 2
    assert value("medley_writes_total", outcome="committed") == committed + 1
    assert live() == {
        "medley_sockets": 0, "medley_rooms": 0, "medley_bus_up": 1, "medley_writer_waiting": 0
    }  # fmt: skip


COUNTED = (
    "medley_commit_batch_count",
    "medley_commit_batch_sum",
    "medley_ack_seconds_count",
    "medley_ack_seconds_sum",
    "medley_deliveries_total",
)


def test_what_is_turned_away_is_no_ack(db):
    def counts() -> list[float]:
        outcomes = [
            value("medley_writes_total", outcome=each) for each in ("refused", "unavailable")
        ]
        return [*outcomes, value("medley_ack_seconds_count")]

    before = counts()
    rules = value("medley_refusals_total", rule="R43")

    metrics.note_answers([(0.0, refused("policy.R43")), (0.0, unavailable())])

    assert [now - then for now, then in zip(counts(), before, strict=True)] == [1, 1, 0]
    assert value("medley_refusals_total", rule="R43") == rules + 1


async def test_a_hole_that_the_database_closed_counts_once(ana, group, monkeypatch):
    room = Room(str(group.pk), sockets={Mock()}, head=0)
    heard: list[dict] = []
    running: list[asyncio.Task] = []

    def hear(news: dict) -> None:
        heard.append(news)
        room.head = room.known

    monkeypatch.setattr("chat.live.healing.HOLE_PATIENCE", 0)
    healing = Healing({}, lambda work: running.append(asyncio.create_task(work)), hear)
    before = value("medley_bus_heals_total")

    healing.heal(room, known=3)
    await running[0]

    assert len(heard) == 1
    assert value("medley_bus_heals_total") == before + 1
