"""Files are answered whole, by range, or by somebody else; never outside the storage."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.http import Http404, StreamingHttpResponse
from django.test import RequestFactory

from accounts import media

CONTENT = bytes(range(200))


@pytest.fixture
def name():
    stored = default_storage.save("tests/part.mp4", ContentFile(CONTENT))
    yield stored
    default_storage.delete(stored)


def serve(name: str, *, public: bool = True, method: str = "get", **headers: str):
    request = getattr(RequestFactory(headers=headers), method)("/media/x")
    return media.serve(request, name, public=public)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_file_with_its_type_and_length(name):
    response = serve(name)

    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == "200"
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("wanted", "expected", "content_range"),
    [
        ("bytes=0-1", CONTENT[:2], "bytes 0-1/200"),
        ("bytes=190-", CONTENT[190:], "bytes 190-199/200"),
        ("bytes=-5", CONTENT[-5:], "bytes 195-199/200"),
        ("bytes=150-9999", CONTENT[150:], "bytes 150-199/200"),
        ("bytes=-9999", CONTENT, "bytes 0-199/200"),
    ],
)
def test_range_answers_exactly_what_was_asked(name, wanted, expected, content_range):
    response = serve(name, Range=wanted)

    assert (response.status_code, body(response)) == (206, expected)
    assert response["Content-Range"] == content_range
    assert response["Content-Length"] == str(len(expected))


@pytest.mark.parametrize(
    "wanted", ["bytes=200-", "bytes=9-3", "bytes=-", "bytes=x-y", "bytes=-0", "bytes=²-"]
)
def test_bad_range_is_416_with_the_size(name, wanted):
    response = serve(name, Range=wanted)

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */200")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2"])
def test_ranges_we_do_not_speak_get_the_whole(name, wanted):
    assert body(serve(name, Range=wanted)) == CONTENT


def test_range_of_another_version_gets_the_whole(name):
    assert serve(name, Range="bytes=0-1", If_Range='"other"').status_code == 200
    etag = serve(name)["ETag"]
    assert serve(name, Range="bytes=0-1", If_Range=etag).status_code == 206


def test_known_etag_is_not_sent_again(name):
    etag = serve(name)["ETag"]

    assert serve(name, If_None_Match=etag).status_code == 304


def test_head_tells_the_length_and_sends_nothing(name):
    response = serve(name, method="head", Range="bytes=0-49")

    assert (response.status_code, response["Content-Length"], response.content) == (206, "50", b"")


def test_only_public_files_are_kept_by_others(name):
    assert serve(name)["Cache-Control"] == "public, max-age=31536000, s-maxage=60, immutable"
    assert serve(name, public=False)["Cache-Control"] == "private, no-cache"


def test_unknown_kind_is_a_download():
    stored = default_storage.save("tests/page.html", ContentFile(b"<script>"))

    response = serve(stored)

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"


@pytest.mark.parametrize("missing", ["tests/none.mp4", "../settings.py", "tests", "/etc/passwd"])
def test_missing_or_outside_is_404(missing):
    with pytest.raises(Http404):
        serve(missing)


def test_front_server_gets_the_path(name, settings):
    settings.ACCEL_REDIRECT_PREFIX = "/internal/"

    response = serve(name)

    assert response["X-Accel-Redirect"] == f"/internal/{name}"
    assert (response.content, response["Content-Type"]) == (b"", "video/mp4")


def test_object_store_gets_a_redirect_that_nobody_keeps(monkeypatch):
    class Elsewhere(Storage):
        def url(self, name):
            return f"https://store.example/{name}?signature=1"

    monkeypatch.setattr(media, "default_storage", Elsewhere())

    response = serve("videos/1.mp4")

    assert (response.status_code, response["Location"]) == (
        302,
        "https://store.example/videos/1.mp4?signature=1",
    )
    assert response["Cache-Control"] == "private, no-store"


def test_file_is_closed_when_the_reader_leaves(name):
    part = media._Slice(Path(default_storage.path(name)), 0, 9)

    StreamingHttpResponse(part).close()

    assert part.file.closed
