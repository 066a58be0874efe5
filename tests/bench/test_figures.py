"""Medians, ranges, shares, and the lines machines read."""

import json

from tests.bench import report
from tests.bench.figures import Figures, percentile


def test_rounds_become_a_median_with_its_range():
    rounds = [{"p50_ms": 3.0}, {"p50_ms": 1.0}, {"p50_ms": 2.0}]

    found = Figures.of_rounds({("rate-20", "medley"): rounds}).get("rate-20", "medley", "p50_ms")

    assert found
    assert (found.median, found.min, found.max, found.rounds) == (2.0, 1.0, 3.0, 3)


def test_a_round_without_a_metric_does_not_count():
    rounds = [{"p50_ms": 3.0}, {}]

    found = Figures.of_rounds({("rate-20", "medley"): rounds}).get("rate-20", "medley", "p50_ms")

    assert found
    assert found.rounds == 1


def test_a_figure_is_one_line_of_json():
    rounds = [{"deliveries_per_s": 10.0}, {"deliveries_per_s": 20.0}]

    lines = [each.line() for each in Figures.of_rounds({("32/W4", "c-floor"): rounds})]

    assert [json.loads(line) for line in lines] == [
        {
            "bench": "chat",
            "case": "32/W4",
            "subject": "c-floor",
            "metric": "deliveries_per_s",
            "unit": "1/s",
            "median": 15.0,
            "min": 10.0,
            "max": 20.0,
            "rounds": 2,
        }
    ]


def test_percentile_is_a_value_that_was_there():

    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([5, 1, 4, 2, 3], 0.95) == 5
    assert percentile([], 0.5) == 0


def test_a_busy_client_is_flagged():
    run = dict.fromkeys(report.COLUMNS, 1.0) | {"cpu_web": 0.5, "missing": 0, "stalls": 0}
    busy, calm = ([run | {"client_cpu": share}] for share in (0.91, 0.5))

    table = report.loads(Figures.of_rounds({("32/W4", "a"): busy, ("32/W4", "b"): calm}))

    assert [row[-1] for row in table[1:]] == ["0.91 (client-bound)", "0.50"]
