"""After a restore from a backup: delete again whoever had been deleted since it was made."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.rights import erasing, tombstones


class Command(BaseCommand):
    """`manage.py replay_tombstones`: the jobs do the rest."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        risen = tombstones.risen()
        for person_id in risen:
            erasing.begin(person_id)
        self.stdout.write(f"{len(risen)} accounts are deleted again.")
