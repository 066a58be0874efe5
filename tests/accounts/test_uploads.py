"""The tus 1.0.0 door: what it promises, what it refuses, what survives."""

import base64
import errno
import hashlib
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts import actions, ports
from accounts.models import Upload
from accounts.uploads import spool
from accounts.uploads.metadata import read_metadata
from accounts.uploads.refusals import SENTENCES, UploadRefused

URL = "/api/v1/uploads/"
PIECE = "application/offset+octet-stream"
FILM = bytes(range(256)) * 40
LENGTH = len(FILM)


class Receiver:
    """What becomes of uploads here: they are noted."""

    largest = 20_000

    def __init__(self):
        self.begun, self.received, self.forgotten = [], [], []
        self.refuses = None

    def begin(self, upload):
        if self.refuses == "begin":
            raise ValidationError("No.", code="test.no")
        self.begun.append(upload.pk)

    def receive(self, upload):
        if self.refuses == "receive":
            raise ValidationError("No.", code="test.no")
        self.received.append((upload.pk, default_storage.open(upload.file).read()))

    def forget(self, upload):
        self.forgotten.append(upload.pk)


@pytest.fixture(autouse=True)
def receiver(monkeypatch) -> Receiver:
    receiver = Receiver()
    monkeypatch.setattr(ports, "upload_receivers", lambda: {"test": receiver})
    return receiver


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.UPLOAD_FOLDER = tmp_path / "media", tmp_path / "uploads"


