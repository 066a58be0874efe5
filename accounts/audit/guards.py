"""What makes the database itself refuse to change or delete an entry of the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "accounts_auditentry"
REFUSAL = "The audit log is append-only."

POSTGRES = (
    "create function accounts_audit_refuses() returns trigger language plpgsql as"
    f" $$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$",
    f"create trigger accounts_audit_rows before update or delete on {TABLE}"
    " for each row execute function accounts_audit_refuses()",
    f"create trigger accounts_audit_table before truncate on {TABLE}"
    " for each statement execute function accounts_audit_refuses()",
)
POSTGRES_AWAY = (
    f"drop trigger accounts_audit_table on {TABLE}",
    f"drop trigger accounts_audit_rows on {TABLE}",
    "drop function accounts_audit_refuses()",
)
SQLITE = tuple(
    f"create trigger accounts_audit_{event} before {event} on {TABLE}"
    f" begin select raise(abort, '{REFUSAL}'); end"
    for event in ("update", "delete")
)
SQLITE_AWAY = tuple(f"drop trigger accounts_audit_{event}" for event in ("update", "delete"))


def set_up(connection: BaseDatabaseWrapper) -> None:
    """From now on entries are only added."""
    _execute(connection, POSTGRES if connection.vendor == "postgresql" else SQLITE)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """They may be changed: for a migration backwards, and for tests that tamper."""
    _execute(connection, POSTGRES_AWAY if connection.vendor == "postgresql" else SQLITE_AWAY)


@contextmanager
def aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the guards for the length of a block inside a transaction: tests tidy up so."""
    take_away(connection)
    yield
    set_up(connection)


def _execute(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
