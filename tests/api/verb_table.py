"""The table of verbs and doors in docs/api.md, and its holes: what is behind one door alone.

It is read from the routes and the code behind them (doors.py), so a new verb is in it by itself.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.api.doors import Doors, name_of

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
MARK = "<!-- What follows is made by `make api`; do not edit it. -->"

# Public functions of the modules of verbs that do nothing: doors ask them what to show.
QUESTIONS = {
    "accounts.again_until",
    "accounts.day_over_page",
    "accounts.days_of",
    "accounts.evidence_of",
    "accounts.has_passcode",
    "accounts.links_of",
    "accounts.standing",
    "chat.chosen",
    "chat.own_part",
    "chat.upload_card",
    "commerce.cancellable_by_buyer",
    "commerce.find",
    "commerce.free_pieces",
    "commerce.has_received",
    "commerce.is_in_window",
    "commerce.missing",
    "commerce.not_bought",
    "commerce.onboarding_of",
    "commerce.permit_joining",
    "commerce.rate_of",
    "commerce.shipping_left",
    "commerce.zone_of",
    "videos.failure_card",
    "videos.progress_of",
}

# What the browser does and REST does otherwise, and how.
OTHERWISE = {
    "accounts.lock_out": "the link of a mail: whoever follows it has no app, and is not signed in",
    "chat.upload_together": "`chat.upload_media`, once for each file",
}


def holes(doors: Doors) -> list[str]:
    """Verbs of the browser or the socket that REST does not have, nor anything in their place."""
    return [
        name_of(verb)
        for verb, behind in doors.items()
        if not behind["REST"] and name_of(verb) not in QUESTIONS | OTHERWISE.keys()
    ]


def unneeded(doors: Doors) -> list[str]:
    """What is listed above and is not there, or is no exception any more."""
    names = {name_of(verb): behind for verb, behind in doors.items()}
    gone = (QUESTIONS | OTHERWISE.keys()) - names.keys()
    reached = [name for name in OTHERWISE if name in names and names[name]["REST"]]
    return sorted({*gone, *reached})


def document(doors: Doors) -> str:
    """docs/api.md as it should be: what people wrote, then the table."""
    written = DOCUMENT.read_text().split(MARK)[0]
    return "\n".join([f"{written}{MARK}", "", *_table(doors), ""])


def _table(doors: Doors) -> Iterator[str]:
    yield "| verb | browser | REST, below `/api/v1` | socket |"
    yield "|---|---|---|---|"
    for verb, behind in doors.items():
        name = name_of(verb)
        if name not in QUESTIONS:
            rest = _cell(behind["REST"]) or OTHERWISE.get(name, "**hole**")
            cells = [f"`{name}`", _cell(behind["browser"]), rest, _cell(behind["socket"])]
            yield f"| {' | '.join(cells)} |"


def _cell(doors: list[str]) -> str:
    return "<br>".join(f"`{door}`" for door in doors)
