"""From the first byte of a file to its last: begin, append, take back, and sweep what was left."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import ports
from accounts.errors import Coded, Refused
from accounts.models import User
from accounts.models.upload import LIFETIME, METADATA_LIMIT, NAME_LIMIT, Upload
from accounts.text import clean_name
from accounts.uploads import parts, spool
from accounts.uploads.checksum import Checksum
from accounts.uploads.metadata import read_metadata
from accounts.uploads.refusals import SENTENCES, UploadRefused

TOGETHER = 200  # rows swept in one go
REFUSALS = (Coded, ValidationError, PermissionDenied, Http404)


def begin_upload(owner: User, *, length: int, metadata: str = "") -> Upload:
    """Announce a file of `length` bytes; `metadata` as tus has it, its `purpose` is required.

    Raises `UploadRefused` (upload.metadata, upload.purpose, upload.empty, upload.too_large,
    upload.too_many, upload.quota) and what the purpose's receiver refuses with.
    """
    told = _read(metadata)
    receiver = _receiver(told.get("purpose", ""))
    if not length:
        raise UploadRefused("upload.empty")
    if length > receiver.largest:
        raise UploadRefused("upload.too_large")
    upload = Upload(
        owner=owner,
        purpose=told["purpose"],
        name=clean_name(told.get("filename", ""))[:NAME_LIMIT],
        metadata=metadata,
        length=length,
        expires_at=timezone.now() + LIFETIME,
    )
    with transaction.atomic():
        _permit_more(owner, length)
        upload.save(force_insert=True)
        receiver.begin(upload)
    return upload


def _read(metadata: str) -> dict[str, str]:
    try:
        if len(metadata) <= METADATA_LIMIT:
            return read_metadata(metadata)
    except ValueError:
        pass
    raise UploadRefused("upload.metadata")


def _receiver(purpose: str) -> ports.UploadReceiver:
    try:
        return ports.upload_receivers()[purpose]
    except KeyError:
        raise UploadRefused("upload.purpose") from None


def _permit_more(owner: User, length: int) -> None:
    """Count under a lock: two uploads that begin at once cannot both take the last place."""
    User.objects.select_for_update().get(pk=owner.pk)
    mine = Upload.objects.filter(owner=owner)
    unfinished = mine.unfinished()
    if unfinished.count() >= settings.UPLOADS_AT_ONCE:
        raise UploadRefused("upload.too_many")
    if unfinished.bytes_together() + length > settings.UPLOAD_UNFINISHED_BYTES:
        raise UploadRefused("upload.too_many")
    if not _has_room(owner, length):
        raise UploadRefused("upload.quota")


def _has_room(owner: User, length: int) -> bool:
    """Ask it with the owner locked."""
    together = Upload.objects.filter(owner=owner).bytes_together()
    return together + length <= settings.UPLOAD_STORED_BYTES


@transaction.atomic
def count_stored(owner: User, *, purpose: str, file: str, length: int) -> Upload:
    """A file that came in one piece counts as an upload does; `file` is its name in the storage.

    `release_uploads` ends it. Raises `Refused` (upload.quota).
    """
    User.objects.select_for_update().get(pk=owner.pk)
    if not _has_room(owner, length):
        raise Refused("upload.quota", SENTENCES["upload.quota"])
    now = timezone.now()
    whole = {"length": length, "offset": length, "completed_at": now, "expires_at": now}
    return Upload.objects.create(owner=owner, purpose=purpose, file=file, **whole)


def append_to_upload(
    upload: Upload,
    body: spool.Body,
    *,
    offset: int,
    promised: int | None = None,
    checksum: Checksum | None = None,
) -> Upload:
    """Add the body's bytes behind the first `offset` ones; what came before a line broke stays.

    `promised` is how many bytes the body should have. After the last one the receiver hears of it.
    A body with a checksum counts as a whole or not at all. Raises `UploadRefused` (upload.gone,
    upload.busy, upload.offset, upload.too_large, upload.checksum, upload.no_room), `Http404`
    where it was taken back meanwhile, and what the receiver refuses with: then the upload is gone.
    """
    if upload.is_expired:
        raise UploadRefused("upload.gone")
    with spool.held(upload.pk) as file:
        at = measure_upload(upload)
        if offset != at or upload.is_complete:
            raise UploadRefused("upload.offset")
        if promised is not None and promised > upload.length - at:
            raise UploadRefused("upload.too_large")
        file.cut(at)
        if checksum:
            _take_checked(upload, file, body, checksum, promised)
        else:
            file.take(body, upload.length - at, counted=lambda size: _count(upload, size))
        if upload.offset == upload.length:
            complete_upload(upload)
    return upload


def measure_upload(upload: Upload) -> int:
    """How many bytes are really here. The row promises no more than is on the disk, unless the
    disk was lost; what is there beyond it was written, but not made safe, by somebody who died."""
    upload.refresh_from_db(fields=["offset", "completed_at", "file"])
    if not upload.is_complete and not spool.is_stored(upload.pk, upload.length):
        upload.offset = min(upload.offset, spool.size_of(upload.pk))
    return upload.offset


def _take_checked(
    upload: Upload, file: spool.Spooled, body: spool.Body, checksum: Checksum, promised: int | None
) -> None:
    start = upload.offset
    taken = file.take(_Heard(body, checksum), upload.length - start, counted=lambda size: None)
    if not checksum.matches or (promised is not None and taken < promised):
        file.cut(start)
        raise UploadRefused("upload.checksum")
    _count(upload, start + taken)


class _Heard:
    """A body whose bytes a checksum hears too."""

    def __init__(self, body: spool.Body, checksum: Checksum) -> None:
        self.body, self.checksum = body, checksum

    def read(self, size: int) -> bytes:
        chunk = self.body.read(size)
        self.checksum.add(chunk)
        return chunk


def _count(upload: Upload, size: int) -> None:
    """So much is safe now; `Http404` where the upload was taken back meanwhile."""
    upload.offset, upload.expires_at = size, timezone.now() + LIFETIME
    values = {"offset": upload.offset, "expires_at": upload.expires_at}
    if not Upload.objects.unfinished().filter(pk=upload.pk).update(**values):
        spool.remove(upload.pk)
        raise Http404


def resume_upload(upload: Upload) -> Upload:
    """See how far it came, and hand it over where it is whole: whoever took its last byte may have
    died before the receiver heard of it. Raises as `append_to_upload` does."""
    if upload.is_expired:
        raise UploadRefused("upload.gone")
    if measure_upload(upload) == upload.length and not upload.is_complete:
        with spool.held(upload.pk):
            complete_upload(upload)
    return upload


def complete_upload(upload: Upload) -> None:
    """Move a whole upload, which the caller holds, into the storage and hand it to its receiver.

    Safe to do again. What the receiver refuses is gone afterwards, and the refusal raised.
    """
    name = spool.store(upload.pk, upload.length)
    try:
        with transaction.atomic():
            if not _lock(upload):
                return
            upload.file, upload.completed_at = name, timezone.now()
            upload.save(update_fields=["file", "completed_at"])
            _receiver(upload.purpose).receive(upload)
    except REFUSALS:
        _drop(upload)
        raise


def _lock(upload: Upload) -> bool:
    """Whether it is still unfinished, until the end of the transaction; `Http404` where it was
    taken back, and what was stored of it goes too."""
    found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if found is None:
        transaction.on_commit(lambda: spool.unstore(upload.pk))
        raise Http404
    upload.file, upload.completed_at = found.file, found.completed_at
    return not found.is_complete


def cancel_upload(owner: User, upload: Upload) -> None:
    """Take back one's own upload before it is complete.

    Raises `UploadRefused` (upload.complete), `Http404` for another's.
    """
    if upload.owner_id != owner.pk:
        raise Http404
    if not _drop(upload):
        raise UploadRefused("upload.complete")


def _drop(upload: Upload) -> bool:
    """Whether it was unfinished and is gone now, bytes and all."""
    with transaction.atomic():
        unfinished = Upload.objects.select_for_update().unfinished().filter(pk=upload.pk)
        if not unfinished.exists():
            return False
        _receiver(upload.purpose).forget(upload)
        unfinished.delete()
    _remove_bytes(upload)
    spool.unstore(upload.pk)
    return True


def _remove_bytes(unfinished: Upload) -> None:
    spool.remove(unfinished.pk)
    if unfinished.parts:
        parts.abort(unfinished)


@transaction.atomic
def release_uploads(upload_ids: Iterable[UUID]) -> None:
    """What they became is gone: complete ones no longer count against their owner (whoever holds
    the file deletes it), unfinished ones go, bytes and all."""
    gone = Upload.objects.filter(pk__in=list(upload_ids))
    unfinished = list(gone.unfinished())
    gone.delete()
    for upload in unfinished:
        transaction.on_commit(partial(_remove_bytes, upload))


def sweep_uploads() -> int:
    """Hand over what is whole, delete what was abandoned and what nobody knows; answers how
    many."""
    whole = list(Upload.objects.whole()[:TOGETHER])
    for upload in whole:
        with suppress(*REFUSALS), spool.held(upload.pk):
            complete_upload(upload)
    abandoned = list(Upload.objects.abandoned(timezone.now())[:TOGETHER])
    for upload in abandoned:
        _drop(upload)
    return len(whole) + len(abandoned) + _remove_leftovers()


def _remove_leftovers() -> int:
    """Bytes without a row: of somebody whose account was deleted, say."""
    old = list(spool.leftovers(older_than=LIFETIME.total_seconds()))
    known = set(Upload.objects.filter(pk__in=old).values_list("pk", flat=True))
    for upload_id in set(old) - known:
        spool.remove(upload_id)
    return len(set(old) - known)
