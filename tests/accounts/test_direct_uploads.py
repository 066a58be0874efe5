"""Uploads that go straight to object storage, an S3 of the test's own, part by part."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from accounts import actions, ports
from accounts.models import Upload
from accounts.uploads import parts
from tests.accounts.test_uploads import Receiver

URL = "/api/v1/uploads/"
FILM = b"ftyp" * (3 * 2**20)  # 12 MiB: a whole part and a half


@pytest.fixture(scope="module")
def s3():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(s3, settings, tmp_path):
    """An empty bucket, and settings as S3_BUCKET makes them."""
    settings.S3_BUCKET, settings.UPLOAD_FOLDER = "films", tmp_path
    options = {
        "bucket_name": "films",
        "endpoint_url": s3,
        "region_name": "eu-central-1",
        "access_key": "key",
        "secret_key": "secret",
        "signature_version": "s3v4",
    }
    storage = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    httpx.post(f"{s3}/moto-api/reset")
    place = {"LocationConstraint": "eu-central-1"}
    client().create_bucket(Bucket="films", CreateBucketConfiguration=place)


@pytest.fixture(autouse=True)
def receiver(monkeypatch) -> Receiver:
    receiver = Receiver()
    receiver.largest = len(FILM)
    monkeypatch.setattr(ports, "upload_receivers", lambda: {"test": receiver})
    return receiver


@pytest.fixture
def upload(ana) -> Upload:
    return actions.begin_upload(ana, length=len(FILM), metadata="purpose dGVzdA==")


def client() -> Any:
    storage: Any = default_storage
    return storage.connection.meta.client


def unjoined() -> list[str]:
    return [
        each["Key"] for each in client().list_multipart_uploads(Bucket="films").get("Uploads", [])
    ]


def put(part, body: bytes) -> int:
    return httpx.put(part["url"], content=body).status_code


def pieces() -> list[bytes]:
    return [FILM[: parts.PART], FILM[parts.PART :]]


def test_parts_go_to_the_store_in_any_order_and_the_receiver_hears_of_the_whole(
    api, ana, upload, receiver
):
    told = api(ana).post(f"{URL}{upload.pk}/parts/").json()
    assert [(part["number"], part["size"]) for part in told] == [(1, 8 * 2**20), (2, 4 * 2**20)]

    second, first = pieces()[::-1]
    assert put(told[1], second) == 200
    again = api(ana).post(f"{URL}{upload.pk}/parts/").json()
    early = api(ana).post(f"{URL}{upload.pk}/joined/")
    assert [part["arrived"] for part in again] == [False, True]
    assert (early.status_code, early.json()["code"]) == (409, "upload.parts_missing")
    assert put(again[0], first) == 200

    whole = api(ana).post(f"{URL}{upload.pk}/joined/")
    assert (whole.status_code, whole.json()["is_complete"]) == (200, True)
    assert receiver.received == [(upload.pk, FILM)]
    assert api(ana).post(f"{URL}{upload.pk}/joined/").status_code == 200  # the answer was lost
    assert receiver.received == [(upload.pk, FILM)]
    late = api(ana).post(f"{URL}{upload.pk}/parts/")
    assert (late.status_code, late.json()["code"]) == (409, "upload.complete")


def test_an_address_is_signed_for_a_part_of_that_size_and_only_the_owner_gets_one(
    api, ana, ben, upload
):
    first, _second = api(ana).post(f"{URL}{upload.pk}/parts/").json()
    signed = parse_qs(urlsplit(first["url"]).query)

    assert (signed["partNumber"], signed["X-Amz-Expires"]) == (["1"], ["3600"])
    assert signed["X-Amz-SignedHeaders"] == ["content-length;host"]  # another length does not fit
    assert api(ben).post(f"{URL}{upload.pk}/parts/").status_code == 404
    assert api(ben).post(f"{URL}{upload.pk}/joined/").status_code == 404


def test_parts_that_are_too_short_are_no_file(api, ana, upload):
    told = api(ana).post(f"{URL}{upload.pk}/parts/").json()
    for part in told:
        where = {"Bucket": "films", "Key": f"uploads/{upload.pk}", "PartNumber": part["number"]}
        client().upload_part(**where, UploadId=Upload.objects.get().parts, Body=b"short")

    assert api(ana).post(f"{URL}{upload.pk}/joined/").json()["code"] == "upload.parts_missing"


def test_what_is_taken_back_or_left_alone_leaves_no_parts(api, ana, upload):
    api(ana).post(f"{URL}{upload.pk}/parts/")
    assert unjoined() == [f"uploads/{upload.pk}"]

    api(ana).delete(f"{URL}{upload.pk}/", headers={"Tus-Resumable": "1.0.0"})

    assert (unjoined(), Upload.objects.count()) == ([], 0)


def test_without_an_object_store_tus_it_is(api, ana, upload, settings):
    settings.S3_BUCKET = ""

    for door in ("parts", "joined"):
        answer = api(ana).post(f"{URL}{upload.pk}/{door}/")
        assert (answer.status_code, answer.json()["code"]) == (409, "upload.not_direct")


def test_what_began_by_tus_goes_on_by_tus(api, ana, upload):
    Upload.objects.update(offset=5)

    answer = api(ana).post(f"{URL}{upload.pk}/parts/")

    assert (answer.status_code, answer.json()["code"]) == (409, "upload.offset")


def test_a_file_that_came_by_tus_goes_into_the_store(api, ana, receiver):
    tus = {"Tus-Resumable": "1.0.0"}
    begun = api(ana).post(
        URL, headers={**tus, "Upload-Length": "4", "Upload-Metadata": "purpose dGVzdA=="}
    )
    where = begun.headers["Location"]
    api(ana).patch(
        where,
        data=b"film",
        content_type="application/offset+octet-stream",
        headers={**tus, "Upload-Offset": "0"},
    )

    assert [body for _key, body in receiver.received] == [b"film"]
    assert httpx.get(default_storage.url(f"uploads/{Upload.objects.get().pk}")).content == b"film"
