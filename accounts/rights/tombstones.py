"""That somebody is gone, written where a restored database does not take it back.

Beside its row each tombstone is a file of the storage, `tombstones/<id>`, with the moment in it: a
database that is restored from a backup knows nothing of what was deleted since, the storage does.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from accounts.models.tombstone import Tombstone

FOLDER = "tombstones"
# Longer than any backup may be kept (docs/operations.md).
KEPT = timedelta(days=400)


def set_up(person_id: UUID) -> None:
    """Say that this account is to be gone."""
    stone, is_new = Tombstone.objects.get_or_create(person=person_id)
    name = f"{FOLDER}/{person_id}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(stone.begun_at.isoformat().encode()))
    if not is_new and stone.done_at:  # it came back with a backup
        Tombstone.objects.filter(pk=person_id).update(done_at=None)


def finish(person_id: UUID) -> None:
    """Nothing of theirs is left."""
    Tombstone.objects.filter(pk=person_id).update(done_at=timezone.now())


def known() -> set[UUID]:
    """Everybody who is to be gone, by whatever says so."""
    return set(Tombstone.objects.values_list("person", flat=True)) | set(_files())


def risen() -> list[UUID]:
    """Those of them whose account is there all the same."""
    stones = sorted(known())
    there: list[UUID] = []
    for start in range(0, len(stones), 1000):
        people = User.objects.filter(pk__in=stones[start : start + 1000])
        there += people.values_list("pk", flat=True)
    return there


def sweep() -> int:
    """Forget those of whom no backup can know any more; answers how many."""
    before = timezone.now() - KEPT
    gone = 0
    for person_id in list(_files()):
        name = f"{FOLDER}/{person_id}"
        with default_storage.open(name) as file:
            begun_at = datetime.fromisoformat(file.read().decode())
        if begun_at < before:
            default_storage.delete(name)
            gone += 1
    Tombstone.objects.filter(begun_at__lt=before, done_at__isnull=False).delete()
    return gone


def _files() -> list[UUID]:
    found = []
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(FOLDER)[1]:
            with suppress(ValueError):
                found.append(UUID(name))
    return found
