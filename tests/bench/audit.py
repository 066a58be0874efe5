"""After each run the database is asked: are there as many rows as acks, and no hole?"""

import time
from collections.abc import Callable

import psycopg

from tests.bench.load import Answer

LATE_ROWS = 3.0  # seconds: peers may tell a message before it is stored

FACTS = """
    SELECT conversation.last_seq, conversation.revision, count(message.id),
           coalesce(min(message.seq), 1), coalesce(max(message.seq), 0),
           coalesce(bool_and(message.revision >= message.seq), true)
    FROM chat_conversation AS conversation
    LEFT JOIN chat_message AS message ON message.conversation_id = conversation.id
    GROUP BY conversation.id
"""


def faults(answer: Answer) -> list[str]:
    """Everything wrong with a run that Medley served, one sentence each; none where all is well."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        lines = cursor.fetchall()
    found = [fault for line in lines for fault in line_faults(*line)]
    return found + answer_faults(answer, stored=sum(line[2] for line in lines))


def line_faults(
    last_seq: int, revision: int, rows: int, first: int, last: int, covered: bool
) -> list[str]:
    """What is wrong with one conversation's number line."""
    found = []
    if first != 1 or not rows == last == last_seq:
        found.append(f"{rows} rows numbered {first} to {last}, the line says {last_seq}")
    if revision < last_seq or not covered:
        found.append("a revision lies below its place")
    return found


def answer_faults(answer: Answer, stored: int) -> list[str]:
    """What is wrong between what clients saw and what is stored."""
    found = []
    if stored != answer.acks:
        found.append(f"{stored} rows, {answer.acks} acks")
    if answer.said != answer.acks:
        found.append(f"{answer.said} said, {answer.acks} acks")
    return found + delivery_faults(answer)


def delivery_faults(answer: Answer) -> list[str]:
    """What is wrong with what members heard, whatever is stored."""
    found = []
    if answer.missing or answer.incomplete or answer.strange:
        found.append(
            f"{answer.missing} deliveries missing, {answer.incomplete} messages not everywhere, "
            f"{answer.strange} from nowhere"
        )
    if not answer.one_order:
        found.append("members heard them in different orders")
    if answer.closed:
        found.append(f"{answer.closed} members were closed")
    return found


def rows_of(address: str, query: str) -> Callable[[Answer], list[str]]:
    """A check of another server's storage: `query` counts its rows, one for each message said.

    A peer that stores nothing would be measured doing less than it is said to do.
    """

    def faults(answer: Answer) -> list[str]:
        until = time.monotonic() + LATE_ROWS
        with psycopg.connect(address, autocommit=True) as database:
            while (rows := _first(database, query)) < answer.said and time.monotonic() < until:
                time.sleep(0.1)
        return [] if rows >= answer.said else [f"{answer.said} said, {rows} rows stored"]

    return faults


def _first(database: psycopg.Connection, query: str) -> int:
    try:
        row = database.execute(query.encode()).fetchone()
    except psycopg.errors.UndefinedTable:  # one who never stored anything has not made it
        return 0
    return row[0] if row else 0
