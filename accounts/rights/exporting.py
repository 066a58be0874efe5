"""Making the copy of all that is somebody's (R46): a job, in sittings of a few seconds, so that
whatever waits behind it waits no longer than that, and a worker that dies loses one of them."""

import json
import secrets
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import live, ports
from accounts.ids import uuid7
from accounts.models.data_request import FETCHABLE, Export
from accounts.notifications import notify
from accounts.notifications.mails import written_for
from accounts.outbox import enqueue
from accounts.ports import ExportPart
from accounts.rights import archive, pages

SITTING = 20.0  # seconds
TOLD_EVERY = 0.5  # seconds, at most
KEPT = timedelta(days=30)  # that one was asked for: the file itself is there for a day

State = Export.State
_encode = json.JSONEncoder(ensure_ascii=False, default=DjangoJSONEncoder().default).encode


def make(export_id: UUID | str) -> None:
    """Go on with a copy for one sitting; where something is left to do there is a job for it then.

    Safe to run twice. A worker on another machine begins anew: what is unfinished lies on the disk
    of whoever made it.
    """
    open_ones = Export.objects.open().select_related("person")
    export = open_ones.filter(pk=export_id).first()
    if export is None:
        discard(export_id)
        return
    with written_for(export.person):
        is_whole = _sit(export)
        if is_whole:
            _finish(export)
    if not is_whole:
        enqueue("accounts.make_export", export_id=str(export.pk))


def _sit(export: Export) -> bool:
    """Add parts until the time is over; whether all are there."""
    parts = parts_of(export.person)
    until = time.monotonic() + SITTING
    progress = _Progress(export, len(parts))
    with archive.sitting(place_of(export.pk)) as zipped:
        for number, part in enumerate(parts, 1):
            if time.monotonic() >= until or not _add(zipped, part, until):
                return False
            progress.reach(number)
        _add_front(zipped, export, parts)
    return True


def parts_of(person: Any) -> list[ExportPart]:
    """All that is in somebody's copy, in its order."""
    return [part for exporter in ports.exporters() for part in exporter.parts(person)]


class _Progress:
    """How far it is: stored, and told to the person's devices, not with every small part."""

    def __init__(self, export: Export, total: int) -> None:
        self.export, self.told_at = export, 0.0
        export.state, export.total = State.MAKING, total

    def reach(self, done: int) -> None:
        """So many parts are in it. What an earlier sitting had reached is not told again."""
        if done <= self.export.done:
            return
        self.export.done = done
        if time.monotonic() - self.told_at >= TOLD_EVERY:
            self.told_at = time.monotonic()
            self.export.save(update_fields=["state", "done", "total"])
            tell(self.export)


def _add(zipped: ZipFile, part: ExportPart, until: float) -> bool:
    """Put a part into the archive unless it is there: its files, then its rows; False where the
    time was over before that."""
    if archive.has(zipped, f"{part.path}.json"):
        return True
    for stored in part.files():
        if archive.has(zipped, stored.path):
            continue
        if time.monotonic() >= until:
            return False
        archive.add_stored(zipped, stored.path, stored.name)
    with TemporaryDirectory(prefix="medley-export-") as folder:
        _add_rows(zipped, part, Path(folder))
    return True


def _add_rows(zipped: ZipFile, part: ExportPart, folder: Path) -> None:
    """The JSON file comes last: once it is there the part is."""
    shown = pages.Pages(part, folder)
    lines = folder / "rows.json"
    with lines.open("w", encoding="utf-8") as out:
        for piece in _as_json(part, shown):
            out.write(piece)
    for name, page in shown.finish():
        archive.add_file(zipped, name, page)
    archive.add_file(zipped, f"{part.path}.json", lines, comment=str(shown.count))


