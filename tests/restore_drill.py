"""`make restore-drill`: keep a demo world, bring it back elsewhere, and compare all of it.

On PostgreSQL and on SQLite: the rows of each table, every message, every file. Then somebody
leaves the first Medley, and the same backup is brought back in the place of the second: they are
gone there too.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import services

LEAVING = "zoe"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Medley:
    """One database with its data folder."""

    data: Path
    database: str
    redis: str

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py prints; `CalledProcessError` where it fails."""
        return self._run("manage.py", *arguments)

    def ask(self, question: str) -> Any:
        """The answer of one of the questions below, asked within it."""
        return json.loads(self._run("-m", "tests.restore_drill", "--ask", question))

    def _run(self, *arguments: str) -> str:
        own = {
            "MEDLEY_EMBEDDED": "1",
            "MEDLEY_DATA": str(self.data),
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=services.ROOT,
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


# --- What is asked within a Medley ----------------------------------------------------------------


def figures() -> Figures:
    """Rows by table, and digests: of all messages, and of each file."""
    from django.apps import apps

    from chat.models import Message

    said = hashlib.sha256()
    words = Message.objects.order_by("pk").values_list(
        "pk", "conversation_id", "author_id", "seq", "revision", "body", "created_at"
    )
    for each in words.iterator():
        said.update(repr(each).encode())
    rows = {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {"rows": rows, "messages": said.hexdigest(), "files": _files()}


def _files() -> dict[str, str]:
    from django.conf import settings

    return {
        f"{folder.name}/{path.relative_to(folder)}": hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in (Path(settings.MEDIA_ROOT), settings.MEDLEY_DATA / "held")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def leave() -> int:
    """Somebody's account is deleted, to the end; answers how many rows of theirs are left."""
    from accounts.models import User
    from accounts.rights import erasing

    erasing.begin(User.objects.get(username=LEAVING).pk)
    return purged()


def purged() -> int:
    """The same of whoever is to be gone by now, as the jobs would."""
    from accounts.models import User
    from accounts.models.tombstone import Tombstone
    from accounts.rights import erasing

    while left := list(Tombstone.objects.unfinished().values_list("person", flat=True)):
        for person_id in left:
            erasing.purge(person_id)
    return User.objects.filter(username=LEAVING).count()


QUESTIONS = {question.__name__: question for question in (figures, leave, purged)}


# --- The drill ------------------------------------------------------------------------------------


def drill(first: Medley, second: Medley, backup: Path) -> list[str]:
    """Answers what was not as it should be."""
    wrong: list[str] = []
    kept = first.ask("figures")
    _say(first.manage("backup", str(backup)), *_sizes(kept))
    _say(second.manage("restore", str(backup)))
    wrong += differences(kept, second.ask("figures"))

    left = first.ask("leave")
    stones = Path("media") / "tombstones"
    shutil.copytree(first.data / stones, second.data / stones)  # the storage outlived the database
    _say(second.manage("restore", str(backup), "--replace"))
    if left or second.ask("purged"):
        wrong.append(f"{LEAVING} is there again")
    return wrong


def differences(kept: Figures, found: Figures) -> list[str]:
    """A sentence for each table, file, or all messages that came back otherwise."""
    wrong = [
        f"{kind} {name}: {kept[kind].get(name)} became {found[kind].get(name)}"
        for kind in ("rows", "files")
        for name in sorted(kept[kind] | found[kind])
        if kept[kind].get(name) != found[kind].get(name)
    ]
    if kept["messages"] != found["messages"]:
        wrong.append("messages came back otherwise")
    return wrong


def _sizes(kept: Figures) -> list[str]:
    return [
        f"{sum(kept['rows'].values())} rows in {len(kept['rows'])} tables,",
        f"{kept['rows']['chat_message']} of them messages; {len(kept['files'])} files",
    ]


def _say(*words: str) -> None:
    print(" ", *words, flush=True)


@contextlib.contextmanager
def _databases(engine: str, folder: Path) -> Iterator[list[str]]:
    """Where two Medleys have theirs; both empty."""
    if engine == "SQLite":
        yield [f"sqlite:///{folder / name / 'medley.sqlite3'}" for name in ("first", "second")]
        return
    with services.postgres() as url:
        names = [f"drill_{os.getpid()}_{number}" for number in (1, 2)]
        with psycopg.connect(url, autocommit=True) as server:
            for name in names:
                server.execute(f"CREATE DATABASE {name}")
            yield [urlunsplit(urlsplit(url)._replace(path=f"/{name}")) for name in names]
            for name in names:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(engine: str) -> list[str]:
    """One drill on a fresh demo world."""
    with (
        tempfile.TemporaryDirectory(prefix="medley-drill-") as name,
        services.redis() as redis,
        _databases(engine, Path(name)) as databases,
    ):
        folder, began = Path(name), time.monotonic()
        print(f"{engine}: making a demo world ...", flush=True)
        first, second = (
            Medley(folder / word, database, redis)
            for word, database in zip(("first", "second"), databases, strict=True)
        )
        first.manage("migrate", "--verbosity=0", "--skip-checks")
        first.manage("seed_demo")
        wrong = drill(first, second, folder / "backup")
        _say(f"{'; '.join(wrong) or 'all is there'} ({time.monotonic() - began:.0f} s)")
        return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ask", choices=QUESTIONS)
    parser.add_argument("--engine", action="append", choices=("PostgreSQL", "SQLite"))
    options = parser.parse_args()
    if options.ask:
        import django

        django.setup()
        print(json.dumps(QUESTIONS[options.ask](), default=str))
        return 0
    engines = options.engine or ["PostgreSQL", "SQLite"]
    wrong = [each for engine in engines for each in run(engine)]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
