"""Machines for so many people: the arithmetic, and docs/capacity.md as it comes out of it."""

from pathlib import Path

import pytest
from django.conf import settings

from config.capacity import page
from config.capacity.measured import SOURCE, Measured, NotMeasured, read
from config.capacity.plan import Habits, Machines, Need, daily_bytes, demand, needs, socket_bytes

MEASURED = """
| 62x32 | medley | 32,000 (3-4) | 1,000 | 42 | 56 | 21 | web 0.80, postgresql 0.1, redis 0.00 |
| 62x32 | socket.io | 42,686 | 9,999 | 48 | 62 | 23 | node 0.99 | 0.40 |
| two-processes | medley | 64,000 | 2,000 | 14 | 92 | 20 | web 0.7, postgresql 0.20, redis 0.00 |
| its messages (REST) | 12.3 | 20.9 | 6.00 |
| the inbox (REST) | 20.0 | 26.1 | 8.00 |
| idle | medley | KB per idle connection | 25.0 |
| encoding | medley | CPU s per video second until it is published | 0.500 |
| encoding | medley | CPU s per video second for strip and preview, later | 0.100 |
| notifications | medley | ms p95 from a commit to the push service, 50 jobs a second | 4,502 |
"""
COST = Measured(
    web_per_message=0.0008,
    database_per_message=0.0001,
    bus_per_passage=0.0000025,
    page=0.02,
    bytes_per_socket=25_600,
    encoding_per_second=0.6,
    jobs_per_second=50,
)
HABITS = Habits(
    minutes=144,
    messages=86.4,
    passages=4,
    pages=8.64,
    clips=100,
    clip_seconds=8.64,
    uploads=0.1,
    upload_seconds=43.2,
    jobs=4.32,
    peak=2,
)
MACHINES = Machines(cores=8, used=0.5, least=2, sockets=1000, database_share=0.25)


def test_costs_are_read_from_what_the_bench_wrote_and_of_medley_only():
    assert read(MEASURED) == COST


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("| two-processes |", "no load two-processes"),
        ("| idle |", "does not say for idle"),
        ("(REST) |", "no page by REST"),
        ("| notifications |", "how many jobs a second"),
    ],
)
def test_a_row_that_is_missing_is_named(row, said):
    without = "\n".join(line for line in MEASURED.splitlines() if row not in line)

    with pytest.raises(NotMeasured, match=said):
        read(without)


def test_the_busiest_second_is_the_mean_times_the_peak():
    asked = demand(1_000_000, HABITS, MACHINES)

    assert asked.sockets == pytest.approx(200_000)  # a tenth of the day each, twice that at once
    assert asked.messages == pytest.approx(2000)
    assert asked.passages == pytest.approx(8000)
    assert asked.pages == pytest.approx(200)
    assert asked.film_seconds == pytest.approx(100)
    assert asked.jobs == pytest.approx(100)
    assert asked.clip_bits == pytest.approx(20_000 * 1_500_000)


def test_cores_are_work_over_what_may_be_used_and_machines_never_fewer_than_two():
    asked = demand(1_000_000, HABITS, MACHINES)

    assert needs(asked, COST, MACHINES) == [
        Need("web", 200, 25),  # 200,000 sockets: more than (1.6 + 3.0) / 0.5 cores
        Need("workers", 4, 2),
        Need("media workers", 120, 15),
        Need("PostgreSQL", 3, 2),  # (0.2 + 1.0) / 0.5
        Need("Redis (bus)", 1, 2),
    ]


def test_where_sockets_are_few_work_decides_how_many_web_processes():
    asked = demand(1_000_000, HABITS, MACHINES)
    roomy = Machines(cores=8, used=0.5, sockets=1_000_000, database_share=0.25)

    assert needs(asked, COST, roomy)[0] == Need("web", 10, 2)


def test_memory_and_growth_follow_from_the_same_habits():
    asked = demand(1_000_000, HABITS, MACHINES)

    assert socket_bytes(asked, COST) == pytest.approx(200_000 * 25_600)
    assert daily_bytes(1000, HABITS, MACHINES) == (
        pytest.approx(1000 * 86.4 * 1500),
        pytest.approx(1000 * 4.32 * 2_500_000 / 8),
    )


def test_as_many_sockets_a_process_as_the_autoscaler_allows():
    scaling = Path(settings.BASE_DIR, "deploy/kubernetes/scaling.yaml").read_text()

    assert f'averageValue: "{Machines().sockets}"' in scaling


def test_the_page_is_what_the_figures_say_today():
    """After a bench: `manage.py write_capacity`."""
    written = Path(settings.BASE_DIR, "docs/capacity.md").read_text(encoding="utf-8")

    assert written == page.as_markdown(read(SOURCE.read_text()), Habits(), Machines())
