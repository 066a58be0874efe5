"""docs/performance.md: the last full run, between two markers; the words around them stay."""

import datetime
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.bench import cores, report
from tests.bench.figures import Figures
from tests.bench.rounds import Results
from tests.bench.targets import Verdict

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
LIBRARIES = ("Django", "channels", "daphne", "channels_redis", "psycopg")
PROGRAMS = {
    "PostgreSQL": ("psql", "--version"),
    "Redis": ("redis-server", "--version"),
    "node": ("node", "--version"),
    "C compiler": ("cc", "--version"),
}


def write(path: Path, text: str) -> None:
    """Put the text between the markers of an existing document."""
    before, _begin, rest = path.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def text(results: Results, judged: list[Verdict], command: str, versions: dict[str, str]) -> str:
    """Everything that one run found out, as Markdown."""
    figures: Figures = results.figures()
    parts = [
        f"Measured on {datetime.date.today():%-d %B %Y} with `{command}`.",
        "\n".join(f"- {name}: {value}" for name, value in {**machine(), **versions}.items()),
        "### Loads",
        report.as_markdown(report.loads(figures)),
        "### Commits, memory, return",
        report.as_markdown(report.others(figures)),
        "### Targets",
        report.as_markdown(report.verdicts(judged)),
        *(f"Not measured: {name}, {why}" for name, why in results.not_measured.items()),
    ]
    return "\n\n".join(parts)


def machine() -> dict[str, str]:
    """What it ran on."""
    return {
        "Machine": f"{_processor()}, {len(cores.CORES)} cores, {_memory()}, {platform.platform()}",
        "Cores": cores.described(),
        "Python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        **{name: _said_by(*command) for name, command in PROGRAMS.items()},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    return f"{kilobytes / 2**20:.0f} GiB"


def _said_by(*command: str) -> str:
    if not shutil.which(command[0]):
        return "not on this machine's PATH"
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().splitlines()[0]
