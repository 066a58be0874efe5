"""No migration makes anybody wait or takes away what the release before asks for, and each can be
taken back: a release goes out while the one before it serves."""

from itertools import count
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from accounts.schema import AddConstraintPatiently, AddIndexPatiently
from tests.config import migration_lint as lint

# The last migrations of the newest release: to be renewed whenever one is out.
RELEASED = {
    "accounts": "0023_kept_answers",
    "chat": "0019_word_filters",
    "commerce": "0016_connected_accounts",
    "videos": "0014_comments_in_review",
}
# Migrations that may, and why.
EXCUSED: dict[str, str] = {}


def forward(_apps: Any, _editor: Any) -> None:
    """What some migration does to rows."""


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def before(loader: MigrationLoader) -> ProjectState:
    """The tables as the newest release knows them."""
    return loader.project_state(list(RELEASED.items()))


def since(loader: MigrationLoader) -> list[Migration]:
    """What comes after it, in the order in which it is run."""
    released = {node for last in RELEASED.items() for node in loader.graph.forwards_plan(last)}
    leaves = [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] in RELEASED]
    plan = dict.fromkeys(node for leaf in leaves for node in loader.graph.forwards_plan(leaf))
    return [loader.graph.nodes[node] for node in plan if node not in released]


def test_migrations_since_the_newest_release_keep_nobody_waiting(loader):
    found = lint.complaints(since(loader), before(loader))

    assert {name: why for name, why in found.items() if name not in EXCUSED} == {}
    assert set(EXCUSED) - set(found) == set(), "excused without a need"


def wrong(loader: MigrationLoader, *done: Operation, atomic: bool = True) -> list[str]:
    """What is said of a migration that does this to chat's tables; without what it is said of."""
    migration: Any = Migration("0099_next", "chat")
    migration.operations, migration.atomic = list(done), atomic
    found = lint.complaints([migration], before(loader)).get("chat.0099_next", [])
    return [each.rpartition(": ")[2] for each in found]


BY_DAY = models.Index(fields=["created_at"], name="by_day")
POSITIVE = models.CheckConstraint(condition=models.Q(seq__gt=0), name="positive")
PEOPLE = models.ForeignKey("accounts.User", models.CASCADE, null=True)


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (operations.AddIndex("message", BY_DAY), [lint.INDEX]),
        (AddIndexPatiently("message", BY_DAY), []),
        (operations.AddConstraint("message", POSITIVE), [lint.CONSTRAINT]),
        (AddConstraintPatiently("message", POSITIVE), []),
        (operations.AddField("message", "x", models.IntegerField(default=0)), [lint.REQUIRED]),
        (operations.AddField("message", "x", models.IntegerField(db_default=0)), []),
        (operations.AddField("message", "x", models.IntegerField(null=True)), []),
        (operations.AddField("message", "x", PEOPLE), [lint.INDEX]),
        (operations.AlterField("message", "seq", models.TextField()), [lint.REWRITTEN]),
        (operations.RemoveField("message", "body"), [lint.USED]),
        (operations.RenameField("message", "body", "words"), [lint.USED]),
        (operations.DeleteModel("Message"), [lint.USED]),
        (operations.RunPython(forward), [lint.ONE_WAY]),
        (operations.RunPython(forward, operations.RunPython.noop), []),
        (operations.RunSQL("SELECT 1"), [lint.ONE_WAY]),
        (
            operations.SeparateDatabaseAndState(
                state_operations=[operations.RemoveField("message", "body")]
            ),
            [],
        ),
    ],
    ids=count(),
)
def test_what_would_hold_somebody_up_is_told(loader, operation, why):
    assert wrong(loader, operation) == why


def test_rows_are_not_changed_while_their_table_is_locked(loader):
    new = operations.AddField("message", "x", models.IntegerField(null=True))
    fill = operations.RunPython(forward, operations.RunPython.noop)

    assert wrong(loader, new, fill) == [lint.BESIDE]
    assert wrong(loader, new, fill, atomic=False) == []


def test_a_table_that_nobody_has_yet_may_be_made_as_one_likes(loader):
    table = operations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True))])
    column = operations.AddField("fresh", "seq", models.IntegerField(default=0, db_index=True))

    assert wrong(loader, table, column, operations.AddConstraint("fresh", POSITIVE)) == []


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        (models.CharField(max_length=20), models.CharField(max_length=40), False),
        (models.CharField(max_length=20), models.TextField(), False),
        (models.CharField(max_length=40), models.CharField(max_length=20), True),
        (models.IntegerField(), models.BigIntegerField(), True),
        (models.IntegerField(null=True), models.IntegerField(), True),
        (models.IntegerField(), models.IntegerField(null=True), False),
        (models.IntegerField(), models.IntegerField(db_index=True), True),
    ],
    ids=count(),
)
def test_of_a_changed_column_only_what_is_a_note_may_change(loader, old, new, is_told):
    table = operations.CreateModel("Fresh", [("seq", old)])
    change: Any = Migration("0099_next", "chat")
    change.operations = [operations.AlterField("fresh", "seq", new)]
    state = before(loader)
    table.state_forwards("chat", state)

    assert bool(lint.complaints([change], state)) is is_told


CONSTRAINTS = {
    "check": models.CheckConstraint(condition=models.Q(seq__gte=0), name="chat_patient"),
    "columns": models.UniqueConstraint(fields=["conversation", "seq", "id"], name="chat_patient"),
    "deferred": models.UniqueConstraint(
        fields=["seq", "id"], name="chat_patient", deferrable=models.Deferrable.DEFERRED
    ),
    "some rows": models.UniqueConstraint(
        fields=["seq", "id"], name="chat_patient", condition=models.Q(seq__gt=5)
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("constraint", CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_a_constraint_comes_patiently_again_after_an_interruption_and_goes(loader, constraint):
    operation = AddConstraintPatiently("message", constraint)
    old, new = before(loader), before(loader)
    operation.state_forwards("chat", new)

    for _try in range(2):
        with connection.schema_editor(atomic=False) as editor:
            if connection.vendor == "postgresql" or _try == 0:
                operation.database_forwards("chat", editor, old, new)
    there = names_of_constraints()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("chat", editor, new, old)

    assert constraint.name in there
    assert constraint.name not in names_of_constraints()


def names_of_constraints() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "chat_message"))
