"""Uploads that go past us, into object storage: multipart uploads of S3, whose parts clients
put at signed addresses (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html)."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from accounts.uploads.spool import is_stored, stored_name

PART = 8 * 2**20  # bytes; S3 wants 5 MiB at least, but of the last one
SIGNED_FOR = 60 * 60  # seconds: a slow line's time for one part


@dataclass(frozen=True, slots=True)
class Part:
    """`number` from 1 on; `url` takes exactly `size` bytes by PUT; `arrived` once it has them."""

    number: int
    size: int
    url: str
    arrived: bool


def are_offered() -> bool:
    """Whether there is an object storage to send parts to."""
    return bool(settings.S3_BUCKET)


def begin(upload: Any) -> str:
    """What S3 calls the parts of this upload from now on."""
    return str(_client().create_multipart_upload(**_object(upload))["UploadId"])


def parts_of(upload: Any) -> list[Part]:
    """All of them, in order."""
    here = {part["PartNumber"]: part["Size"] for part in _arrived(upload)}
    return [
        Part(number, size, _signed(upload, number, size), here.get(number) == size)
        for number, size in _sizes(upload.length).items()
    ]


def join(upload: Any) -> bool:
    """Make one object of the parts; False where some are missing or of another size. Again, it is
    joined already."""
    here = _arrived(upload)
    if {part["PartNumber"]: part["Size"] for part in here} == _sizes(upload.length):
        told = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in here]
        _client().complete_multipart_upload(
            **_object(upload), UploadId=upload.parts, MultipartUpload={"Parts": told}
        )
    return is_stored(upload.pk, upload.length)


def abort(upload: Any) -> None:
    """Forget whatever parts came."""
    client = _client()
    with suppress(client.exceptions.ClientError):  # there is none any more
        client.abort_multipart_upload(**_object(upload), UploadId=upload.parts)


def _sizes(length: int) -> dict[int, int]:
    """Bytes by the number of the part."""
    starts = range(0, length, PART)
    return {number: min(PART, length - start) for number, start in enumerate(starts, start=1)}


def _arrived(upload: Any) -> list[dict[str, Any]]:
    """What is there, in order: PartNumber, ETag and Size; nothing once they are joined."""
    client = _client()
    pages = client.get_paginator("list_parts").paginate(**_object(upload), UploadId=upload.parts)
    try:
        return [part for page in pages for part in page.get("Parts", ())]
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchUpload":
            raise
        return []


def _signed(upload: Any, number: int, size: int) -> str:
    wanted = {**_object(upload), "UploadId": upload.parts, "PartNumber": number}
    return str(
        _client().generate_presigned_url(
            "upload_part", Params={**wanted, "ContentLength": size}, ExpiresIn=SIGNED_FOR
        )
    )


def _object(upload: Any) -> dict[str, str]:
    return {"Bucket": settings.S3_BUCKET, "Key": stored_name(upload.pk)}


def _client() -> Any:
    storage: Any = default_storage
    return storage.connection.meta.client
