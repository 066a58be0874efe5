"""`make bench`: measures Medley beside others and says which targets were reached.

    python -m tests.bench [CASE=32/W4,...] [SUBJECTS=medley,...] [PEERS=all] [ROUNDS=3]
                          [SECONDS=4] [OUT=file] [PLOT=file.svg] [WRITE=1]

WRITE=1 puts tables and plot into docs/. Exits 1 where an audit or a run failed, 2 where nothing
can be measured here.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench import cores, document, plot, report, rounds, targets, world
from tests.bench.cases import ONLY_BY_NAME
from tests.bench.options import Options, Wrong, options
from tests.bench.programs import NotAvailable
from tests.bench.stack import Stack, stack
from tests.bench.subjects.catalogue import subjects


def main(arguments: list[str]) -> int:
    """Measure what was asked for; the process's exit status."""
    print(cores.described(), flush=True)
    try:
        wanted = options(arguments)
        chosen = subjects(wanted.all_peers, *wanted.subjects)
        with cores.on(cores.CLIENT), stack() as ours, database_of(ours):
            results = rounds.measure(ours, chosen, wanted)
            facts = document.machine(ours)
    except (Wrong, NotAvailable) as error:
        print(error, file=sys.stderr)
        return 2
    judged = targets.judge_all(results.figures())
    tell(results, judged, wanted)
    keep(results, judged, wanted, facts)
    return int(bool(results.failed))


@contextmanager
def database_of(ours: Stack) -> Iterator[None]:
    """Let this process's Django know the stack's database, until the end of the block."""
    os.environ.update(ours.environment())
    world.set_up()
    from django.db import connections

    try:
        yield
    finally:
        connections.close_all()


def tell(results: rounds.Results, judged: list[targets.Verdict], wanted: Options) -> None:
    """Print tables, targets and whatever went wrong."""
    figures = results.figures()
    shown = [each for each in judged if each.reached is not None or not wanted.is_part]
    tables = (report.loads, report.others, report.pages)
    for table in (*(each(figures) for each in tables), report.verdicts(shown)):
        if len(table) > 1:
            print("\n" + report.as_text(table))
    for name, why in results.not_measured.items():
        print(f"not measured: {name}: {why}")
    for failure in results.failed:
        print(f"FAILED: {failure}")


def keep(
    results: rounds.Results,
    judged: list[targets.Verdict],
    wanted: Options,
    facts: dict[str, str],
) -> None:
    """Write what was asked for: JSON lines, plot, document."""
    figures = results.figures()
    if wanted.out:
        wanted.out.write_text("".join(f"{each.line()}\n" for each in figures))
    if wanted.plot:
        plot.draw(figures, wanted.plot)
    if wanted.document and len(wanted.cases) == 1 and wanted.cases[0] in document.PARTS:
        part, text = document.PARTS[wanted.cases[0]]
        document.write(wanted.document, text(results, judged, command()), part)
    elif wanted.document:
        apart = {case.name for case in ONLY_BY_NAME}  # these have a part of their own
        judged = [each for each in judged if each.target.case not in apart]
        document.write(wanted.document, document.text(results, judged, command(), facts))


def command() -> str:
    """What was typed, as far as it shapes the figures."""
    names = ("CASE", "PEERS", "ROUNDS", "SECONDS", "VIDEOS", "MESSAGES")
    given = [name for name in names if os.environ.get(name)]
    return " ".join(["make bench", *(f"{name}={os.environ[name]}" for name in given)])


if __name__ == "__main__":
    # As after Ctrl-C, so that no server outlives the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    status = main(sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(status)
