"""`manage.py evaluate_feed TRAIN.csv TEST.csv`: how much of TEST the feed's ranking finds again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from videos.feed.evaluation import BadFile, evaluate, read
from videos.feed.interactions import Interactions, Watched


class Command(BaseCommand):
    help = (
        "Fit the feed's ranking on TRAIN and look for TEST: prints recall@20, ndcg@20 and coverage"
        " of our ranking and of each baseline. Columns: user, item and, if known, timestamp;"
        " a header is optional."
    )
    requires_system_checks: list[str] = []  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("train", type=Path)
        parser.add_argument("test", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        known = Interactions.of(_rows(options["train"]))
        hidden: dict[Any, set[Any]] = {}
        for row in _rows(options["test"]):
            hidden.setdefault(row.user, set()).add(row.item)
        for result in evaluate(known, hidden):
            self.stdout.write(f"{result.name}: {result.quality}")
            self.stdout.flush()


def _rows(path: Path) -> list[Watched]:
    try:
        rows = read(path)
    except (BadFile, OSError) as error:
        raise CommandError(f"{path}: {error}") from error
    if not rows:
        raise CommandError(f"{path}: there is nothing in it.")
    return rows
