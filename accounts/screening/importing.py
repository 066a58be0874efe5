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
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.fingerprints import LEAST_OVERLAP
from accounts.models import HashList, KnownHash, User
from accounts.models.screening import DISTANCE, MOST_DISTANCE
from accounts.screening import sounds, stock

AT_ONCE = 2_000
HEADINGS = ("hash", "pdq", "chromaprint")
Kind = HashList.Kind
# Hexadecimal: 256 bits; or Chromaprint's words as ffmpeg writes them raw, from two seconds to some
# ten minutes.
_HASHES = {
    Kind.PICTURE: re.compile(r"[0-9a-fA-F]{64}"),
    Kind.SOUND: re.compile(rf"(?:[0-9a-fA-F]{{8}}){{{LEAST_OVERLAP},5000}}"),
}
_MALFORMED = {
    Kind.PICTURE: gettext_lazy("Line %(number)d is no PDQ hash."),
    Kind.SOUND: gettext_lazy("Line %(number)d is no Chromaprint fingerprint."),
}
# Of 256 bits: the same sound differs in 12% of them at most, another one in 29% and more.
_DISTANCES = {Kind.PICTURE: DISTANCE, Kind.SOUND: MOST_DISTANCE}

Line = tuple[bytes, str]


def hashes_in(lines: Iterable[str], kind: str = Kind.PICTURE) -> Iterator[Line]:
    """What a list of that kind holds, with its note, of each line: in hexadecimal, alone or as CSV
    with the note behind it. Empty lines, what begins with # and a heading are left out.

    Raises `ValidationError` (hashes.malformed) that names the line.
    """
    for number, row in enumerate(csv.reader(lines), start=1):
        first = row[0].strip() if row else ""
        if not first or first.startswith("#") or (number == 1 and first.lower() in HEADINGS):
            continue
        if not _HASHES[Kind(kind)].fullmatch(first):
            raise ValidationError(
                _MALFORMED[Kind(kind)], code="hashes.malformed", params={"number": number}
            )
        yield bytes.fromhex(first), (row[1].strip()[:120] if len(row) > 1 else "")


@transaction.atomic
def import_hashes(
    actor: User | None,
    name: str,
    lines: Iterable[str],
    *,
    kind: str = Kind.PICTURE,
    **settings: Any,
) -> tuple[HashList, int]:
    """Add the hashes to the list of that name, made where there is none; all of them or none.

    `settings` are `reason`, `severity`, `action`, `distance`; what is not named stays. Answers the
    list and how many hashes were new. Safe to do again. What people uploaded before is looked at
    by a job. Raises `ValidationError` (hashes.malformed, hashes.kind where the list is of another).
    """
    fresh = {"kind": kind, "distance": _DISTANCES[Kind(kind)]}
    known, is_new = HashList.objects.get_or_create(name=name, defaults=fresh)
    if known.kind != kind:
        raise ValidationError(_("There is a list of that name of another kind."), "hashes.kind")
    known = HashList.objects.select_for_update().get(pk=known.pk)
    before = known.hashes.count()
    found, add = hashes_in(lines, kind), _ADD[Kind(kind)]
    while some := list(islice(found, AT_ONCE)):
        add(known, some)
    added = known.hashes.count() - before
    for field, value in settings.items():
        setattr(known, field, value)
    known.clean_fields()
    _changed(known, rises=bool(added or settings) and not is_new)
    audit.record(actor, "hashes.imported", kind="hash_list", object_id=known.pk, added=added)
    if added:
        stock.look_at_all()
    return known, added


def _add_pictures(known: HashList, some: Iterable[Line]) -> None:
    rows = [KnownHash(hash_list=known, value=value, note=note) for value, note in some]
    KnownHash.objects.bulk_create(rows, ignore_conflicts=True)


def _add_sounds(known: HashList, some: Iterable[Line]) -> None:
    by_digest = {sounds.digest_of(words): (words, note) for words, note in some}
    there = known.hashes.filter(value__in=by_digest).values_list("value", flat=True)
    for value in there:
        by_digest.pop(bytes(value), None)
    rows = KnownHash.objects.bulk_create(
        KnownHash(hash_list=known, value=digest, fingerprint=words, note=note)
        for digest, (words, note) in by_digest.items()
    )
    sounds.remember(rows)


_ADD = {Kind.PICTURE: _add_pictures, Kind.SOUND: _add_sounds}


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
