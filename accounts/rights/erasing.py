"""The end of an account (R46): 30 days after its person left, a job deletes what is theirs, batch
after batch; a worker that is killed loses one batch, and the next goes on."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import live, ports
from accounts.models import OutboxJob, User
from accounts.models.tombstone import Tombstone
from accounts.outbox import enqueue
from accounts.rights import tombstones

SITTING = 20.0  # seconds
BATCH = 500
DUE_AT_ONCE = 200
TASK = "accounts.purge"

Step = Callable[[UUID], int]


def purge_due() -> int:
    """Begin with those whose time has come, and see to what a crash left without a job; answers how
    many are under way. A job that was put aside waits for an admin, as every other."""
    due = User.objects.filter(leaving_at__lte=timezone.now()).order_by("leaving_at")
    new = due.exclude(pk__in=Tombstone.objects.values("person"))
    for person_id in list(new.values_list("pk", flat=True)[:DUE_AT_ONCE]):
        _begin_due(person_id)
    jobs = OutboxJob.objects.filter(task=TASK, done_at__isnull=True)
    under_way = {job.arguments["person_id"] for job in jobs}
    unfinished = Tombstone.objects.unfinished().values_list("person", flat=True)
    for person_id in unfinished:
        if str(person_id) not in under_way:
            enqueue(TASK, person_id=str(person_id))
    return len(unfinished)


@transaction.atomic
def _begin_due(person_id: UUID) -> None:
    """Unless they came back in this moment."""
    people = User.objects.select_for_update(no_key=True)
    if people.filter(pk=person_id, leaving_at__lte=timezone.now()).exists():
        begin(person_id)


@transaction.atomic
def begin(person_id: UUID) -> None:
    """Delete this account for good, from now on: there is no way back, nor anybody in it."""
    now = timezone.now()
    people = User.objects.filter(pk=person_id)
    people.update(
        is_active=False,
        leaving_at=Coalesce("leaving_at", Value(now)),
        session_epoch=F("session_epoch") + 1,
    )
    live.revoke_sockets(person_id)
    tombstones.set_up(person_id)
    enqueue(TASK, person_id=str(person_id))


def begin_again() -> int:
    """After a restore: begin with whoever was deleted since the backup was made, as their
    tombstones say; answers how many."""
    risen = tombstones.risen()
    for person_id in risen:
        begin(person_id)
    return len(risen)


def purge(person_id: UUID | str) -> None:
    """Go on deleting for one sitting; where something is left to do there is a job for it then.

    Does nothing for whoever has no tombstone: nobody is deleted by mistake.
    """
    person_id = UUID(str(person_id))
    if not Tombstone.objects.unfinished().filter(pk=person_id).exists():
        return
    until = time.monotonic() + SITTING
    for step in _steps():
        while step(person_id):
            if time.monotonic() >= until:
                enqueue(TASK, person_id=str(person_id))
                return
    tombstones.finish(person_id)


def _steps() -> Iterator[Step]:
    """What apps know how to end; then every row that points at the person; then the account."""
    for purger in ports.purgers():
        yield from purger.steps
    for relation in relations():
        yield partial(_let_go, relation)
    yield _delete_account


def relations() -> list[Any]:
    """Every foreign key to a person that there is, of any app, once each; of many-to-many fields
    their rows."""
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is User
    ]


def _let_go(relation: Any, person_id: UUID) -> int:
    """A batch of rows goes, or forgets whom it pointed at, as the field says."""
    if relation.remote_field.on_delete is models.DO_NOTHING:
        return 0
    rows = relation.model._base_manager
    keys = list(rows.filter(**{relation.name: person_id}).values_list("pk", flat=True)[:BATCH])
    batch = rows.filter(pk__in=keys)
    if relation.remote_field.on_delete is models.SET_NULL:
        return batch.update(**{relation.name: None}) if keys else 0
    if keys:
        batch.delete()
    return len(keys)


def _delete_account(person_id: UUID) -> int:
    """The row itself, last: until then whoever goes on knows whom."""
    return User.objects.filter(pk=person_id).delete()[0]
