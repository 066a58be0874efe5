"""`manage.py import_sounds FOLDER`: take music into the library that everybody may use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from videos.sounds.hearing import BadSound
from videos.sounds.library import import_track, tracks_in


class Command(BaseCommand):
    """Safe to run again: files that are known are not taken twice."""

    help = (
        "Take every song below FOLDER into the library. Words come from --csv (columns file, title,"
        " artist, licence, credit, source, mood, bpm), else from tags and names."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--csv", type=Path)

    def handle(self, *args: Any, folder: Path, csv: Path | None, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        if csv and not csv.is_file():
            raise CommandError(f"{csv} is no file.")
        new = 0
        for path, track in tracks_in(folder, csv):
            try:
                sound, is_new = import_track(path, track)
            except BadSound as bad:
                self.stderr.write(f"{path.name}: {bad.detail}")
                continue
            new += is_new
            self.stdout.write(f"{'+' if is_new else '='} {sound.line}")
        self.stdout.write(f"{new} new")
