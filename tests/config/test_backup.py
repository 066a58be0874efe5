"""`backup` and `restore`: what is kept comes back; what is damaged does not, nor who left."""

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from config import backup
from config.backup import folder as whole
from config.backup import media, postgres, sqlite
from tests import restore_drill, workers
from tests.chat.factories import make_group, say
from tests.restore_drill import Medley, differences


@pytest.fixture
def files(settings, tmp_path):
    """Both storages, empty, in a data folder of their own."""
    data = tmp_path / "data"
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": data / "media"}},
        "held": settings.STORAGES["held"] | {"OPTIONS": {"location": data / "held"}},
    }
    return storages


@pytest.fixture
def no_database(monkeypatch):
    """What a database is to the folder: one file."""
    kept = SimpleNamespace(FILE="database", loaded=[])
    kept.dump = lambda folder: (folder / "database").write_text("rows") and {"a": 1}
    kept.load = lambda folder, replace: kept.loaded.append(replace) or {"a": 1}
    monkeypatch.setattr(whole, "_engine", lambda: kept)
    monkeypatch.setattr(whole, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(whole.connections, "close_all", lambda: None)
    monkeypatch.setattr(whole.erasing, "begin_again", lambda: 0)
    return kept


def put(storage, name: str, words: str) -> None:
    storage.delete(name)
    assert storage.save(name, ContentFile(words.encode())) == name


def words_in(storage, name: str) -> str:
    with storage.open(name) as file:
        return file.read().decode()


# --- Files ----------------------------------------------------------------------------------------


def test_files_come_back_as_they_were_and_what_came_since_stays(files, no_database, tmp_path):
    for name in ("films/a.mp4", "films/deep/er/b.mp4", "faces/c.webp"):
        put(files["default"], name, f"in {name}")
    put(files["held"], "d", "held back")
    made = backup.back_up(tmp_path / "kept")

    files["default"].delete("films/a.mp4")
    put(files["default"], "faces/c.webp", "in faces/C.webp")  # as long, and yet another
    put(files["default"], "tombstones/x", "gone since")
    brought = backup.restore(tmp_path / "kept")

    assert (made.files, brought.files, brought.put_back) == (4, 4, 2)
    assert words_in(files["default"], "films/a.mp4") == "in films/a.mp4"
    assert words_in(files["default"], "faces/c.webp") == "in faces/c.webp"
    assert words_in(files["default"], "tombstones/x") == "gone since"
    assert no_database.loaded == [False]


def test_only_its_owner_may_read_it(files, no_database, tmp_path):
    put(files["default"], "a", "words")
    before = os.umask(0o022)

    backup.back_up(tmp_path / "kept")

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "kept").rglob("*")}
    assert modes == {0o600, 0o700}
    assert os.umask(before) == 0o022


def test_a_list_brings_nothing_back_but_says_what_is_missing(files, no_database, tmp_path):
    put(files["default"], "a", "words")
    put(files["default"], "b", "words")
    backup.back_up(tmp_path / "kept", copies=False)

    assert not (tmp_path / "kept" / "default").exists()
    assert backup.restore(tmp_path / "kept").put_back == 0
    files["default"].delete("a")
    with pytest.raises(backup.Unusable, match=r"1 files of the storage “default” .* changed: a"):
        backup.restore(tmp_path / "kept")
    assert no_database.loaded == [False]


def test_a_file_that_goes_meanwhile_is_left_out(files, no_database, tmp_path, monkeypatch):
    put(files["default"], "a", "words")
    monkeypatch.setattr(media, "_names", lambda storage, below: iter(["a", "gone"]))

    assert [kept.name for kept in _kept(files, tmp_path)] == ["a"]


def _kept(files, tmp_path) -> list[media.Kept]:
    return media.keep("default", tmp_path, copies=True)


@pytest.mark.parametrize("damage", ["summary", "database", "copy", "lost copy", "format", "engine"])
def test_what_is_damaged_or_strange_is_refused_before_anything_changes(
    files, no_database, tmp_path, damage
):
    put(files["default"], "a", "words")
    kept = tmp_path / "kept"
    backup.back_up(kept)
    files["default"].delete("a")
    summary = json.loads((kept / "backup.json").read_text())
    match damage:
        case "summary":
            (kept / "backup.json").unlink()
        case "database":
            (kept / "database").write_text("rowz")
        case "copy":
            (kept / "default" / "a").write_text("w0rds")
        case "lost copy":
            (kept / "default" / "a").unlink()
        case "format":
            (kept / "backup.json").write_text(json.dumps(summary | {"format": 2}))
        case "engine":
            (kept / "backup.json").write_text(json.dumps(summary | {"engine": "oracle"}))

    with pytest.raises(backup.Unusable):
        backup.restore(kept)

    assert not files["default"].exists("a")
    assert no_database.loaded == []


