"""Every subject under every load, round after round, side by side within a round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench import targets
from tests.bench.cases import CASES, IDLE, ONLY_BY_NAME, TWO_PROCESSES, Case
from tests.bench.figures import Figures
from tests.bench.load import LoadFailed
from tests.bench.measuring import Run, Subject
from tests.bench.options import Options
from tests.bench.processes import ServerFailed
from tests.bench.programs import NotAvailable
from tests.bench.stack import Stack

Pair = tuple[str, str]  # case, subject


@dataclass
class Results:
    """What all rounds gave."""

    runs: dict[Pair, list[dict[str, float]]] = field(default_factory=dict)
    not_measured: dict[str, str] = field(default_factory=dict)  # subject: why
    failed: list[str] = field(default_factory=list)  # runs that ended too early, audits that failed

    def figures(self) -> Figures:
        """Medians and ranges."""
        return Figures.of_rounds(self.runs)


def schedule(subjects: Sequence[Subject], wanted: Options) -> Iterator[tuple[int, Case, Subject]]:
    """Round, case and subject, in the order of measuring.

    Subjects take turns within a case, so that what else the machine does hits all alike. What no
    target rests on is context: it is measured once, unless it was asked for by name.
    """
    for number in range(wanted.timing.rounds):
        for case in CASES.values():
            if case in ONLY_BY_NAME and case.name not in wanted.cases:
                continue
            for subject in subjects:
                once = not wanted.is_part and _is_context(case, subject)
                if (number and once) or case.name not in subject.cases:
                    continue
                if wanted.wants(case.name, subject.name):
                    yield number + 1, case, subject


# Memory does not vary as speed does; two processes are shown, and compared with nobody.
ONCE = (IDLE, TWO_PROCESSES)


def _is_context(case: Case, subject: Subject) -> bool:
    if subject.name == targets.SUBJECT:
        return case in ONCE
    return not targets.is_needed(case.name, subject.name)


def measure(stack: Stack, subjects: Sequence[Subject], wanted: Options) -> Results:
    """Everything of the schedule; each run is told as it ends."""
    results = Results()
    for number, case, subject in schedule(subjects, wanted):
        if subject.name in results.not_measured:
            continue
        where = f"round {number}  {case.name:14} {subject.name:22}"
        try:
            run = subject.measure(stack, case, wanted.timing)
        except NotAvailable as why:
            results.not_measured[subject.name] = str(why)
            print(f"{where} not measured: {why}", flush=True)
        except (LoadFailed, ServerFailed, OSError) as error:
            results.failed.append(f"{case.name} {subject.name}: {error}")
            print(f"{where} FAILED: {error}", flush=True)
        else:
            _note(results, (case.name, subject.name), run, where)
    return results


def _note(results: Results, pair: Pair, run: Run, where: str) -> None:
    results.runs.setdefault(pair, []).append(run.figures)
    results.failed += [f"{pair[0]} {pair[1]}: audit: {fault}" for fault in run.faults]
    print(f"{where} {_in_short(run)}", flush=True)


IN_SHORT = (
    *("deliveries_per_s", "messages_per_s", "commits_per_s", "p50_ms", "p99_ms"),
    *("open_p95_ms", "inbox_p95_ms", "search_p95_ms", "rss_kb_per_connection"),
    *("encoding_ratio", "conforming_cpu_per_s", "video_s_per_s", "encoder_start_s"),
    *("resumed_s", "api_p95_ms", "cpu_us_per_delivery", "client_cpu"),
)


def _in_short(run: Run) -> str:
    shown = [f"{name} {run.figures[name]:,.2f}" for name in IN_SHORT if name in run.figures]
    return "  ".join(shown) + (f"  AUDIT FAILED: {'; '.join(run.faults)}" if run.faults else "")
