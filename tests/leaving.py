"""People who leave, in tests: deleted to the end, and looked for everywhere afterwards."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.db import connection, models

import videos.tasks  # noqa: F401 (so that the app knows its tasks)
from accounts import actions
from accounts.models import OutboxJob, User
from accounts.rights import erasing

SITTINGS = 200


def run_jobs(*tasks: str) -> None:
    """These jobs of the outbox, as a worker would, with what comes of them."""
    for _round in range(SITTINGS):
        waiting = OutboxJob.objects.filter(task__in=tasks, done_at__isnull=True)
        if not waiting.exists():
            return
        for job in waiting.order_by("pk"):
            OutboxJob.objects.filter(pk=job.pk).update(due_at=job.created_at)
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)
    raise AssertionError(f"{tasks} never come to an end")


def purge(person: User) -> None:
    """Their account is deleted, grace or not."""
    actions.leave_medley(person)
    erasing.begin(person.pk)
    run_jobs("accounts.purge")
    run_jobs("videos.delete_files", "videos.withdraw_sound")


def traces_of(*words: str) -> Iterator[str]:
    """Every "app.Model.field" that holds one of these words in any row."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if any(_holds(model, field, word) for word in words):
                yield f"{model._meta.label}.{field.name}"


def _holds(model: type[models.Model], field: models.Field, word: str) -> bool:
    """Whether the column, as the database shows it as text, has the word in it."""
    is_id = isinstance(field, models.UUIDField | models.ForeignKey)
    needles = {word, word.replace("-", "")} if is_id else {word}
    names = (str(field.column), model._meta.db_table)
    column, table = map(connection.ops.quote_name, names)
    with connection.cursor() as cursor:
        for needle in needles:
            cursor.execute(
                f"SELECT 1 FROM {table} WHERE CAST({column} AS TEXT) LIKE %s LIMIT 1",
                [f"%{needle}%"],
            )
            if cursor.fetchone():
                return True
    return False


def files() -> set[str]:
    """All that lies in the file storage."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def kept(person_id: UUID) -> set[str]:
    """The files that say that somebody is gone."""
    return {f"tombstones/{person_id}"}
