"""The demo world: made once in a run of the journeys, copied for each stack that changes it."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config import embedded
from tests.services import ROOT

DATABASE = "medley_world"
NOT_COPIED = shutil.ignore_patterns("log", "demo-clips", "media*", "world.*", "redis.*")


def copy_world(world: Path, data: Path, database: str) -> dict[str, str]:
    """Fill the data folder with the world kept in `world`, which whoever comes first makes.

    Answers what the environment of a Medley on it has to name: with PostgreSQL a database of that
    name, made anew; with SQLite nothing, the database lies in the folder.
    """
    world.mkdir(parents=True, exist_ok=True)
    with (world / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (world / "world.made").exists():
            _make(world)
            (world / "world.made").touch()
        shutil.copytree(world, data, ignore=NOT_COPIED, dirs_exist_ok=True)
        # Files never change under their name, so copies may share them.
        shutil.copytree(world / "media", data / "media", copy_function=os.link)
        lend_samples(data)
        return _named(database, copied_from=DATABASE)


def lend_samples(data: Path) -> None:
    """Let a data folder have the sample films that were fetched once, if they were."""
    samples = ROOT / "var" / "media-samples"
    if samples.exists() and not (data / samples.name).exists():
        (data / samples.name).symlink_to(samples)


def _make(world: Path) -> None:
    lend_samples(world)
    template = os.environ.get("MEDLEY_TEST_TEMPLATE", "template1")
    environment = os.environ | _named(DATABASE, copied_from=template)
    environment |= {"MEDLEY_EMBEDDED": "1", "MEDLEY_DATA": str(world)}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    environment.pop("SECRET_KEY", None)
    with embedded.redis_running(world) as url:
        environment["REDIS_URL"] = url
        for words in ("migrate --verbosity=0", "seed_demo"):
            manage(words.split(), environment)


def manage(words: list[str], environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"manage.py {words[0]} failed:\n{done.stdout}{done.stderr}"[-6000:])


def _named(name: str, *, copied_from: str) -> dict[str, str]:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied_from}"')
    return {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
