"""A worker is killed over an upload at each stage: its job is done again, and the result is one."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from accounts import outbox
from accounts.actions import append_to_upload, begin_upload, sweep_uploads
from accounts.models import OutboxJob, Upload
from accounts.uploads import spool
from tests.accounts.test_uploads import words
from tests.services import ROOT
from videos import tasks
from videos.models import Clip

# A worker that reaches `{stage}` says so and goes no further.
WORKER = """
import django, pkgutil, signal
django.setup()
def reached(*_arguments, **_options):
    print("reached", flush=True)
    signal.pause()
owner, _, name = "{stage}".rpartition(".")
setattr(pkgutil.resolve_name(owner), name, reached)
{work}
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_spool(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def killed_at(stage: str, work: str) -> None:
    """Run `work` in a process of its own on this database and these folders; kill -9 at `stage`."""
    folders = (
        "from django.conf import settings\n"
        f"settings.MEDIA_ROOT, settings.UPLOAD_FOLDER = {str(settings.MEDIA_ROOT)!r}, "
        f"__import__('pathlib').Path({str(settings.UPLOAD_FOLDER)!r})\n"
    )
    script = folders + WORKER.format(stage=stage, work=work)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
    }
    command = [sys.executable, "-c", script]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "reached\n"
        worker.kill()


def database_url() -> str:
    """Where these tests keep their rows."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    secret = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    host = f"{facts['HOST']}:{facts['PORT']}" if facts["PORT"] else facts["HOST"]
    return f"postgres://{facts['USER']}{secret}@{host}/{facts['NAME']}"


def job_of(task: str) -> OutboxJob:
    return OutboxJob.objects.get(task=task)


def drive(task: str) -> None:
    """What the sweeper and another worker do once the dead one's lease is over."""
    OutboxJob.objects.filter(task=task).update(due_at=timezone.now())
    outbox.sweep()
    job = job_of(task)
    OutboxJob.objects.filter(pk=job.pk).update(due_at=timezone.now())
    getattr(tasks, task.removeprefix("videos."))(job_id=job.pk, **job.arguments)


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def clip(ana, walk) -> Clip:
    content = walk.read_bytes()
    upload = begin_upload(ana, length=len(content), metadata=words(purpose="clip"))
    append_to_upload(upload, io.BytesIO(content), offset=0)
    return Clip.objects.get(pk=upload.pk)


@pytest.mark.parametrize("stage", ["probe", "_be_ready"])
def test_while_a_film_is_looked_into(clip, stage):
    job = job_of("videos.check_clip")
    work = f"from videos import tasks; tasks.check_clip(job_id={job.pk}, clip_id='{clip.pk}')"

    killed_at(f"videos.actions.clips.{stage}", work)
    drive("videos.check_clip")
    drive("videos.check_clip")

    clip.refresh_from_db()
    job.refresh_from_db()
    assert (clip.state, clip.duration_ms, job.tries) == ("ready", 1000, 2)
    assert OutboxJob.objects.filter(task="videos.preview_clip").count() == 1


@pytest.mark.parametrize("stage", ["make_preview", "keep", "_keep_preview"])
def test_while_its_preview_is_made(clip, own_storage, stage):
    drive("videos.check_clip")
    job = job_of("videos.preview_clip")
    work = f"from videos import tasks; tasks.preview_clip(job_id={job.pk}, clip_id='{clip.pk}')"

    killed_at(f"videos.actions.clips.{stage}", work)
    drive("videos.preview_clip")

    clip.refresh_from_db()
    assert (clip.state, bool(clip.preview), len(clip.peaks)) == ("ready", True, 200)
    assert stored(own_storage) == sorted([f"clip-{clip.pk}.mp4", str(clip.pk)])


@pytest.mark.parametrize(
    "stage", ["accounts.uploads.spool.store", "videos.actions.clips.ClipReceiver.receive"]
)
def test_over_the_last_byte_of_an_upload(ana, walk, own_storage, stage):
    """The web process, this time; nobody asks again, so the sweeper finds it."""
    upload = begin_upload(ana, length=walk.stat().st_size, metadata=words(purpose="clip"))
    work = (
        "from accounts.models import Upload; from accounts.actions import append_to_upload\n"
        f"upload = Upload.objects.get(pk='{upload.pk}')\n"
        f"append_to_upload(upload, open({str(walk)!r}, 'rb'), offset=0)"
    )

    killed_at(stage, work)
    sweep_uploads()
    sweep_uploads()

    assert Clip.objects.get().state == "checking"
    assert Upload.objects.get().is_complete
    assert stored(own_storage) == [str(upload.pk)]
    assert default_storage.open(f"uploads/{upload.pk}").read() == walk.read_bytes()
    assert spool.size_of(upload.pk) == 0
    assert OutboxJob.objects.filter(task="videos.check_clip").count() == 1


def test_in_the_middle_of_an_upload(ana, walk):
    """What was made safe before stays; whoever comes back is told so."""
    content = walk.read_bytes()
    upload = begin_upload(ana, length=len(content), metadata=words(purpose="clip"))
    append_to_upload(upload, io.BytesIO(content[:1000]), offset=0)
    work = (
        "from accounts.models import Upload; from accounts.actions import append_to_upload\n"
        f"upload = Upload.objects.get(pk='{upload.pk}')\n"
        f"append_to_upload(upload, __import__('io').BytesIO(bytes(500)), offset=1000)"
    )

    killed_at("accounts.actions.uploading._count", work)
    append_to_upload(upload, io.BytesIO(content[1000:]), offset=1000)

    assert default_storage.open(f"uploads/{upload.pk}").read() == content
