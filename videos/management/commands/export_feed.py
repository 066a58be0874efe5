"""`manage.py export_feed FOLDER`: users, items and feedback as CSV, for Gorse or Spark."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from videos.feed import tables


class Command(BaseCommand):
    help = (
        "Write users.csv, items.csv and feedback.csv into a new FOLDER: public videos, and what"
        " adults with a personal feed took to, by pseudonym."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}. Name a new folder.") from error
        for name, count in tables.write(folder).items():
            self.stdout.write(f"{name}: {count}")
