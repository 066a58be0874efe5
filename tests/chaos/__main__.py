"""`make chaos`: strike with every fault under several seeds; a table, and 1 if something did not
hold.

    python -m tests.chaos --fault kill-web,redis-kill --seeds 2 --seconds 20 --out chaos.jsonl
"""

import argparse
import asyncio
import json
import signal
import sys
from contextlib import aclosing
from pathlib import Path

from tests.chaos.faults import FAULTS
from tests.chaos.run import Line, Size, seed_lines

SHOWN = 5  # problems of one line


async def main() -> int:
    options = _options()
    if unknown := set(filter(None, options.fault.split(","))) - FAULTS.keys():
        sys.exit(f"No such fault: {', '.join(unknown)}. There are: {', '.join(FAULTS)}.")
    size = Size(**{name: getattr(options, name) for name in Size.__dataclass_fields__})
    chosen = options.fault.split(",") if options.fault else FAULTS
    faults = [fault for name, fault in FAULTS.items() if name in chosen]
    held = True
    _stop_when_told()
    print(_header(), flush=True)
    for seed in range(1, options.seeds + 1):
        kept = options.keep / f"seed{seed}" if options.keep else None
        async with aclosing(seed_lines(seed, faults, size, kept)) as lines:
            async for line in lines:
                _tell(line, options.out)
                held = held and line.held
    return int(not held)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--fault", default="", help=f"some of: {', '.join(FAULTS)}")
    parser.add_argument("--seeds", type=int, default=5, help="how many, from 1")
    parser.add_argument("--seconds", type=float, default=Size.seconds, help="load around a fault")
    parser.add_argument("--sockets", type=int, default=Size.sockets)
    parser.add_argument("--conversations", type=int, default=Size.conversations)
    parser.add_argument("--rate", type=float, default=Size.rate, help="messages a second")
    parser.add_argument("--scale", type=float, default=Size.scale, help="shortens each fault")
    parser.add_argument("--leeway", type=float, default=Size.leeway, help="widens time limits")
    parser.add_argument("--out", type=Path, help="add a JSON line about each to this file")
    parser.add_argument("--keep", type=Path, help="leave histories and logs in this folder")
    return parser.parse_args()


def _explain(line: Line) -> None:
    """What did not hold; a planted bug that was caught is as it should be."""
    if line.held:
        return
    for problem in line.problems[:SHOWN]:
        print(f"    {problem}", flush=True)
    if len(line.problems) > SHOWN:
        print(f"    ... and {len(line.problems) - SHOWN} more", flush=True)


def _header() -> str:
    counts = "acked stored   lost doubled misordered recovery held"
    return f"{'fault':16} seed  {counts}  what was measured"


def _tell(line: Line, out: Path | None) -> None:
    verdict = line.verdict
    held = "yes" if line.held else "NO"
    recovery = "-" if line.recovery_s is None else f"{line.recovery_s:.1f} s"
    print(
        f"{line.fault:16} {line.seed:4} {verdict.acked:6} {verdict.stored:6} {verdict.lost:6}"
        f" {verdict.doubled:7} {verdict.misordered:10} {recovery:>8} {held:4}"
        f"  {'; '.join(line.notes)}",
        flush=True,
    )
    _explain(line)
    if out:
        with out.open("a") as file:
            file.write(json.dumps(line.report) + "\n")


def _stop_when_told() -> None:
    """SIGTERM ends it as Ctrl-C does: the processes of the stack have to be stopped."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit(130)
