"""`manage.py seed_demo`: fill an empty Medley with the demo world."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from config.demo import world


class Command(BaseCommand):
    """Refuses where people live already: the demo accounts share one well-known password."""

    help = "Make twelve people, ten films and their conversations; only in an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "There are people here already; the demo world needs an empty Medley."
            )
        world.build(lambda words: self.stdout.write(f"  {words}"))
