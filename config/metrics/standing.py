"""How things stand at the moment when they are asked for: sockets, the bus, the writer, queues."""

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from accounts import outbox
from chat.hub import hub
from chat.writer import writer
from config.patience import Patiently

_standings = Patiently(outbox.standings)


class Live(Collector):
    """Of this process. Read from another thread: copies are made in one step."""

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        sockets = sum(map(len, list(hub.users.values())))
        yield GaugeMetricFamily("medley_sockets", "Sockets that are open.", sockets)
        rooms = len(hub.rooms)
        yield GaugeMetricFamily("medley_rooms", "Conversations with somebody connected.", rooms)
        is_up = hub.bus.is_up
        yield GaugeMetricFamily("medley_bus_up", "Whether others are heard through Redis.", is_up)
        yield GaugeMetricFamily("medley_writer_waiting", "Writes before a commit.", writer.waiting)


class Queues(Collector):
    """Of all processes, from the database; nothing while that cannot be asked."""

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        standings = _standings() or {}
        waiting = GaugeMetricFamily("medley_queue_jobs", "Jobs that wait.", labels=["queue"])
        oldest = GaugeMetricFamily(
            "medley_queue_oldest_seconds", "Age of the oldest that waits.", labels=["queue"]
        )
        aside = GaugeMetricFamily(
            "medley_queue_aside", "Jobs put aside after their last try.", labels=["queue"]
        )
        for queue, standing in standings.items():
            waiting.add_metric([queue], standing.waiting)
            oldest.add_metric([queue], standing.oldest)
            aside.add_metric([queue], standing.aside)
        return waiting, oldest, aside
