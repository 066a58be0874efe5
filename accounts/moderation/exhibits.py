"""What was reported, as those who hold the case see it: the evidence of each report, its files, and
what was said before it was edited (R40, R42)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_datetime

from accounts import ports
from accounts.models import Case, Report
from accounts.moderation.evidence import hash_of
from accounts.ports import EarlierWords, ExhibitFile, Exhibits

SHOWN = 20  # reports of one thing

Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the evidence. `is_it`: the reported one; `is_theirs`: by whom it concerns."""

    card: Card
    author: Card | None
    is_it: bool
    is_theirs: bool
    files: Sequence[ExhibitFile]
    earlier: Sequence[EarlierWords]

    @property
    def at(self) -> datetime | None:
        return parse_datetime(self.card.get("created_at") or "")

    @property
    def lost_files(self) -> int:
        """How many of its media are deleted by now."""
        return max(len(self.card.get("media") or ()) - len(self.files), 0)

    @property
    def share(self) -> str:
        """What it shared, in a word."""
        shared = self.card.get("share") or {}
        return (shared.get("card") or {}).get("title") or shared.get("kind") or ""


@dataclass(frozen=True)
class Piece:
    """What one report (or, without one, a program) kept."""

    content: Mapping[str, Any]
    is_unchanged: bool
    report: Report | None
    owner_id: str
    files: Sequence[ExhibitFile] = ()
    earlier: Sequence[EarlierWords] = field(default=())

    @cached_property
    def lines(self) -> list[Line]:
        """The messages, in their order; none where it is about something else."""
        authors = {card["id"]: card for card in self.content.get("authors") or ()}
        files, earlier = _by_place(self.files), _by_place(self.earlier)
        return [
            Line(
                card=card,
                author=authors.get(card.get("author")),
                is_it=card["id"] == self.content.get("message"),
                is_theirs=bool(self.owner_id) and card.get("author") == self.owner_id,
                files=[one for medium in card.get("media") or () for one in files[medium["id"]]],
                earlier=earlier[card["id"]],
            )
            for card in self.content.get("messages") or ()
        ]


def _by_place(things: Iterable[Any]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for thing in things:
        found[thing.of].append(thing)
    return found


def source_of(case: Case) -> Case:
    """The case that has the evidence: an appeal looks at that of the first decision."""
    return case.appeal.decision.case if case.is_appeal else case


def pieces_of(case: Case) -> list[Piece]:
    """All that is kept, of the newest report first. The caller asks `roles.may_see_evidence` and
    writes the look into the audit log."""
    source = source_of(case)
    reports = source.reports.select_related("reporter").order_by("-created_at")[:SHOWN]
    kept: list[tuple[Card, str, Report | None]] = [
        (report.evidence, report.evidence_hash, report) for report in reports
    ]
    more = _more(source, [report.evidence for report in reports])
    pieces = [_piece(source, *one, more) for one in kept]
    if source.evidence:
        found = _found(source, source.evidence)
        pieces.append(_piece(source, source.evidence, source.evidence_hash, None, found))
    return pieces


def _found(case: Case, content: Card) -> Exhibits:
    """What a program found: the media that its hits name."""
    named = [key for hit in content.get("hits") or () for key in hit.get("media") or ()]
    return ports.exhibitors()["media"](case.object_id, {"media": named}) if named else Exhibits()


def _more(case: Case, contents: Sequence[Card]) -> Exhibits:
    """Files and earlier words of everything kept, asked for once: much of it is the same."""
    exhibitor = ports.exhibitors().get(case.kind)
    if exhibitor is None or not contents:
        return Exhibits()
    said = [message for content in contents for message in content.get("messages") or ()]
    return exhibitor(case.object_id, {**contents[0], "messages": said})


def _piece(case: Case, content: Card, seal: str, report: Report | None, more: Exhibits) -> Piece:
    return Piece(
        content=content,
        is_unchanged=hash_of(dict(content)) == seal,
        report=report,
        owner_id=str(case.owner_id or ""),
        files=more.files,
        earlier=more.earlier,
    )


def file_of(case: Case, name: str) -> ExhibitFile | None:
    """The file whose name in the storage, or whose poster's, ends so; None for any that is not part
    of the evidence."""
    for piece in pieces_of(case):
        for file in piece.files:
            if name in (base_name(file.name), base_name(file.poster)):
                return file
    return None


def base_name(storage_name: str) -> str:
    """The last part of a name in the storage."""
    return storage_name.rpartition("/")[2]
