"""Write docs/capacity.md from the figures of docs/performance.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.capacity import measured, page
from config.capacity.plan import Habits, Machines


class Command(BaseCommand):
    """`manage.py write_capacity`; a test says when it has to be done again."""

    help = __doc__
    requires_system_checks: list[str] = []  # it needs no database

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cost = measured.read(measured.SOURCE.read_text(encoding="utf-8"))
        except measured.NotMeasured as missing:
            raise CommandError(str(missing)) from missing
        place = Path(settings.BASE_DIR) / "docs" / "capacity.md"
        place.write_text(page.as_markdown(cost, Habits(), Machines()), encoding="utf-8")