def test_rows_that_did_not_come_back_are_named(files, no_database, tmp_path):
    backup.back_up(tmp_path / "kept")
    no_database.load = lambda folder, replace: {"a": 0}

    with pytest.raises(backup.Unusable, match="a 1 -> 0"):
        backup.restore(tmp_path / "kept")


def test_a_folder_that_is_not_empty_is_left_alone(files, no_database, tmp_path):
    (tmp_path / "mine").write_text("words")

    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", str(tmp_path))
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", str(tmp_path))


def test_no_name_leads_out_of_the_folder(files, no_database, tmp_path):
    backup.back_up(tmp_path / "kept")
    line = {"name": "../../secret_key", "bytes": 1, "sha256": "0" * 64}
    (tmp_path / "kept" / "default.jsonl").write_text(json.dumps(line) + "\n")

    with pytest.raises(Exception, match="outside of the base path"):
        backup.restore(tmp_path / "kept")


# --- SQLite ---------------------------------------------------------------------------------------


def test_sqlite_is_kept_while_somebody_writes_and_brought_back(tmp_path, monkeypatch):
    path = tmp_path / "medley.sqlite3"
    monkeypatch.setattr(sqlite, "connection", SimpleNamespace(settings_dict={"NAME": str(path)}))
    kept = tmp_path / "kept"
    kept.mkdir()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE words (word TEXT)")
        writer.execute("INSERT INTO words VALUES ('kept')")
        writer.commit()
        writer.execute("INSERT INTO words VALUES ('not committed')")
        assert sqlite.dump(kept) == {"words": 1}
        writer.commit()

    assert list(kept.iterdir()) == [kept / "database.sqlite3"]
    with pytest.raises(backup.Unusable, match="not empty"):
        sqlite.load(kept, replace=False)
    assert sqlite.load(kept, replace=True) == {"words": 1}
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("SELECT word FROM words").fetchall() == [("kept",)]


# --- PostgreSQL -----------------------------------------------------------------------------------

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="its own programs")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_was_there_comes_back_where_a_dump_cannot_be_read(ana, tmp_path):
    (tmp_path / postgres.FILE).write_text("no dump")

    with pytest.raises(backup.Unusable, match="not empty"):
        postgres.load(tmp_path, replace=False)
    with pytest.raises(backup.Unusable, match="pg_restore failed"):
        postgres.load(tmp_path, replace=True)

    assert User.objects.get().username == "ana"


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_restore_that_was_cut_off_is_told_of_and_nothing_is_lost(ana, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {postgres.AWAY}")
        try:
            with pytest.raises(backup.Unusable, match="cut off"):
                postgres.load(tmp_path, replace=True)
        finally:
            cursor.execute(f"DROP SCHEMA {postgres.AWAY}")

    assert User.objects.get().username == "ana"


# --- All of it, as it is done ---------------------------------------------------------------------


@pytest.fixture
def two(settings, tmp_path):
    """The Medley of this test, and one with nothing in it."""
    own = workers.database_url()
    if connection.vendor == "sqlite":
        yield _medleys(settings, tmp_path, own, f"sqlite:///{tmp_path / 'other.sqlite3'}")
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(own, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        yield _medleys(settings, tmp_path, own, own.rpartition("/")[0] + f"/{name}")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _medleys(settings, folder: Path, own: str, other: str) -> tuple[Medley, Medley]:
    redis = settings.REDIS_URL
    return Medley(folder / "first", own, redis), Medley(folder / "second", other, redis)


def test_a_program_older_than_the_server_is_of_no_use(monkeypatch):
    monkeypatch.setattr(postgres, "_candidates", lambda program: iter(["/old", "/new"]))
    monkeypatch.setattr(postgres, "_major", {"/old": 15, "/new": 17}.get)

    found = [postgres._found("pg_dump", needed) for needed in (15, 16, 17)]

    assert found == ["/old", "/new", "/new"]
    with pytest.raises(backup.Unusable, match="install postgresql-client-18"):
        postgres._found("pg_dump", 18)


@pytest.mark.timeout(180)
@pytest.mark.django_db(transaction=True)
def test_a_world_comes_back_whole_and_whoever_left_since_is_gone(ana, ben, zoe, two, tmp_path):
    say(ana, make_group(ana, ben), "kept for good")
    (tmp_path / "first" / "media").mkdir(parents=True)
    (tmp_path / "first" / "media" / "film").write_text("a film")

    first, second = two

    assert restore_drill.drill(first, second, tmp_path / "kept") == []
    assert not User.objects.filter(username="zoe").exists()


def test_a_drill_tells_what_is_not_as_it_was():
    kept = {"rows": {"a": 1, "b": 2}, "files": {"x": "1", "y": "2"}, "messages": "m"}
    found = {"rows": {"a": 1, "b": 1}, "files": {"x": "1"}, "messages": "n"}

    assert differences(kept, kept) == []
    assert differences(kept, found) == [
        "rows b: 2 became 1", "files y: 2 became None", "messages came back otherwise"
    ]  # fmt: skip
