"""The copy of all one's data (R46): asked for, made in sittings, fetched for a day."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions, ports
from accounts.errors import Conflict, Refused
from accounts.models import Export, OutboxJob, User
from accounts.rights import archive, erasing, exporting
from tests.accounts import told
from tests.factories import PASSWORD, block, follow, make_user
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


def test_copy_is_made_in_sittings_and_what_is_there_is_not_made_again(ana, monkeypatch):
    monkeypatch.setattr(exporting, "SITTING", 0.0)
    parts = len(exporting.parts_of(ana))
    export = actions.ask_for_export(ana)
    exporting.make(export.pk)
    assert OutboxJob.objects.filter(task="accounts.make_export").count() == 2
    assert not export.file

    monkeypatch.setattr(exporting, "SITTING", 60.0)
    exporting.make(export.pk)

    export.refresh_from_db()
    assert (export.state, export.done, export.total) == (State.READY, parts, parts)
    names = opened(export).namelist()
    assert len(names) == len(set(names))


@rule("R46", "job")
def test_a_sitting_that_is_killed_never_was(ana, monkeypatch):
    export = actions.ask_for_export(ana)
    place = exporting.place_of(export.pk)
    with archive.sitting(place) as zipped:
        archive.add_words(zipped, "first.txt", "first")

    with pytest.raises(RuntimeError), archive.sitting(place) as zipped:
        archive.add_words(zipped, "second.txt", "second")
        raise RuntimeError("killed")
    place.write_bytes(place.read_bytes()[:-20])  # nor was its directory written

    exporting.make(export.pk)
    export.refresh_from_db()
    copy = opened(export)
    assert copy.testzip() is None
    assert copy.read("first.txt") == b"first"
    assert "second.txt" not in copy.namelist()


def test_pages_are_escaped_and_name_nothing_outside(ana):
    ana.bio = "<script>alert(1)</script> & more"
    ana.save()

    copy = opened(made(ana))

    pages = [name for name in copy.namelist() if name.endswith((".html", ".css"))]
    assert len(pages) > 20
    for name in pages:
        page = copy.read(name).decode()
        assert "<script" not in page
        assert "://" not in page
    assert "&lt;script&gt;" in copy.read("account/profile.html").decode()


def test_others_secrets_are_not_in_it(ana):
    other = make_user("otto", age=47, bio="nobody else's business")
    follow(other, ana)
    block(make_user("lena"), ana)

    copy = opened(made(ana))

    everything = b"".join(copy.read(name) for name in copy.namelist()).decode()
    assert "otto" in everything
    assert "lena" not in everything
    assert "otto@example.com" not in everything
    assert str(other.birth_date) not in everything
    assert ana.password not in everything


def test_one_at_a_time_and_one_a_day(ana):
    actions.ask_for_export(ana)
    with pytest.raises(Conflict) as refusal:
        actions.ask_for_export(ana)
    assert refusal.value.code == "export.under_way"

    Export.objects.update(state=State.OVER)
    with pytest.raises(Refused) as refused:
        actions.ask_for_export(ana)
    assert refused.value.code == "export.too_soon"

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert actions.ask_for_export(ana).is_open


def test_one_that_failed_may_be_asked_for_again(ana):
    exporting.give_up(actions.ask_for_export(ana).pk)

    assert actions.ask_for_export(ana).is_open


def test_file_is_deleted_after_its_day(ana):
    export = made(ana)
    assert default_storage.exists(export.file)

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        exporting.sweep()

    name, after = export.file, Export.objects.get()
    assert not default_storage.exists(name)
    assert (after.state, after.file, after.is_fetchable) == (State.OVER, "", False)


def test_what_nobody_goes_on_with_is_swept(ana):
    export = actions.ask_for_export(ana)
    with archive.sitting(exporting.place_of(export.pk)) as zipped:
        archive.add_words(zipped, "first.txt", "first")
    Export.objects.all().delete()

    exporting.sweep()

    assert not exporting.place_of(export.pk).exists()


def test_the_person_hears_that_it_is_ready(ana):
    made(ana)
    told.run_jobs()

    (line,) = told.lines_of(ana)
    assert line.kind == "accounts.export_ready"


# --- Nothing is forgotten -------------------------------------------------------------------------


@rule("R46", "job")
def test_every_model_that_points_at_a_person_is_exported_or_said_why_not():
    known: set[str] = set()
    for exporter in ports.exporters():
        known |= exporter.covers | exporter.leaves_out.keys()
    pointing = {relation.model._meta.label for relation in erasing.relations()}

    assert pointing - known == set(), "name them in an EXPORTER: as a table, or with the reason"


def test_only_models_that_there_are_are_named():
    named = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    for exporter in ports.exporters():
        assert exporter.covers | exporter.leaves_out.keys() <= named
        assert all(exporter.leaves_out.values())


def test_paths_in_the_copy_are_each_their_own(ana):
    paths = [part.path for part in exporting.parts_of(ana)]

    assert len(paths) == len(set(paths))


# --- The doors ------------------------------------------------------------------------------------


def signed_in(client, user: User):
    """As somebody who just gave their password."""
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def confirmed(client, user: User):
    """The same, asked once more."""
    signed_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@rule("R46", "page")
def test_page_asks_once_more_who_one_is_then_makes_the_copy(client, ana):
    signed_in(client, ana)

    asked = client.post("/settings/data/copy/")
    assert asked.status_code == 302 and "reauthenticate" in asked["Location"]
    assert not Export.objects.exists()
    client.post(asked["Location"], {"password": PASSWORD})

    assert Export.objects.get().person == ana
    assert "Your copy is being made." in client.get("/settings/data/").content.decode()


@rule("R46", "page")
def test_page_gives_the_file_to_the_session_that_was_shown_it(client, ana, zoe):
    export = made(ana)
    page = confirmed(client, ana).get("/settings/data/").content.decode()
    (address,) = re.findall(r'href="(/settings/data/copy/[^"]+)"', page)

    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "private" in answer["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer))).testzip() is None
    assert client.get(f"/settings/data/copy/{export.pk}/").status_code == 404
    other = signed_in(Client(), ana)
    assert other.get(address).status_code == 404
    assert signed_in(Client(), zoe).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert signed_in(Client(), ana).get(address).status_code == 404


@rule("R46", "page")
def test_at_fourteen_one_may_too(client, kid):
    confirmed(client, kid)

    client.post("/settings/data/copy/")

    assert Export.objects.get().person == kid


def test_page_costs_few_queries(browser, ana, django_assert_max_num_queries):
    made(ana)
    visitor = browser(ana)
    visitor.get("/settings/data/")

    with django_assert_max_num_queries(12):
        visitor.get("/settings/data/")


def app_of(user: User) -> APIClient:
    """A program that signed in with the password a moment ago."""
    client = APIClient()
    answer = client.post(
        "/_allauth/app/v1/auth/login",
        {"username": user.username, "password": PASSWORD},
        format="json",
    )
    token = answer.json()["meta"].get("session_token") or answer.json()["meta"]["standing_token"]
    name = "X-Session-Token" if answer.status_code == 200 else "X-Standing-Token"
    client.credentials(**{f"HTTP_{name.upper().replace('-', '_')}": token})
    return client


@rule("R46", "api")
def test_api_makes_the_copy_and_gives_it(ana):
    client = app_of(ana)
    assert client.get("/api/v1/me/export/").status_code == 404

    asked = client.post("/api/v1/me/export/")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert client.post("/api/v1/me/export/").json()["code"] == "export.under_way"
    exporting.make(asked.json()["id"])

    ready = client.get("/api/v1/me/export/").json()
    assert (ready["state"], ready["percent"]) == ("ready", 100)
    assert client.get(ready["url"]).status_code == 200
    assert app_of(ana).get(ready["url"]).status_code == 404


@rule("R46", "api")
def test_api_asks_who_one_is_after_some_minutes(ana):
    client = app_of(ana)

    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        for route in ("export", "deletion"):
            answer = client.post(f"/api/v1/me/{route}/")
            assert (answer.status_code, answer.json()["code"]) == (403, "account.reauthentication")
    assert not Export.objects.exists()


@rule("R46", "api")
def test_api_is_open_to_whoever_is_banned(ana):
    User.objects.filter(pk=ana.pk).update(is_banned=True, is_active=False)

    client = app_of(ana)

    assert client.post("/api/v1/me/export/").status_code == 202
    assert client.post("/api/v1/me/deletion/").status_code == 200


def test_nobody_signed_out_gets_anything(client, ana):
    export = made(ana)

    for path in ("", "copy/", f"copy/{export.pk}/", "delete/"):
        assert client.get(f"/settings/data/{path}").status_code in {302, 405}
    for method, path in (("get", "export/"), ("post", "export/"), ("post", "deletion/")):
        assert getattr(client, method)(f"/api/v1/me/{path}").status_code in {401, 403}
