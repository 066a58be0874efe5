"""Tests that commit leave the database empty, in one statement.

Django's own way, `flush`, truncates every table and makes all content types and permissions anew:
a fifth of a second after each test. Here what the migrations made of those stays, and so do its
ids; everything else is deleted.
"""

from contextlib import ExitStack
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

from accounts.audit import guards
from accounts.models import AuditEntry
from commerce.ledger import guards as ledger_guards
from commerce.models import LedgerTransaction

KEPT = {
    *("django_migrations", "django_content_type"),
    *("auth_permission", "auth_group", "auth_group_permissions"),
}


def instead_of_flush() -> None:
    """From now on the tests of this process are cleaned up after in this way."""
    setattr(TransactionTestCase, "_fixture_teardown", lambda _self: empty())  # noqa: B010


def empty() -> None:
    """Delete every row but those of `KEPT`; sequences go on."""
    with transaction.atomic(), _without_guards(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("; ".join(_deletions()))
        else:
            for deletion in _deletions():
                cursor.execute(deletion)
    ContentType.objects.clear_cache()  # or the next test would count other queries than alone


def _without_guards() -> ExitStack:
    """Where a test wrote to the audit log or the ledger, which let nothing be deleted."""
    asides = ExitStack()
    if AuditEntry.objects.exists():
        asides.enter_context(guards.aside(connection))
    if LedgerTransaction.objects.exists():
        asides.enter_context(ledger_guards.aside(connection))
    return asides


@cache
def _deletions() -> list[str]:
    # Foreign keys are checked at the commit (Django defers them), so the order is nothing.
    found = set(connection.introspection.table_names()) - KEPT - _kept_by_sqlite()
    return [f"DELETE FROM {connection.ops.quote_name(name)}" for name in sorted(found)]


def _kept_by_sqlite() -> set[str]:
    """The tables in which full-text search keeps its own books; it empties them itself."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
        return {name for (name,) in cursor.fetchall()}
