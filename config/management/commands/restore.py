"""`manage.py restore FOLDER`: bring back what `manage.py backup` kept, before people come in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup import Unusable, restore


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what backup made")
        parser.add_argument(
            "--replace", action="store_true", help="in the place of what the database holds"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = restore(folder.resolve(), replace=options["replace"])
        except Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{report.rows} rows are back, and {report.put_back} of {report.files} files; "
            f"{report.deleted_again} accounts are deleted again."
        )
