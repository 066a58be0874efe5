"""Uploads that clients send straight to object storage, part by part, until they say it is all."""

from django.db import transaction
from django.utils import timezone

from accounts.actions.uploading import complete_upload
from accounts.models.upload import LIFETIME, Upload
from accounts.uploads import parts
from accounts.uploads.refusals import UploadRefused


def sign_parts(upload: Upload) -> list[parts.Part]:
    """Where each part of it goes, and which are there already; again, with fresh addresses.

    Raises `UploadRefused`: upload.not_direct where there is no object storage, upload.gone,
    upload.complete, upload.offset where it was begun by tus.
    """
    _demand_open(upload)
    if upload.offset:
        raise UploadRefused("upload.offset")
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        upload.parts = held.parts or parts.begin(upload)
        upload.expires_at = timezone.now() + LIFETIME
        upload.save(update_fields=["parts", "expires_at"])
    return parts.parts_of(upload)


def join_parts(upload: Upload) -> Upload:
    """All parts are there: it is whole, and its receiver hears of it. Doing it again does no harm.

    Raises `UploadRefused`: upload.parts_missing, and as `sign_parts`; what the receiver refuses is
    gone.
    """
    if upload.is_complete:
        return upload
    _demand_open(upload)
    if not upload.parts or not parts.join(upload):
        raise UploadRefused("upload.parts_missing")
    Upload.objects.unfinished().filter(pk=upload.pk).update(offset=upload.length)
    upload.offset = upload.length
    complete_upload(upload)
    return upload


def _demand_open(upload: Upload) -> None:
    if not parts.are_offered():
        raise UploadRefused("upload.not_direct")
    if upload.is_expired:
        raise UploadRefused("upload.gone")
    if upload.is_complete:
        raise UploadRefused("upload.complete")
