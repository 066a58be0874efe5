"""Lists come in as files of hashes, and go; Medley ships none (R44)."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import HashList, KnownHash, User
from accounts.screening import stock

AT_ONCE = 2_000
_HASH = re.compile(r"[0-9a-fA-F]{64}")

Line = tuple[bytes, str]


def hashes_in(lines: Iterable[str]) -> Iterator[Line]:
    """A PDQ hash in hexadecimal and its note, of each line: the hash alone, or CSV with a note
    behind it. Empty lines, what begins with # and a heading are left out.

    Raises `ValidationError` (hashes.malformed) that names the line.
    """
    for number, row in enumerate(csv.reader(lines), start=1):
        first = row[0].strip() if row else ""
        if not first or first.startswith("#") or (number == 1 and first.lower() in ("hash", "pdq")):
            continue
        if not _HASH.fullmatch(first):
            raise ValidationError(
                _("Line %(number)d is no PDQ hash."),
                code="hashes.malformed",
                params={"number": number},
            )
        yield bytes.fromhex(first), (row[1].strip()[:120] if len(row) > 1 else "")


@transaction.atomic
def import_hashes(
    actor: User | None, name: str, lines: Iterable[str], **settings: Any
) -> tuple[HashList, int]:
    """Add the hashes to the list of that name, made where there is none; all of them or none.

    `settings` are `reason`, `severity`, `action`, `distance`; what is not named stays. Answers the
    list and how many hashes were new. Safe to do again. What people uploaded before is looked at
    by a job. Raises `ValidationError`.
    """
    known, is_new = HashList.objects.get_or_create(name=name)
    known = HashList.objects.select_for_update().get(pk=known.pk)
    before = known.hashes.count()
    found = hashes_in(lines)
    while some := list(islice(found, AT_ONCE)):
        rows = [KnownHash(hash_list=known, value=value, note=note) for value, note in some]
        KnownHash.objects.bulk_create(rows, ignore_conflicts=True)
    added = known.hashes.count() - before
    for field, value in settings.items():
        setattr(known, field, value)
    known.clean_fields()
    _changed(known, rises=bool(added or settings) and not is_new)
    audit.record(actor, "hashes.imported", kind="hash_list", object_id=known.pk, added=added)
    if added:
        stock.look_at_all()
    return known, added


def _changed(known: HashList, *, rises: bool) -> None:
    known.revision += rises
    known.changed_at = timezone.now()
    known.save()


@transaction.atomic
def change_list(actor: User, known: HashList, **settings: Any) -> HashList:
    """Change `reason`, `severity`, `action` or `distance`; what was found stays as it is."""
    for field, value in settings.items():
        setattr(known, field, value)
    known.full_clean()
    known.save(update_fields=list(settings))
    HashList.objects.filter(pk=known.pk).update(
        revision=F("revision") + 1, changed_at=timezone.now()
    )
    audit.record(actor, "hashes.changed", kind="hash_list", object_id=known.pk, **settings)
    return known


@transaction.atomic
def remove_list(actor: User | None, known: HashList) -> None:
    """Look for nothing on it from now on; what it found stays."""
    audit.record(actor, "hashes.removed", kind="hash_list", object_id=known.pk, name=known.name)
    known.delete()
