"""The copy of all one's data (R46): asked for, made in sittings, fetched for a day."""

import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts import actions
from accounts.models import Export, User
from accounts.rights import exporting
from tests.rules import rule

State = Export.State


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORT_FOLDER = tmp_path / "exports"


def made(person: User) -> Export:
    """A copy of this person's data, through all its sittings."""
    export = actions.ask_for_export(person)
    for _sitting in range(50):
        exporting.make(export.pk)
        export.refresh_from_db()
        if not export.is_open:
            break
    return export


def opened(export: Export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(default_storage.open(export.file).read()))


def rows(copy: zipfile.ZipFile, path: str) -> list[dict]:
    return json.loads(copy.read(f"{path}.json"))


@rule("R46", "job")
def test_copy_holds_the_account_as_json_and_as_pages(ana, ben):
    ana.avatar = default_storage.save("avatars/ana.webp", ContentFile(b"picture"))
    ana.save()

    copy = opened(made(ana))

    assert copy.testzip() is None
    (profile,) = rows(copy, "account/profile")
    assert (profile["username"], profile["email"]) == ("ana", "ana@example.com")
    assert copy.read(profile["avatar"]) == b"picture"
    assert [row["username"] for row in rows(copy, "account/following")] == ["ben"]
    assert "@ana" in copy.read("index.html").decode()
    assert "account/following.html" in copy.read("index.html").decode()
    assert "ben" in copy.read("account/following.html").decode()
    schema = json.loads(copy.read("schema.json"))
    assert schema["account/following.json"]["rows"] == 1
    assert set(schema["account/following.json"]["fields"]) == {
        "username",
        "name",
        "since",
        "accepted_at",
    }
    assert "schema.json" in copy.read("README.txt").decode()