def _as_json(part: ExportPart, shown: pages.Pages) -> Iterator[str]:
    """A list, a line for each row; each is drawn on the pages too."""
    before = "[\n"
    for row in part.rows():
        shown.add(row)
        yield before + _encode(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _add_front(zipped: ZipFile, export: Export, parts: list[ExportPart]) -> None:
    """What explains the rest."""
    counted = [(part, _rows_in(zipped, part)) for part in parts]
    schema = {
        f"{part.path}.json": {
            "title": part.title,
            "about": part.about,
            "rows": count,
            "fields": dict(part.fields),
        }
        for part, count in counted
    }
    context = {"person": export.person, "made_at": timezone.now()}
    archive.add_words(zipped, "style.css", pages.style())
    archive.add_words(zipped, "schema.json", json.dumps(schema, ensure_ascii=False, indent=2))
    archive.add_words(zipped, "README.txt", render_to_string("accounts/export/README.txt", context))
    archive.add_words(zipped, "index.html", pages.front(export.person, counted))


def _rows_in(zipped: ZipFile, part: ExportPart) -> int:
    return int(zipped.getinfo(f"{part.path}.json").comment or 0)


def _finish(export: Export) -> None:
    """Into the storage, and the person hears of it."""
    made = place_of(export.pk)
    name = f"exports/{export.pk}/{secrets.token_hex(16)}.zip"
    with made.open("rb") as file:
        name = default_storage.save(name, File(file))
    if not _be_ready(export, name, made.stat().st_size):
        default_storage.delete(name)  # their account went meanwhile, or another was quicker
    archive.discard(made)


@transaction.atomic
def _be_ready(export: Export, name: str, size: int) -> bool:
    now = timezone.now()
    values = {"state": State.READY, "file": name, "size": size, "ready_at": now}
    values |= {"done": export.total, "total": export.total, "expires_at": now + FETCHABLE}
    if not Export.objects.open().filter(pk=export.pk).update(**values):
        return False
    for field, value in values.items():
        setattr(export, field, value)
    notify("accounts.export_ready", export.person_id, detail=uuid7())
    tell(export)
    return True


def give_up(export_id: UUID | str) -> None:
    """It could not be made: say so; another may be asked for at once."""
    export = Export.objects.open().filter(pk=export_id).first()
    if export is not None:
        export.state = State.FAILED
        export.save(update_fields=["state"])
        tell(export)
    discard(export_id)


def discard(export_id: UUID | str) -> None:
    """Delete what is unfinished of it on this machine."""
    archive.discard(place_of(export_id))


def place_of(export_id: UUID | str) -> Path:
    """Where it lies while it is being made."""
    return Path(settings.EXPORT_FOLDER) / f"{export_id}.zip"


def tell(export: Export) -> None:
    """Let the person's devices know how it stands."""
    live.tell_user(export.person_id, {"type": "export.changed", "export": card(export)})


def card(export: Export) -> dict[str, Any]:
    """`{id, state, percent, size, expires_at}`, as devices hear it."""
    return {
        "id": str(export.pk),
        "state": export.state,
        "percent": export.percent,
        "size": export.size,
        "expires_at": export.expires_at.isoformat() if export.expires_at else None,
    }


def sweep() -> int:
    """Delete the files of copies that had their day, what nobody goes on with, and a month later
    that they were asked for; answers how many files."""
    over = list(Export.objects.over()[:1000])
    for export in over:
        default_storage.delete(export.file)
        Export.objects.filter(pk=export.pk).update(state=State.OVER, file="", size=0)
    Export.objects.filter(asked_at__lt=timezone.now() - KEPT).exclude(state=State.READY).delete()
    _sweep_places()
    return len(over)


def _sweep_places() -> None:
    folder = Path(settings.EXPORT_FOLDER)
    begun = {path.stem for path in folder.glob("*.zip")} if folder.is_dir() else set()
    known = {str(key) for key in Export.objects.open().values_list("pk", flat=True)}
    for stem in begun - known:
        archive.discard(folder / f"{stem}.zip")
