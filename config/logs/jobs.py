"""What a job logs: its task, its number, and the request that it was written for."""

from typing import Any

from celery import Task
from celery.signals import task_postrun, task_prerun

from accounts import tracing
from accounts.outbox import REQUEST_HEADER

# Arguments that every task calls the same.
ABOUT = {"job_id": "job", "conversation_id": "conversation", "message_id": "message"}


@task_prerun.connect
def begin(task: Task, kwargs: dict[str, Any], **_: Any) -> None:
    """A job that the sweeper sent, or the timetable, begins an id of its own."""
    facts = {"request": tracing.id_of(_header(task)), "task": task.name}
    facts |= {name: str(kwargs[key]) for key, name in ABOUT.items() if key in kwargs}
    tracing.enter(tracing.Known(**facts))


@task_postrun.connect
def end(**_: Any) -> None:
    """What the child logs from here on is of no job."""
    tracing.enter(None)


def _header(task: Task) -> str | None:
    # A worker finds headers among the fields of the request, a job that runs at once in their own.
    request = task.request
    said = getattr(request, REQUEST_HEADER, None) or (request.headers or {}).get(REQUEST_HEADER)
    return said if isinstance(said, str) else None
