"""docs/sync.md tells the truth: of the events there are, of what is asked, and of the client."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.urls import resolve

from tests.client import line, outbox, sync
from tests.client.inbox import LIST
from tests.client.store import TABLES

DOCS = Path(settings.BASE_DIR, "docs")
PAGE = (DOCS / "sync.md").read_text()
ASKED = re.compile(r"(?:GET|POST|PUT) ([a-z<][a-z<>/-]+)")


def rows_of(heading: str) -> set[str]:
    """The words in the first cells of the table below a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [each.split("|")[1] for each in section.splitlines() if each.startswith("| `")]
    return {word for cell in cells for word in re.findall(r"`([a-z_.]+)`", cell)} - {"card"}


def test_it_says_what_every_event_does():
    components = json.loads((DOCS / "asyncapi.json").read_text())["components"]["schemas"]

    events = {name.removeprefix("event.") for name in components if name.startswith("event.")}

    assert rows_of("Events") == events


def test_it_names_every_table():
    assert rows_of("What is kept") == set(TABLES)


def test_what_it_asks_for_is_there():
    asked = set(ASKED.findall(PAGE))

    for path in asked:
        one = path.replace("<id>", "0" * 8 + "-0000" * 3 + "-" + "0" * 12).replace("<seq>", "1")
        resolve(f"/api/v1/{one}")
    assert len(asked) == 8


def test_its_numbers_are_the_clients():
    pauses = f"{line.SHORTEST_PAUSE:g} to {line.LONGEST_PAUSE:g} s"
    again = f"{outbox.PATIENCE:g} s without an answer, unavailable"
    soon = f"({outbox.SOONEST:g} to {outbox.LATEST:g} s)"
    silence = f"{line.HEARTBEAT_PATIENCE:g} s of silence"
    for told in (pauses, again, soon, silence, LIST, f"at most {sync.CURSORS} a frame"):
        assert told in PAGE
