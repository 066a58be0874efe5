"""What was found is kept in a storage that serves nobody: with a case, and under whose eyes (R44).

Its files are opened by seniors and legal who claimed the case, and every look is in the audit log.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.http import Http404

from accounts import audit
from accounts.models import HashList, KnownHash, ScreeningHit, User
from accounts.moderation import cases, roles
from accounts.screening.brought import Brought
from accounts.screening.lists import Match
from accounts.screening.pictures import Source

# After the decision; what is kept for an authority waits until legal lets go of it.
KEPT_FOR = timedelta(days=30)
TOGETHER = 200


def closed_storage() -> Storage:
    """Where what was found lies: no door serves anything of it but `open_file`."""
    return storages["held"]


@dataclass(frozen=True, slots=True)
class Found:
    """What is on a list: `value` as `ScreeningHit` has it, and of a sound the `fingerprint`."""

    match: Match
    value: bytes
    fingerprint: bytes = b""


def hold(brought: Brought, found: Found, sources: Sequence[Source]) -> ScreeningHit:
    """Keep these files out of sight, with a report record, and bring it before moderators."""
    match = found.match
    hit = ScreeningHit(
        entrance=brought.entrance,
        kind=brought.kind,
        object_id=brought.object_id,
        owner_id=brought.owner_id,
        uploader=_described(brought.owner_id),
        hash_list=match.list,
        list_name=match.list.name,
        note=_note(match),
        value=found.value,
        fingerprint=found.fingerprint,
        distance=match.distance,
        is_held=match.list.action == HashList.Action.HOLD,
    )
    hit.files = [_kept(f"{hit.pk}/{place}", source) for place, source in enumerate(sources)]
    try:
        with transaction.atomic():
            _bring_up(hit, match.list)
    except BaseException:
        _delete(hit.file_names)
        raise
    return hit


def _described(owner_id: UUID | None) -> dict[str, Any]:
    """Whom an authority is told of, as their account says it now."""
    person = User.objects.filter(pk=owner_id).first() if owner_id else None
    if person is None:
        return {}
    return {
        "id": str(person.pk),
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "joined": person.date_joined.isoformat(),
        "region": person.region,
    }


def _note(match: Match) -> str:
    known = KnownHash.objects.filter(hash_list=match.list, value=match.value)
    return known.values_list("note", flat=True).first() or ""


def _kept(place: str, source: Source) -> dict[str, Any]:
    """The file in the closed storage, under a name that says nothing."""
    with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        name = closed_storage().save(place, File(file))
    return {"name": name, "sha256": digest, "size": closed_storage().size(name)}


def _bring_up(hit: ScreeningHit, on: HashList) -> None:
    hit.save(force_insert=True)
    hit.case = cases.flag(
        hit.kind,
        hit.object_id,
        origin="hash",
        reason=on.reason,
        severity=on.severity,
        facts=hit.as_evidence(),
    )
    hit.save(update_fields=["case"])


# --- Who sees it ----------------------------------------------------------------------------------


def open_file(actor: User, hit: ScreeningHit, place: int = 0) -> IO[bytes]:
    """One of the files, logged as a look at evidence. Raises `Refused` (moderation.role) for
    whoever has not claimed its case, `Http404` where it is gone."""
    if hit.case is None or not roles.may_see_evidence(actor, hit.case):
        raise cases.no_role()
    try:
        name = hit.file_names[place]
        file = closed_storage().open(name)
    except (IndexError, FileNotFoundError):
        raise Http404 from None
    _record(actor, "screening.seen", hit, file=place)
    return file


# --- What becomes of it ---------------------------------------------------------------------------


@transaction.atomic
def call_mistaken(actor: User, hit: ScreeningHit) -> None:
    """It shows something else than the list means: whoever brings it again may use it; what was
    kept goes. Raises `Refused` (moderation.role, screening.held)."""
    if not roles.may_open_hash_hits(actor):
        raise cases.no_role()
    if hit.is_held and not roles.may_hold_evidence(actor):
        raise cases.no_role()
    _end(actor, hit, ScreeningHit.State.MISTAKEN, "screening.mistaken")


def keep_for_authority(actor: User, hit: ScreeningHit) -> None:
    """Hold its files until legal lets go of them. Raises `Refused` (moderation.role)."""
    _hold_on(actor, hit, is_held=True)


def release(actor: User, hit: ScreeningHit) -> None:
    """No authority needs its files any more: they go a month after the decision. Raises `Refused`
    (moderation.role)."""
    _hold_on(actor, hit, is_held=False)


@transaction.atomic
def _hold_on(actor: User, hit: ScreeningHit, *, is_held: bool) -> None:
    if not roles.may_hold_evidence(actor):
        raise cases.no_role()
    hit.is_held = is_held
    hit.save(update_fields=["is_held"])
    _record(actor, "screening.held" if is_held else "screening.released", hit)


def _end(actor: User | None, hit: ScreeningHit, state: str, verb: str) -> None:
    names = hit.file_names
    hit.state, hit.is_held = state, False
    hit.files = [{**file, "name": ""} for file in hit.files]
    hit.save(update_fields=["state", "is_held", "files"])
    transaction.on_commit(partial(_delete, names))
    _record(actor, verb, hit)


def let_go(now: datetime) -> int:
    """Delete the files of what was decided a month ago and nobody keeps; answers how many hits."""
    ended = ScreeningHit.objects.filter(
        state=ScreeningHit.State.OPEN,
        is_held=False,
        case__state="decided",
        case__decided_at__lte=now - KEPT_FOR,
    )
    gone = list(ended[:TOGETHER])
    for hit in gone:
        with transaction.atomic():
            _end(None, hit, ScreeningHit.State.GONE, "screening.deleted")
    return len(gone)


def _delete(names: Sequence[str]) -> None:
    for name in filter(None, names):
        closed_storage().delete(name)


def _record(actor: User | None, verb: str, hit: ScreeningHit, **facts: Any) -> None:
    audit.record(
        actor, verb, kind=hit.kind, object_id=hit.object_id, case=hit.case, hit=str(hit.pk), **facts
    )


# --- The authority's form -------------------------------------------------------------------------


def report_record(actor: User, hit: ScreeningHit) -> dict[str, Any]:
    """The fields that an authority's form asks for, as JSON values; sending it is the operator's.

    Raises `Refused` (moderation.role). Logged.
    """
    if not roles.may_hold_evidence(actor):
        raise cases.no_role()
    _record(actor, "screening.reported", hit)
    return {
        "incident": {
            "id": str(hit.pk),
            "type": hit.hash_list.reason if hit.hash_list else "",
            "found_at": hit.found_at.isoformat(),
            "entrance": hit.entrance,
            "was_shown_to_anybody": False,
        },
        "uploader": hit.uploader,
        "files": [{"sha256": file["sha256"], "bytes": file["size"]} for file in hit.files],
        "match": {
            "list": hit.list_name,
            "note": hit.note,
            **_hash_of(hit),
            "bits_different": hit.distance,
        },
        "case": str(hit.case_id) if hit.case_id else None,
    }


def _hash_of(hit: ScreeningHit) -> dict[str, str]:
    if hit.fingerprint:
        return {"chromaprint": bytes(hit.fingerprint).hex()}
    return {"pdq": bytes(hit.value).hex()}
