"""What a migration must not do to a table that is in use while the release before it still serves.

Read from its operations, not from SQL: an operation knows which table is new.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

from accounts.schema import AddConstraintPatiently, AddIndexPatiently

INDEX = "writers wait while an index is built; AddIndexPatiently, with db_index=False on a field"
CONSTRAINT = "writers wait while every row is read; AddConstraintPatiently"
REQUIRED = "the release before writes rows without it; null=True or db_default"
NOT_NULL = "the release before may still write nothing there, and every row is read under lock"
REWRITTEN = "every row is written anew under lock; a new column, filled bit by bit"
USED = (
    "the release before asks for it; out of the state now (SeparateDatabaseAndState), drop it later"
)
ONE_WAY = "it cannot be taken back; give its reverse"
BESIDE = "rows are changed while a table is locked; a migration of its own"

PATIENT = (AddIndexPatiently, AddIndexConcurrently, AddConstraintPatiently)
LEAVING = (
    operations.RemoveField,
    operations.RenameField,
    operations.DeleteModel,
    operations.RenameModel,
    operations.AlterModelTable,
)
VARCHAR = re.compile(r"varchar\((\d+)\)")


def complaints(plan: Iterable[Migration], state: ProjectState) -> dict[str, list[str]]:
    """By migration what is wrong with it, if anything is. `plan` begins where the release before
    ends, whose `state` is."""
    new: set[tuple[str, str]] = set()  # tables that nobody uses yet
    wrong = {}
    for migration in plan:
        name = f"{migration.app_label}.{migration.name}"
        wrong[name] = [*_of_one(migration, state, new)]
    return {name: found for name, found in wrong.items() if found}


def _of_one(migration: Migration, state: ProjectState, new: set[tuple[str, str]]) -> Iterator[str]:
    app, locks, changes_rows = migration.app_label, False, False
    for whole in migration.operations:
        for operation in _on_the_database(whole):
            table = (app, _table(operation))
            if isinstance(operation, operations.CreateModel):
                new.add(table)
            elif table not in new:
                yield from (
                    f"{operation.describe()}: {why}" for why in _why_not(operation, table, state)
                )
                locks |= bool(table[1]) and not isinstance(operation, PATIENT)
                changes_rows |= isinstance(operation, operations.RunPython)
        whole.state_forwards(app, state)
    if migration.atomic and locks and changes_rows:
        yield BESIDE


def _on_the_database(operation: Operation) -> Iterator[Operation]:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from _on_the_database(each)
    else:
        yield operation


def _table(operation: Operation) -> str:
    """The model that it is about; "" of code and SQL."""
    names = ("model_name", "old_name", "name")
    return next(
        (str(getattr(operation, name)) for name in names if hasattr(operation, name)), ""
    ).lower()


def _why_not(operation: Operation, table: tuple[str, str], state: ProjectState) -> Iterator[str]:
    if isinstance(operation, PATIENT):
        return
    if isinstance(operation, operations.AddIndex):
        yield INDEX
    elif isinstance(operation, operations.AddConstraint):
        yield CONSTRAINT
    elif isinstance(operation, LEAVING):
        yield USED
    elif isinstance(operation, operations.AddField):
        yield from _of_new_field(operation.field)
    elif isinstance(operation, operations.AlterField):
        old = state.models[table].fields[operation.name]
        yield from _of_changed_field(old, operation.field)
    elif (
        isinstance(operation, operations.RunPython | operations.RunSQL) and not operation.reversible
    ):
        yield ONE_WAY


def _of_new_field(field: models.Field) -> Iterator[str]:
    if field.many_to_many:
        return
    if isinstance(field, models.GeneratedField):
        yield REWRITTEN
    elif not field.null and field.db_default is NOT_PROVIDED:
        yield REQUIRED
    if _is_indexed(field):
        yield INDEX


def _of_changed_field(old: models.Field, field: models.Field) -> Iterator[str]:
    if _is_rewritten(str(old.db_type(connection)), str(field.db_type(connection))):
        yield REWRITTEN
    if old.null and not field.null:
        yield NOT_NULL
    if _is_indexed(field) and not _is_indexed(old):
        yield INDEX


def _is_indexed(field: Any) -> bool:
    return bool(field.db_index or field.unique)


def _is_rewritten(old: str, new: str) -> bool:
    """A longer varchar is a note in the catalogue; whatever else changes is every row."""
    before, after = VARCHAR.fullmatch(old), VARCHAR.fullmatch(new)
    if before and after:
        return int(after[1]) < int(before[1])
    return old != new and not (before and new == "text")
