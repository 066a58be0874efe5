"""Answer one stored file: by Range from the disk, or by the front server or the object store."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

CHUNK = 64 * 2**10
YEAR = 365 * 24 * 60 * 60
# A cache that many share asks again so soon whether a file is still for everybody.
SHARED = 60  # seconds

# Only what Medley itself writes; a browser never guesses (nosniff), and the rest is a download.
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4s": "video/mp4",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
}

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


def serve(
    request: HttpRequest, storage_name: str, *, public: bool, download_as: str = ""
) -> HttpResponseBase:
    """The file `storage_name` of the default storage; `Http404` where it is missing.

    With `download_as` a browser keeps it under that name and never shows it.

    The caller has checked that the person may see it. `public` files never change under their name:
    whoever saw one may keep it for a year, shared caches for a minute, as their audience may become
    a narrower one; others are asked for again each time. From a local
    storage: 200, 206 for one byte range, 304 by ETag, 416 for a range malformed or beyond the end.
    """
    path = _local_path(storage_name)
    if path is None:
        response: HttpResponseBase = HttpResponseRedirect(_address(storage_name, download_as))
        response["Cache-Control"] = "private, no-store"
        return response
    if settings.ACCEL_REDIRECT_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.ACCEL_REDIRECT_PREFIX}{quote(storage_name)}"
    else:
        response = _from_disk(request, path)
    _label(response, storage_name, public=public)
    if download_as:
        response["Content-Type"] = "application/octet-stream"
        response["Content-Disposition"] = _attachment(download_as)
    return response


def _address(storage_name: str, download_as: str) -> str:
    """A signed link into a storage elsewhere."""
    if not download_as:
        return default_storage.url(storage_name)
    wanted = {
        "ResponseContentDisposition": _attachment(download_as),
        "ResponseContentType": "application/octet-stream",
    }
    return default_storage.url(storage_name, parameters=wanted)  # type: ignore[call-arg]


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def _local_path(storage_name: str) -> Path | None:
    """Where the file lies on this machine; None for a storage elsewhere."""
    try:
        return Path(default_storage.path(storage_name))
    except NotImplementedError:
        return None
    except SuspiciousOperation:
        raise Http404


def _label(response: HttpResponseBase, storage_name: str, *, public: bool) -> None:
    content_type = CONTENT_TYPES.get(PurePosixPath(storage_name).suffix.lower())
    if content_type is None:
        response["Content-Disposition"] = "attachment"
    response["Content-Type"] = content_type or "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, s-maxage={SHARED}, immutable" if public else "private, no-cache"
    )


def _from_disk(request: HttpRequest, path: Path) -> HttpResponseBase:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Http404
    if not path.is_file():
        raise Http404
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _body(request, path, status.st_size, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response


def _body(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    wanted = request.headers.get("Range", "")
    if not wanted.startswith("bytes=") or "," in wanted or _stale(request, etag):
        # No range, several, or one of another version of the file: RFC 9110 allows the whole.
        return _stream(request, path, 0, size - 1, status=200)
    span = _span(wanted, size)
    if span is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    first, last = span
    partial = _stream(request, path, first, last, status=206)
    partial["Content-Range"] = f"bytes {first}-{last}/{size}"
    return partial


def _stale(request: HttpRequest, etag: str) -> bool:
    return request.headers.get("If-Range", etag) != etag


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """First and last byte of `bytes=a-b`, `bytes=a-` or `bytes=-n`; None for no such part."""
    found = _RANGE.match(wanted)
    if found is None or found.groups() == ("", ""):
        return None
    start, end = found.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else None


class _Slice:
    """The bytes from `first` to `last` in chunks; the file is closed however the answer ends."""

    def __init__(self, path: Path, first: int, last: int) -> None:
        self.file = path.open("rb")
        self.file.seek(first)
        self.left = last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.file.close()


def _stream(
    request: HttpRequest, path: Path, first: int, last: int, *, status: int
) -> HttpResponseBase:
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(status=status)
    else:
        response = StreamingHttpResponse(_Slice(path, first, last), status=status)
    response["Content-Length"] = str(last - first + 1)
    return response
