"""Uploads that go past us, into object storage: multipart uploads of S3, whose parts clients
put at signed addresses (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.storage import default_storage

from accounts.uploads.spool import stored_name

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
    here = dict(_arrived(upload))
    return [
        Part(number, size, _signed(upload, number, size), here.get(number, ("", 0))[1] == size)
        for number, size in enumerate(_sizes(upload.length), start=1)
    ]


def join(upload: Any) -> bool:
    """Make one object of the parts; False where some are missing or of another size. Again, it is
    joined already."""
    here = dict(_arrived(upload))
    if {number: size for number, (_tag, size) in here.items()} != dict(
        enumerate(_sizes(upload.length), start=1)
    ):
        return _is_whole(upload)
    told = [{"PartNumber": number, "ETag": tag} for number, (tag, _size) in sorted(here.items())]
    _client().complete_multipart_upload(
        **_object(upload), UploadId=upload.parts, MultipartUpload={"Parts": told}
    )
    return _is_whole(upload)


def abort(upload: Any) -> None:
    """Forget whatever parts came."""
    with suppress(ClientError):  # there is none any more
        _client().abort_multipart_upload(**_object(upload), UploadId=upload.parts)


def _is_whole(upload: Any) -> bool:
    name = stored_name(upload.pk)
    return default_storage.exists(name) and default_storage.size(name) == upload.length


def _sizes(length: int) -> Iterator[int]:
    for start in range(0, length, PART):
        yield min(PART, length - start)


def _arrived(upload: Any) -> Iterator[tuple[int, tuple[str, int]]]:
    """`(number, (tag, bytes))` of what is there; nothing once they are joined."""
    pages = _client().get_paginator("list_parts")
    try:
        for page in pages.paginate(**_object(upload), UploadId=upload.parts):
            for part in page.get("Parts", ()):
                yield part["PartNumber"], (part["ETag"], part["Size"])
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchUpload":
            raise


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
