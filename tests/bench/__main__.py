"""`make bench`: measures Medley beside others and says which targets were reached.

    python -m tests.bench [CASE=32/W4,...] [SUBJECTS=medley,...] [PEERS=all] [ROUNDS=3]
                          [SECONDS=4] [OUT=file] [PLOT=file.svg] [WRITE=1]

WRITE=1 puts tables and plot into docs/. Exits 1 where an audit or a run failed, 2 where nothing
can be measured here.
"""

import os
import sys
import time

from tests.bench import cores, document, plot, report, rounds, targets, world
from tests.bench.options import Options, Wrong, options
from tests.bench.programs import NotAvailable
from tests.bench.stack import stack
from tests.bench.subjects.catalogue import subjects


def main(arguments: list[str]) -> int:
    """Measure what was asked for; the process's exit status."""
    try:
        wanted = options(arguments)
        results = _measure(wanted)
    except (Wrong, NotAvailable) as error:
        print(error, file=sys.stderr)
        return 2
    _report(results, wanted)
    return int(bool(results.failed))


def _measure(wanted: Options) -> rounds.Results:
    print(f"{cores.described()}; {wanted.timing}", flush=True)
    with stack() as ours:
        os.environ.update(ours.environment())
        world.set_up()
        try:
            return rounds.measure(ours, subjects(wanted.all_peers), wanted)
        finally:
            from django.db import connections

            connections.close_all()


def _report(results: rounds.Results, wanted: Options) -> None:
    figures, judged = results.figures(), targets.judge_all(results.figures())
    shown = [each for each in judged if each.reached is not None or not wanted.is_part]
    for table in (report.loads(figures), report.others(figures), report.verdicts(shown)):
        if len(table) > 1:
            print("\n" + report.as_text(table))
    for name, why in results.not_measured.items():
        print(f"not measured: {name}: {why}")
    for failure in results.failed:
        print(f"FAILED: {failure}")
    if wanted.out:
        with wanted.out.open("a") as file:
            file.writelines(each.line() + "\n" for each in figures)
    if wanted.plot:
        plot.draw(figures, wanted.plot)
    if wanted.document:
        document.write(wanted.document, document.text(results, judged, _command(), {}))


def _command() -> str:
    given = [name for name in ("PEERS", "ROUNDS", "SECONDS") if os.environ.get(name)]
    return " ".join(["make bench", *(f"{name}={os.environ[name]}" for name in given)])


if __name__ == "__main__":
    began = time.monotonic()
    status = main(sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(status)
