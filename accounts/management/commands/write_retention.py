"""Write docs/retention.md from the retention table."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.rights import retention


class Command(BaseCommand):
    """`manage.py write_retention`; a test says when it has to be done again."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        place = settings.BASE_DIR / "docs" / "retention.md"
        place.write_text(retention.as_markdown(), encoding="utf-8")
