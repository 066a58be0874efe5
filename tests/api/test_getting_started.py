"""docs/getting-started.md keeps its word: its commands, run in one shell against a real server,
print what it says they print."""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.chat.servers import serving

PAGE = settings.BASE_DIR / "docs" / "getting-started.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END = "--- end of a block ---"
PATH = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])  # websocat is there

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not all(shutil.which(tool, path=PATH) for tool in ("bash", "curl", "websocat")),
        reason="needs bash, curl and websocat",
    ),
]


def test_the_commands_of_the_page_print_what_it_says(tmp_path):
    blocks = list(_blocks())
    shell = f"\necho '{END}'\n".join(commands for commands, _prints in blocks)

    with serving("daphne", tmp_path) as server:
        place = {"MEDLEY": f"http://127.0.0.1:{server.port}", "PATH": PATH}
        printed = _run(shell, os.environ | place, tmp_path).split(f"{END}\n")

    assert len(blocks) == len(printed) == 9
    for (commands, prints), said in zip(blocks, printed, strict=True):
        assert _pattern(prints).fullmatch(said), f"{commands}\nprinted\n{said}\nnot\n{prints}"


def _blocks() -> Iterator[tuple[str, str]]:
    """Commands, and what the page says that they print: nothing where no text follows."""
    found = [match.groups() for match in BLOCK.finditer(PAGE.read_text())]
    for (kind, block), (after, text) in zip(found, [*found[1:], ("", "")], strict=True):
        if kind == "sh":
            yield block, text if after == "text" else ""


def _run(commands: str, environment: dict[str, str], folder: object) -> str:
    done = subprocess.run(
        ["bash", "-eu", "-c", commands],
        cwd=str(folder),
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def _pattern(text: str) -> re.Pattern[str]:
    """An ellipsis stands for anything in its line."""
    return re.compile(".*".join(map(re.escape, text.split("…"))))
