"""Take in a list of leaked passwords, in the format of the large public ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.passwords import leaked, prefix_file

WIDTH = 8


class Command(BaseCommand):
    """`FILE` has lines of "SHA1:count", sorted by the hash; it replaces what was imported before.
    It is read once, from end to end, and looked up on the disk."""

    help = "Import leaked passwords: lines of SHA1:count, sorted by hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--least", type=int, default=1, help="Leave out what was seen less.")

    def handle(self, *args: Any, file: Path, least: int, **options: Any) -> None:
        try:
            with file.open(encoding="ascii") as lines:
                count = prefix_file.write(leaked.imported(), _digests(lines, least), width=WIDTH)
        except prefix_file.NotSorted as error:
            raise CommandError(f"{file} is not sorted by hash: see {error}.") from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(f"{count} leaked passwords are known now.")


def _digests(lines: Iterator[str], least: int) -> Iterator[bytes]:
    for number, line in enumerate(lines, start=1):
        digest, _colon, seen = line.strip().partition(":")
        if len(digest) != 40:
            raise ValueError(f"line {number} is no SHA-1 with a count")
        if int(seen or least) >= least:
            yield bytes.fromhex(digest)
