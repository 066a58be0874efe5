"""docs/performance.md: the last full run, and the last ones over ten million messages, over a
million videos, of encoding and of notifications, each between two markers; what stands around them
stays."""

import datetime
import json
import platform
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from tests.bench import cores, report
from tests.bench.cases import (
    CHECKOUT,
    CONVERSATION,
    ENCODING,
    FEED,
    MODERATION,
    NOTIFICATIONS,
    REST,
)
from tests.bench.rounds import Results
from tests.bench.stack import Stack
from tests.bench.targets import Verdict

SOCKETIO = Path(__file__).with_name("socketio") / "package.json"
FULL, PAGES = "figures", "pages"  # as the markers name them
LIBRARIES = ("Django", "channels", "daphne", "channels_redis", "psycopg")
PROGRAMS = {
    "C compiler": ("cc", "--version"),
    "node": ("node", "--version"),
    "ejabberd": ("dpkg-query", "--show", "--showformat=${Version}", "ejabberd"),
    "Prosody": ("dpkg-query", "--show", "--showformat=${Version}", "prosody"),
}


def write(path: Path, text: str, part: str = FULL) -> None:
    """Put the text between that part's markers of an existing document."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    before, _begin, rest = path.read_text().partition(begin)
    _old, _end, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def text(results: Results, judged: list[Verdict], command: str, facts: dict[str, str]) -> str:
    """Everything that one run found out, as Markdown; `facts` about what it ran on."""
    figures = results.figures()
    parts = [
        f"Measured on {datetime.date.today():%-d %B %Y} with `{command}`.",
        "\n".join(f"- {name}: {value}" for name, value in facts.items()),
        "### Loads",
        report.as_markdown(report.loads(figures)),
        "### Commits, memory, return",
        report.as_markdown(report.others(figures)),
        "### Targets",
        report.as_markdown(report.verdicts(judged)),
        *(f"Not measured: {name}: {why}" for name, why in results.not_measured.items()),
        *(f"Failed: {failure}" for failure in results.failed),
    ]
    return "\n\n".join(parts)


def pages_text(results: Results, judged: list[Verdict], command: str) -> str:
    """What one run over ten million messages found out, as Markdown."""
    parts = [
        f"Measured on {datetime.date.today():%-d %B %Y} with `{command}`.",
        report.as_markdown(report.pages(results.figures())),
        report.as_markdown(report.verdicts(each for each in judged if each.reached is not None)),
        *(f"Failed: {failure}" for failure in results.failed),
    ]
    return "\n\n".join(parts)


def others_text(results: Results, judged: list[Verdict], command: str) -> str:
    """What one run of a case that is no load found out, as Markdown."""
    parts = [
        f"Measured on {datetime.date.today():%-d %B %Y} with `{command}`.",
        report.as_markdown(report.others(results.figures())),
        report.as_markdown(report.verdicts(each for each in judged if each.reached is not None)),
        *(f"Failed: {failure}" for failure in results.failed),
    ]
    return "\n\n".join(parts)


# Of the cases that run by name alone: the part of the document, and what writes it.
PARTS: dict[str, tuple[str, Callable[[Results, list[Verdict], str], str]]] = {
    CONVERSATION.name: (PAGES, pages_text),
    FEED.name: ("feeds", others_text),
    ENCODING.name: ("encoding", others_text),
    NOTIFICATIONS.name: ("notifications", others_text),
    MODERATION.name: ("moderation", others_text),
    CHECKOUT.name: ("checkout", others_text),
    REST.name: ("rest", others_text),
}


def machine(stack: Stack) -> dict[str, str]:
    """What it runs on."""
    return {
        "Machine": f"{_processor()}, {len(cores.CORES)} cores, {_memory()}, {_system()}",
        "Cores": cores.described(),
        "Python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        **stack.versions(),
        "socket.io": json.loads(SOCKETIO.read_text())["dependencies"]["socket.io"],
        **{name: said for name, words in PROGRAMS.items() if (said := _said_by(*words))},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    return f"{kilobytes / 2**20:.0f} GiB"


def _system() -> str:
    release = platform.release().partition("-")[0]  # the rest is whoever built the kernel
    return f"{platform.system()} {release}"


def _said_by(*command: str) -> str:
    """The first line of a program's answer; nothing where it is not there."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode else done.stdout.strip().splitlines()[0]
