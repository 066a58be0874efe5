"""After a restore from a backup: delete again whoever had been deleted since it was made."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.rights import erasing


class Command(BaseCommand):
    """`manage.py replay_tombstones`: the jobs do the rest."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erasing.begin_again()} accounts are deleted again.")
