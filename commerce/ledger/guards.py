"""What makes the database itself refuse to change the ledger, or to hold one that is not even.

Of an entry only this may change: when it is free, which payout it is part of, and that its person
left. SQLite has no checks that wait for the commit: there posting.py alone counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES, TRANSACTIONS = "commerce_ledgerentry", "commerce_ledgertransaction"
REFUSAL = "The ledger is append-only."
FIXED = "transaction_id, account, shop_id, line_id, currency, amount"

# By name: on which event, of which table, and where that is not always wrong.
REFUSED = {
    "commerce_ledger_kept": ("delete", ENTRIES, ""),
    "commerce_ledger_fixed": (f"update of {FIXED}", ENTRIES, ""),
    "commerce_ledger_person": (
        "update of person_id",
        ENTRIES,
        "when (new.person_id is not null)",
    ),
    "commerce_ledger_told": ("update", TRANSACTIONS, ""),
    "commerce_ledger_telling": ("delete", TRANSACTIONS, ""),
}
EVEN = """
create function commerce_ledger_even() returns trigger language plpgsql as $$ begin
  if (select sum(amount) from commerce_ledgerentry where transaction_id = new.transaction_id) <> 0
  then raise exception 'The entries of a ledger transaction must sum to zero.'
    using errcode = 'check_violation';
  end if;
  return null;
end $$
"""
POSTGRES = (
    "create function commerce_ledger_refuses() returns trigger language plpgsql as"
    f" $$ begin raise exception '{REFUSAL}' using errcode = 'restrict_violation'; end $$",
    EVEN,
    *(
        f"create trigger {name} before {event} on {table} for each row {when}"
        " execute function commerce_ledger_refuses()"
        for name, (event, table, when) in REFUSED.items()
    ),
    f"create constraint trigger commerce_ledger_sum after insert on {ENTRIES}"
    " deferrable initially deferred for each row execute function commerce_ledger_even()",
)
POSTGRES_AWAY = (
    f"drop trigger commerce_ledger_sum on {ENTRIES}",
    *(f"drop trigger {name} on {table}" for name, (_event, table, _when) in REFUSED.items()),
    "drop function commerce_ledger_even()",
    "drop function commerce_ledger_refuses()",
)
SQLITE = tuple(
    f"create trigger {name} before {event} on {table} {when}"
    f" begin select raise(abort, '{REFUSAL}'); end"
    for name, (event, table, when) in REFUSED.items()
)
SQLITE_AWAY = tuple(f"drop trigger {name}" for name in REFUSED)


def set_up(connection: BaseDatabaseWrapper) -> None:
    """From now on the ledger is only added to."""
    _execute(connection, POSTGRES if connection.vendor == "postgresql" else SQLITE)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """It may be changed: for a migration backwards, and for tests that tidy up."""
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
