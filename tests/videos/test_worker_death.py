"""A worker is killed (SIGKILL) at each stage of preparing a video; the next one ends the work.

A process of its own with a database of its own: what dies must really die.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.videos.films import film

ROOT = Path(__file__).resolve().parents[2]
# Each worker starts Python and ffmpeg anew.
pytestmark = pytest.mark.timeout(240)
# Tables straight from the models: nothing here asks for what the migrations did on their way.
WORLD = """
import django; django.setup()
from datetime import date
from django.conf import settings
class Skipped(dict):
    def __contains__(self, app): return True
    def __getitem__(self, app): return None
settings.MIGRATION_MODULES = Skipped()
from django.core.files import File
from django.core.management import call_command
from accounts.models import User
from videos import actions
call_command("migrate", run_syncdb=True, verbosity=0)
ana = User.objects.create_user("ana", "ana@example.com", birth_date=date(1990, 1, 1))
with open({film!r}, "rb") as file:
    print(actions.upload_video(ana, File(file)).pk)
"""
# Dies where it would enter a stage; without one, it lives.
WORKER = """
import os, signal
import django; django.setup()
from videos import actions
from videos.actions.attempts import Attempt
enter = Attempt.enter
def entering(self, stage):
    enter(self, stage)
    if stage == {stage!r}:
        os.kill(os.getpid(), signal.SIGKILL)
Attempt.enter = entering
actions.process_video({video!r})
actions.make_extras_of({video!r})
"""


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory) -> tuple[Path, str]:
    """A database with an upload, to be copied; the id of its video."""
    folder = tmp_path_factory.mktemp("beginning")
    path = film(folder / "film.mp4", "-g", "250", seconds=2)
    begun = python(WORLD.format(film=str(path)), folder)
    assert begun.returncode == 0, begun.stderr[-2000:]
    return folder, begun.stdout.strip()


@pytest.fixture
def world(beginnings, tmp_path) -> tuple[Path, str]:
    folder, video = beginnings
    subprocess.run(["cp", "-r", f"{folder}/.", tmp_path], check=True)
    (tmp_path / "tmp").mkdir(exist_ok=True)
    return tmp_path, video


def python(words: str, folder: Path, **options) -> subprocess.CompletedProcess[str]:
    (folder / "tmp").mkdir(exist_ok=True)
    mine = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # No Redis answers there: rows wait in the outbox, as they would for a worker.
    mine |= {"MEDLEY_EMBEDDED": "1", "MEDLEY_DATA": str(folder), "TMPDIR": str(folder / "tmp")}
    mine |= {"DJANGO_SETTINGS_MODULE": "config.settings", "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-c", words]
    return subprocess.run(
        command, cwd=ROOT, env=mine, capture_output=True, text=True, check=False, **options
    )


def work(world: tuple[Path, str], *, dying_at: str = "") -> int:
    folder, video = world
    done = python(WORKER.format(stage=dying_at, video=video), folder)
    assert dying_at or done.returncode == 0, done.stderr[-2000:]
    return done.returncode


def rows(world: tuple[Path, str], query: str) -> list[tuple]:
    with sqlite3.connect(world[0] / "medley.sqlite3") as database:
        return database.execute(query).fetchall()


def stored(world: tuple[Path, str]) -> set[str]:
    """Names of files, without that of the source: it is drawn by lot."""
    folder = world[0] / "media" / "videos" / world[1]
    return {path.name for path in folder.iterdir() if not path.name.startswith("source-")}


@pytest.fixture(scope="module")
def undisturbed(beginnings, tmp_path_factory) -> set[str]:
    """What is stored where nobody dies."""
    folder = tmp_path_factory.mktemp("undisturbed")
    subprocess.run(["cp", "-r", f"{beginnings[0]}/.", folder], check=True)
    work((folder, beginnings[1]))
    return stored((folder, beginnings[1]))


@pytest.mark.parametrize("stage", ["render", "store", "publish"])
def test_the_next_worker_ends_what_a_killed_one_began(world, undisturbed, stage):
    assert work(world, dying_at=stage) == -signal.SIGKILL
    assert rows(world, "select state from videos_video") == [("processing",)]

    work(world)

    assert rows(world, "select state from videos_video") == [("published",)]
    assert rows(world, "select kind from videos_rendition order by kind") == [
        ("360",),
        ("720",),
        ("loop",),
    ]
    assert stored(world) == undisturbed
    assert list((world[0] / "tmp").iterdir()) == []
    unended = "select stage from videos_processingattempt where ended_at is null"
    assert rows(world, unended) == [(stage,)]


def test_a_worker_killed_while_ffmpeg_runs_takes_it_along_and_leaves_nothing(world, undisturbed):
    folder, video = world
    slow = WORKER.format(stage="", video=video).replace(
        "actions.process_video",
        "from videos.transcoding import rendering\n"
        "run = rendering.run_ffmpeg\n"
        "def running(words, **options):\n"
        "    def told(part): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    run(words, **(options | {'progress': told, 'seconds': 1}))\n"
        "rendering.run_ffmpeg = running\n"
        "actions.process_video",
        1,
    )
    assert python(slow, folder).returncode == -signal.SIGKILL
    assert any((folder / "tmp").iterdir())

    work(world)

    assert stored(world) == undisturbed
    assert list((folder / "tmp").iterdir()) == []
