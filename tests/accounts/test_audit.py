"""The audit log: every deed and look, append-only, and whoever tampers with it is found."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from accounts.audit import guards, record, verify
from accounts.audit.hashing import hash_of
from accounts.models import AuditEntry, AuditHead
from accounts.models.audit import GENESIS
from tests.factories import make_user


@pytest.fixture
def log(mod) -> list[AuditEntry]:
    """Five entries."""
    return [record(mod, "case.looked", kind="message", object_id=uuid4(), at=n) for n in range(5)]


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate accounts_auditentry")


CHANGES: list[Callable[[], object]] = [
    lambda: AuditEntry.objects.filter(number=2).update(verb="case.kept"),
    lambda: AuditEntry.objects.filter(number=2).delete(),
    lambda: AuditEntry.objects.all().delete(),
    # SQLite has no such statement.
    *([truncate] if connection.vendor == "postgresql" else []),
]


def breaks() -> list[str]:
    return [str(each) for each in verify()]


def test_each_entry_follows_the_one_before(mod):
    key = uuid4()

    first = record(mod, "case.claimed", kind="video", object_id=key)
    second = record(None, "transparency.counted", period="2026-1")

    assert (first.number, first.previous, first.object_id) == (1, GENESIS, key)
    assert (second.number, second.previous, second.actor) == (2, first.hash, None)
    assert breaks() == []


def test_facts_come_back_as_their_hash_knew_them(mod, ana):
    record(mod, "person.corrected", at=1.5, ids={3, 1}, who=ana.pk, deep={"a": (None, True)})

    entry = AuditEntry.objects.get()
    assert entry.facts == {
        "at": "1.5",
        "ids": [1, 3],
        "who": str(ana.pk),
        "deep": {"a": [None, True]},
    }
    assert breaks() == []


def test_what_is_taken_back_was_never_written(mod, log):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(mod, "case.decided")
        raise ZeroDivisionError

    assert record(mod, "case.noted").number == 6
    assert breaks() == []


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_or_delete(log, change: Callable[[], None]):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()

    assert AuditEntry.objects.count() == 5


def test_whoever_leaves_stays_in_the_log_as_a_number(log, mod):
    key = mod.pk

    mod.delete()

    entry = AuditEntry.objects.select_related("actor").get(number=1)
    assert (entry.actor_id, entry.actor) == (key, None)
    assert breaks() == []


def edit() -> None:
    AuditEntry.objects.filter(number=3).update(facts={"at": 99})


def edit_and_hash_again() -> None:
    entry = AuditEntry.objects.get(number=3)
    entry.facts = {"at": 99}
    AuditEntry.objects.filter(number=3).update(facts=entry.facts, hash=hash_of(entry))


def delete() -> None:
    AuditEntry.objects.filter(number=3).delete()


def delete_the_last() -> None:
    AuditEntry.objects.filter(number=5).delete()


def swap() -> None:
    AuditEntry.objects.filter(number=2).update(number=100)
    AuditEntry.objects.filter(number=4).update(number=2)
    AuditEntry.objects.filter(number=100).update(number=4)


def forged(number: int, previous: str) -> None:
    entry = AuditEntry(number=number, at=_some_time(), verb="case.kept", previous=previous)
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)


def insert_between() -> None:
    for number in (5, 4):
        AuditEntry.objects.filter(number=number).update(number=F("number") + 1)
    forged(4, AuditEntry.objects.get(number=3).hash)


def append_without_the_head() -> None:
    forged(6, AuditEntry.objects.get(number=5).hash)


def _some_time():
    return AuditEntry.objects.get(number=1).at


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (edit, ["entry 3: edited"]),
        (edit_and_hash_again, ["entry 4: unchained"]),
        (delete, ["entry 3: missing"]),
        (delete_the_last, ["entry 5: missing"]),
        (swap, ["entry 2: edited", "entry 4: edited"]),
        (insert_between, ["entry 5: edited", "entry 6: added"]),
        (append_without_the_head, ["entry 6: added"]),
    ],
)
def test_tampering_is_found_and_named(log, tamper: Callable[[], None], found: list[str]):
    with transaction.atomic(), guards.aside(connection):
        tamper()

    assert [each for each in breaks() if each in found] == found
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit")


def test_a_log_that_was_made_anew_is_told_by_an_old_head(log, capsys):
    call_command("verify_audit")
    anchor = capsys.readouterr().out.rpartition(" ")[2].strip()
    with transaction.atomic(), guards.aside(connection):
        AuditEntry.objects.all().delete()
        AuditHead.objects.all().delete()
        record(make_user(), "case.looked")

    call_command("verify_audit")
    with pytest.raises(CommandError, match="made anew"):
        call_command("verify_audit", expect=anchor)


def test_an_old_head_is_still_part_of_the_log(log, capsys):
    call_command("verify_audit")
    anchor = capsys.readouterr().out.rpartition(" ")[2].strip()
    record(None, "case.looked")

    call_command("verify_audit", expect=anchor)

    assert "whole. Head: 6:" in capsys.readouterr().out


def test_one_entry_costs_few_queries(mod, django_assert_max_num_queries):
    record(mod, "case.looked")

    with django_assert_max_num_queries(5):  # two of them the savepoint
        record(mod, "case.looked")