def words(**pairs: str) -> str:
    """The header Upload-Metadata."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items()
    )


class Tus:
    """A client that speaks just enough."""

    def __init__(self, client):
        self.client = client

    def _send(self, method, url, body=b"", content_type=PIECE, **headers):
        headers = {"Tus-Resumable": "1.0.0", **headers}
        return self.client.generic(method, url, body, content_type, headers=headers)

    def create(self, length=LENGTH, body=None, **headers):
        headers = {
            "Upload-Length": str(length),
            "Upload-Metadata": words(purpose="test"),
            **headers,
        }
        kind = PIECE if body else "application/octet-stream"
        return self._send("POST", URL, body or b"", kind, **headers)

    def begin(self, length=LENGTH):
        return self.create(length)["Location"]

    def patch(self, url, body, offset, **headers):
        return self._send("PATCH", url, body, **{"Upload-Offset": str(offset), **headers})

    def head(self, url, **headers):
        return self._send("HEAD", url, **headers)

    def delete(self, url):
        return self._send("DELETE", url)


@pytest.fixture
def tus(api, ana) -> Tus:
    return Tus(api(ana))


# --- The way it goes ------------------------------------------------------------------------------


def test_a_file_comes_in_pieces(tus, receiver):
    created = tus.create(
        **{"Upload-Metadata": words(purpose="test", filename="Me \u202eat home.mov")}
    )
    url = created["Location"]

    first = tus.patch(url, FILM[:4000], 0)
    again = tus.head(url)
    last = tus.patch(url, FILM[4000:], 4000)

    assert (created.status_code, created["Upload-Offset"]) == (201, "0")
    assert (first.status_code, first["Upload-Offset"]) == (204, "4000")
    assert (again.status_code, again["Upload-Offset"], again["Upload-Length"]) == (
        200,
        "4000",
        "10240",
    )
    assert (again["Cache-Control"], again["Upload-Metadata"]) == (
        "no-store",
        words(purpose="test", filename="Me \u202eat home.mov"),
    )
    assert (last.status_code, last["Upload-Offset"]) == (204, "10240")
    upload = Upload.objects.get()
    assert receiver.received == [(upload.pk, FILM)]
    assert (upload.name, upload.is_complete) == ("Me at home.mov", True)
    assert spool.size_of(upload.pk) == 0


def test_every_answer_names_the_version(tus):
    url = tus.begin()

    answers = [
        tus.create(),
        tus.head(url),
        tus.patch(url, b"x", 0),
        tus.patch(url, b"x", 9),
        tus.delete(url),
    ]

    assert {answer["Tus-Resumable"] for answer in answers} == {"1.0.0"}


def test_the_first_piece_may_come_with_the_announcement(tus, receiver):
    created = tus.create(body=FILM[:100])
    whole = tus.create(body=FILM)

    assert (created.status_code, created["Upload-Offset"]) == (201, "100")
    assert (whole.status_code, whole["Upload-Offset"]) == (201, "10240")
    assert [content for _key, content in receiver.received] == [FILM]


def test_anybody_may_ask_what_the_server_can_do(api, receiver):
    answer = api().options(URL)

    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert (
        answer["Tus-Extension"] == "creation,creation-with-upload,termination,expiration,checksum"
    )
    assert answer["Tus-Max-Size"] == "20000"
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_client_behind_a_proxy_may_name_its_method_in_a_header(tus):
    url = tus.begin()

    answer = tus._send(
        "POST", url, FILM[:10], **{"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "10")


def test_how_it_stands_can_be_read_as_json(tus, api, ana):
    url = tus.begin()
    tus.patch(url, FILM[:10], 0)

    told = api(ana).get(url).json()

    assert (told["purpose"], told["length"], told["offset"], told["is_complete"]) == (
        "test",
        10240,
        10,
        False,
    )


def test_ones_own_unfinished_ones_are_listed(tus, api, ana, ben, django_assert_num_queries):
    first, second = tus.begin(), tus.begin()
    tus.patch(tus.begin(), FILM, 0)
    tus.patch(first, FILM[:10], 0)

    with django_assert_num_queries(1):
        listed = api(ana).get(URL).json()

    assert [f"{URL}{each['id']}/" for each in listed] == [second, first]
    assert listed[1]["offset"] == 10
    assert api(ben).get(URL).json() == []
    assert api().get(URL).status_code == 401


def test_it_takes_few_queries(tus, django_assert_max_num_queries):
    url = tus.begin()

    with django_assert_max_num_queries(4):
        tus.patch(url, FILM[:10], 0)
    with django_assert_max_num_queries(3):
        tus.head(url)


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "headers", "status", "code"),
    [
        ("ten", {}, 400, "upload.unsaid_length"),
        (0, {}, 400, "upload.empty"),
        (20_001, {}, 413, "upload.too_large"),
        (10, {"Upload-Metadata": ""}, 400, "upload.purpose"),
        (10, {"Upload-Metadata": words(purpose="avatar")}, 400, "upload.purpose"),
        (10, {"Upload-Metadata": "purpose not-base64!"}, 400, "upload.metadata"),
        (
            10,
            {"Upload-Metadata": words(purpose="test", filename="x" * 3000)},
            400,
            "upload.metadata",
        ),
        (10, {"Tus-Resumable": "0.2.2"}, 412, "upload.version"),
    ],
)
def test_what_cannot_begin(tus, length, headers, status, code):
    answer = tus.create(length, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert not Upload.objects.exists()


def test_another_version_is_told_ours(tus):
    assert tus.create(**{"Tus-Resumable": "0.2.2"})["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("offset", "body", "headers", "status", "code"),
    [
        (5, b"x", {}, 409, "upload.offset"),
        ("", b"x", {}, 400, "upload.offset"),
        (0, FILM + b"x", {}, 413, "upload.too_large"),
        (0, b"x", {"Upload-Checksum": "crc32 AAAA"}, 400, "upload.algorithm"),
        (0, b"x", {"Upload-Checksum": "sha1 AAAA"}, 400, "upload.algorithm"),
    ],
)
def test_a_piece_that_does_not_fit(tus, offset, body, headers, status, code):
    url = tus.begin()

    answer = tus.patch(url, body, offset, **headers)

    expected = 409 if offset == "" else status
    assert (answer.status_code, answer.json()["code"]) == (expected, code)
    assert tus.head(url)["Upload-Offset"] == "0"


def test_a_piece_needs_its_content_type(tus):
    answer = tus._send("PATCH", tus.begin(), b"x", "application/json", **{"Upload-Offset": "0"})

    assert (answer.status_code, answer.json()["code"]) == (415, "upload.piece")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_piece_is_not_kept(tus, algorithm):
    url = tus.begin()
    good = base64.b64encode(hashlib.new(algorithm, FILM[:50]).digest()).decode()

    damaged = tus.patch(url, FILM[1:51], 0, **{"Upload-Checksum": f"{algorithm} {good}"})
    before = tus.head(url)["Upload-Offset"]
    right = tus.patch(url, FILM[:50], 0, **{"Upload-Checksum": f"{algorithm} {good}"})

    assert (damaged.status_code, damaged.json()["code"], before) == (460, "upload.checksum", "0")
    assert (right.status_code, right["Upload-Offset"]) == (204, "50")


def test_two_at_once_do_not_mix(tus):
    url = tus.begin()

    with spool.held(Upload.objects.get().pk):
        answer = tus.patch(url, b"x", 0)

    assert (answer.status_code, answer.json()["code"]) == (423, "upload.busy")


def test_nobody_else_has_part_in_it(tus, api, ben, kid):
    url = tus.begin()

    for stranger in (ben, kid):
        other = Tus(api(stranger))
        answers = [
            other.head(url),
            other.patch(url, b"x", 0),
            other.delete(url),
            api(stranger).get(url),
        ]
        assert {answer.status_code for answer in answers} == {404}
    nobody = Tus(api())
    answers = [nobody.create(), nobody.head(url), nobody.patch(url, b"x", 0), nobody.delete(url)]
    assert {answer.status_code for answer in answers} == {401}
    assert Upload.objects.get().offset == 0


def test_a_browser_needs_its_csrf_token(client, ana):
    client.handler.enforce_csrf_checks = True
    client.force_login(ana)

    answer = client.post(URL, headers={"Tus-Resumable": "1.0.0", "Upload-Length": "10"})

    assert answer.status_code == 403


def test_what_the_receiver_refuses_is_gone(tus, receiver):
    receiver.refuses = "begin"
    refused = tus.create()
    receiver.refuses = "receive"
    url = tus.begin()
    late = tus.patch(url, FILM, 0)

    assert (refused.status_code, refused.json()["code"]) == (400, "test.no")
    assert (late.status_code, late.json()["code"]) == (400, "test.no")
    assert not Upload.objects.exists()
    assert receiver.forgotten == receiver.begun
    assert not default_storage.exists(spool.stored_name(receiver.begun[0]))


# --- How much one person may have -----------------------------------------------------------------


def test_so_many_at_once(tus, settings):
    settings.UPLOADS_AT_ONCE = 2
    tus.begin()
    tus.patch(tus.begin(), FILM, 0)  # complete: it does not count
    tus.begin()

    answer = tus.create()

    assert (answer.status_code, answer.json()["code"]) == (429, "upload.too_many")
    assert answer["Retry-After"] == "60"


def test_so_many_unfinished_bytes(tus, settings):
    settings.UPLOAD_UNFINISHED_BYTES = 25_000
    tus.begin()
    tus.begin()

    assert tus.create().json()["code"] == "upload.too_many"


def test_so_many_bytes_in_all(tus, settings):
    settings.UPLOAD_STORED_BYTES = 25_000
    for _each in range(2):
        tus.patch(tus.begin(), FILM, 0)
    full = tus.create()

    actions.release_uploads(list(Upload.objects.values_list("pk", flat=True)[:1]))

    assert (full.status_code, full.json()["code"]) == (403, "upload.quota")
    assert tus.create().status_code == 201


# --- What survives --------------------------------------------------------------------------------


class Broken(io.BytesIO):
    """A body whose line breaks behind its bytes."""

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        if not chunk:
            raise OSError("the line broke")
        return chunk


@pytest.fixture
def upload(ana) -> Upload:
    return actions.begin_upload(ana, length=LENGTH, metadata=words(purpose="test"))


def test_what_came_before_the_line_broke_stays(upload):
    actions.append_to_upload(upload, Broken(FILM[:700]), offset=0, promised=len(FILM))

    upload.refresh_from_db()
    assert upload.offset == 700


def test_a_broken_piece_with_a_checksum_counts_for_nothing(upload):
    from accounts.uploads.checksum import Checksum

    digest = base64.b64encode(hashlib.sha1(FILM[:700], usedforsecurity=False).digest()).decode()
    with pytest.raises(UploadRefused):
        actions.append_to_upload(
            upload,
            Broken(FILM[:700]),
            offset=0,
            promised=900,
            checksum=Checksum.read(f"sha1 {digest}"),
        )

    upload.refresh_from_db()
    assert (upload.offset, spool.size_of(upload.pk)) == (0, 0)


def test_bytes_that_were_not_made_safe_are_sent_again(upload, receiver):
    """A worker died after writing and before it counted."""
    actions.append_to_upload(upload, io.BytesIO(FILM[:700]), offset=0)
    with spool.held(upload.pk) as file:
        file.cut(700)
        file.file.write(b"zeros, after a power cut")

    actions.append_to_upload(upload, io.BytesIO(FILM[700:]), offset=700)

    assert receiver.received == [(upload.pk, FILM)]


class SmallDisk(io.FileIO):
    """A file on a disk that has room for 700 bytes of it."""

    ROOM = 700

    def write(self, chunk) -> int:
        if self.tell() + len(chunk) > self.ROOM:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(chunk)


def test_a_full_disk_is_said_and_the_upload_goes_on_once_there_is_room(tus, receiver, monkeypatch):
    tus.client.raise_request_exception = False
    url = tus.begin()
    tus.patch(url, FILM[:700], 0)

    with monkeypatch.context() as full:
        full.setattr(spool.os, "fdopen", lambda fd, mode: io.BufferedRandom(SmallDisk(fd, "r+")))
        answer = tus.patch(url, FILM[700:], 700)
    assert (answer.status_code, answer.json()["code"]) == (507, "upload.no_room")
    assert answer["Retry-After"] == "60"

    assert tus.head(url)["Upload-Offset"] == "700"
    assert tus.patch(url, FILM[700:], 700).status_code == 204
    assert [film for _pk, film in receiver.received] == [FILM]


def test_a_full_storage_is_said_and_the_upload_stored_once_there_is_room(
    tus, receiver, monkeypatch
):
    tus.client.raise_request_exception = False
    url = tus.begin()

    def is_full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(spool.default_storage, "save", is_full)
        answer = tus.patch(url, FILM, 0)
    assert (answer.status_code, answer.json()["code"]) == (507, "upload.no_room")
    assert receiver.received == []

    assert tus.head(url)["Upload-Offset"] == str(LENGTH)
    assert [film for _pk, film in receiver.received] == [FILM]


def test_a_lost_disk_is_noticed(upload, receiver):
    actions.append_to_upload(upload, io.BytesIO(FILM[:700]), offset=0)
    spool.remove(upload.pk)

    assert actions.resume_upload(upload).offset == 0
    actions.append_to_upload(upload, io.BytesIO(FILM), offset=0)
    assert receiver.received == [(upload.pk, FILM)]


@pytest.mark.parametrize("stage", ["before the storage", "after the storage"])
def test_who_dies_over_the_last_byte_is_stood_in_for(upload, receiver, stage, monkeypatch):
    with spool.held(upload.pk) as file:
        file.take(io.BytesIO(FILM), len(FILM), counted=lambda size: None)
    Upload.objects.update(offset=len(FILM))
    if stage == "after the storage":
        spool.store(upload.pk, len(FILM))

    actions.resume_upload(upload)
    actions.resume_upload(upload)

    assert receiver.received == [(upload.pk, FILM)]


def test_the_sweeper_stands_in_too(upload, receiver):
    with spool.held(upload.pk) as file:
        file.take(io.BytesIO(FILM), len(FILM), counted=lambda size: None)
    Upload.objects.update(offset=len(FILM))

    actions.sweep_uploads()
    actions.sweep_uploads()

    assert receiver.received == [(upload.pk, FILM)]


def test_half_a_copy_in_the_storage_is_made_anew(upload, receiver):
    with spool.held(upload.pk) as file:
        file.take(io.BytesIO(FILM), len(FILM), counted=lambda size: None)
    Upload.objects.update(offset=len(FILM))
    default_storage.save(spool.stored_name(upload.pk), io.BytesIO(FILM[:99]))

    actions.resume_upload(upload)

    assert receiver.received == [(upload.pk, FILM)]


def test_a_large_piece_is_counted_on_its_way(upload, monkeypatch):
    monkeypatch.setattr(spool, "CHECKPOINT", 1000)
    monkeypatch.setattr(spool, "CHUNK", 500)
    counted: list[int] = []

    with spool.held(upload.pk) as file:
        file.take(io.BytesIO(FILM[:2600]), len(FILM), counted=counted.append)

    assert counted == [1000, 2000, 2600]


# --- Its end --------------------------------------------------------------------------------------


def test_it_can_be_taken_back(tus, receiver):
    url = tus.begin()
    tus.patch(url, FILM[:10], 0)
    key = Upload.objects.get().pk

    answer = tus.delete(url)

    assert (answer.status_code, tus.head(url).status_code) == (204, 404)
    assert (receiver.forgotten, spool.size_of(key)) == ([key], 0)


def test_not_once_it_is_complete(tus, receiver):
    url = tus.begin()
    tus.patch(url, FILM, 0)

    answer = tus.delete(url)

    assert (answer.status_code, answer.json()["code"]) == (409, "upload.complete")
    assert (tus.head(url)["Upload-Offset"], receiver.forgotten) == ("10240", [])


def test_it_expires(tus, receiver):
    url = tus.begin()
    expires = tus.head(url)["Upload-Expires"]
    Upload.objects.update(expires_at=timezone.now())

    gone = tus.patch(url, FILM, 0)
    actions.sweep_uploads()

    assert expires.endswith("GMT")
    assert (gone.status_code, gone.json()["code"]) == (410, "upload.gone")
    assert tus.head(url).status_code == 404
    assert receiver.forgotten == receiver.begun


def test_each_piece_gives_it_time(upload):
    Upload.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    upload.refresh_from_db()

    actions.append_to_upload(upload, io.BytesIO(b"x"), offset=0)

    assert Upload.objects.get().expires_at > timezone.now() + timedelta(hours=23)


def test_bytes_without_an_upload_are_swept(settings, db):
    import os

    lost, young = uuid4(), uuid4()
    for key in (lost, young):
        with spool.held(key):
            pass
    os.utime(settings.UPLOAD_FOLDER / str(lost), (1, 1))

    actions.sweep_uploads()

    assert [path.name for path in settings.UPLOAD_FOLDER.iterdir()] == [str(young)]


# --- Words ----------------------------------------------------------------------------------------


def test_metadata_is_read_as_tus_writes_it():
    header = "filename bcO2Lm1vdg==,is_confidential , purpose Y2xpcA=="

    assert read_metadata(header) == {"filename": "mö.mov", "is_confidential": "", "purpose": "clip"}


@pytest.mark.parametrize("header", ["a YQ==,a YQ==", "a ====", "a gA=="])
def test_other_metadata_is_none(header):
    with pytest.raises(ValueError, match=r"\w"):
        read_metadata(header)


def test_every_refusal_has_its_sentence():
    assert list(SENTENCES) == sorted(SENTENCES)
