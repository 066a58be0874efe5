"""`manage.py backup FOLDER`: keep the database and the files, while Medley runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup import Unusable, back_up


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a new folder, or an empty one")
        parser.add_argument(
            "--list", action="store_true", help="name the files without copying them"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = back_up(folder.resolve(), copies=not options["list"])
        except Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.rows} rows and {report.files} files are in {folder}.")
