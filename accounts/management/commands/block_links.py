"""`manage.py block_links FILE`: show no cards of the hosts that a list names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts import actions


class Command(BaseCommand):
    """Safe to run again: hosts that are blocked already stay as they are."""

    help = (
        "Block the hosts of FILE: one a line, as names or addresses; what follows a # is left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", default="", help="At most 200 characters.")

    def handle(self, *args: Any, file: Path, reason: str, **options: Any) -> None:
        try:
            hosts = actions.hosts_in(file.read_text())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}")
        except ValidationError as error:
            raise CommandError(error.messages[0])
        count = actions.block_hosts(None, hosts, reason=reason[:200])
        self.stdout.write(f"{count} of {len(hosts)} hosts are new on the list.")
