"""`manage.py import_hashes --list NAME FILE`: look for what is on a list of hashes (R44)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.ffmpeg import can_fingerprint
from accounts.models import HashList, Report
from accounts.screening import importing

SETTINGS = ("reason", "severity", "action", "distance")


class Command(BaseCommand):
    """Safe to run again: what is on the list already stays."""

    help = (
        "Add the hashes of FILE to a list: one a line in hexadecimal, or CSV with a note behind it;"
        " PDQ of pictures, or Chromaprint's raw fingerprints of sounds. What people uploaded before"
        " is looked at by a job."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--list", dest="name", metavar="NAME", required=True, help="At most 60 characters."
        )
        parser.add_argument("--remove", action="store_true", help="Forget the whole list.")
        parser.add_argument("--kind", choices=HashList.Kind.values, default=HashList.Kind.PICTURE)
        parser.add_argument("--reason", choices=Report.Reason.values)
        parser.add_argument("--severity", type=int, help="1 to 10; 10 where none was said.")
        parser.add_argument("--action", choices=HashList.Action.values)
        parser.add_argument("--distance", type=int, help="Bits of 256; 31, of sounds 60.")

    def handle(self, *args: Any, file: Path | None, name: str, kind: str, **options: Any) -> None:
        if options["remove"]:
            self._remove(name)
            return
        if file is None:
            raise CommandError("Name the file with the hashes.")
        chosen = {key: options[key] for key in SETTINGS if options[key] is not None}
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                known, added = importing.import_hashes(None, name, lines, kind=kind, **chosen)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}")
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}")
        self.stdout.write(f"{added} new, {known.hashes.count()} on the list {known.name}.")
        if kind == HashList.Kind.SOUND and not can_fingerprint():
            self.stderr.write("This machine's ffmpeg has no Chromaprint: it compares no sounds.")

    def _remove(self, name: str) -> None:
        known = HashList.objects.filter(name=name).first()
        if known is None:
            raise CommandError(f"There is no list {name}.")
        importing.remove_list(None, known)
        self.stdout.write(f"The list {name} is gone; what it found stays.")
