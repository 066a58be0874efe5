"""The database's side of the story, read with plain SQL after everything settled."""

from collections import defaultdict

import psycopg

from tests.chaos.checker import Row, Truth

ROWS = """
    SELECT message.conversation_id::text, seq, message.id::text, revision, username,
           client_id::text, body,
           edited_at IS NOT NULL OR unsent_at IS NOT NULL
           OR EXISTS (SELECT FROM chat_reaction WHERE message_id = message.id)
    FROM chat_message message LEFT JOIN accounts_user author ON author.id = author_id
"""
MEMBERS = """
    SELECT conversation_id::text, username
    FROM chat_membership JOIN accounts_user member ON member.id = user_id WHERE state = 'active'
"""


def read(url: str) -> Truth:
    """Every message and who takes part, in one snapshot."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        members: dict[str, set[str]] = defaultdict(set)
        for conversation, username in connection.execute(MEMBERS):
            members[conversation].add(username)
        return Truth(
            rows=[Row(*row) for row in connection.execute(ROWS)],
            last_seqs=dict(
                connection.execute("SELECT id::text, last_seq FROM chat_conversation").fetchall()
            ),
            members=dict(members),
        )


def heads(url: str) -> dict[str, int]:
    """How far each conversation has come."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT id::text, revision FROM chat_conversation").fetchall()
    return dict(found)


TOLD = """
    SELECT receiver.username, actor.username
    FROM accounts_notificationactor did
    JOIN accounts_notification line ON line.id = did.notification_id
    JOIN accounts_user receiver ON receiver.id = line.user_id
    JOIN accounts_user actor ON actor.id = did.actor_id
    WHERE line.kind = 'accounts.follow' AND line.withdrawn_at IS NULL
"""
MISCOUNTED = """
    SELECT count(*) FROM accounts_notification line
    WHERE line.kind = 'accounts.follow' AND actor_count <> (
        SELECT count(*) FROM accounts_notificationactor WHERE notification_id = line.id
    )
"""


def told(url: str) -> list[tuple[str, str]]:
    """(who was told, of whom) for each follow that anybody was told of, sorted."""
    with psycopg.connect(url) as connection:
        return sorted(connection.execute(TOLD).fetchall())


def miscounted_lines(url: str) -> int:
    """Lines that count more or fewer people than did it."""
    with psycopg.connect(url) as connection:
        row = connection.execute(MISCOUNTED).fetchone()
    return row[0] if row else 0


def waiting_jobs(url: str) -> int:
    """Outbox rows that are neither done nor put aside."""
    query = "SELECT count(*) FROM accounts_outboxjob WHERE done_at IS NULL AND parked_at IS NULL"
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else 0
