"""What a client keeps on its device: one SQLite file of one person."""

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tests.client.copy import Card, Copy

SCHEMA = """
CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, cursor INTEGER NOT NULL, begins INTEGER NOT NULL,
    read_here INTEGER NOT NULL, card TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL, expires_at TEXT, card TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS expiring ON message (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS draft (
    conversation TEXT PRIMARY KEY, is_told INTEGER NOT NULL, card TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL, refusal TEXT, frame TEXT NOT NULL
);
"""
TABLES = ("known", "conversation", "message", "draft", "outbox")


class Store:
    """Cards are those of REST, as JSON. What belongs together is written inside `changing()`: an
    app that dies between a message and its cursor would have a hole that nobody finds."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.executescript(SCHEMA)

    def changing(self) -> AbstractContextManager[object]:
        """One transaction; not to be entered twice."""
        return self.db

    def close(self) -> None:
        self.db.close()

    def empty(self) -> None:
        """Somebody else signs in, or nobody is signed in any more."""
        with self.changing():
            for table in TABLES:
                self.db.execute(f"DELETE FROM {table}")

    # --- Whose it is ----------------------------------------------------------------------------

    def known(self, name: str) -> str:
        """The person's id (`me`), session token (`key`), or the tag of their list; or nothing."""
        row = self._one("SELECT value FROM known WHERE name = ?", name)
        return row[0] if row else ""

    def know(self, **values: str) -> None:
        self.db.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", values.items())

    # --- Conversations --------------------------------------------------------------------------

    def copies(self) -> dict[str, Copy]:
        """Everything as it was left."""
        found = self.db.execute("SELECT id, cursor, begins FROM conversation").fetchall()
        return {id: Copy(cursor, cursor, begins, self.messages(id)) for id, cursor, begins in found}

    def messages(self, conversation: str) -> "Messages":
        return Messages(self.db, conversation)

    def card(self, conversation: str) -> Card | None:
        """Its row of the list, without the last message; None where it is not the person's."""
        row = self._one("SELECT card FROM conversation WHERE id = ?", conversation)
        return json.loads(row[0]) if row else None

    def add(self, card: Card, copy: Copy) -> None:
        row = (card["id"], copy.cursor, copy.begins, card["read_seq"], json.dumps(card))
        self.db.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?)", row)

    def keep(self, card: Card) -> None:
        """What the server says was read is read here too, never the other way round."""
        self.db.execute(
            "UPDATE conversation SET card = ?, read_here = max(read_here, ?) WHERE id = ?",
            (json.dumps(card), card["read_seq"], card["id"]),
        )

    def keep_place(self, conversation: str, copy: Copy) -> None:
        self.db.execute(
            "UPDATE conversation SET cursor = ?, begins = ? WHERE id = ?",
            (copy.cursor, copy.begins, conversation),
        )

    def forget(self, conversation: str) -> None:
        self.db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
        self.db.execute("DELETE FROM message WHERE conversation = ?", (conversation,))
        self.db.execute("DELETE FROM draft WHERE conversation = ?", (conversation,))

    def expire(self, now: str) -> None:
        """Drop what was to disappear by `now` (RFC 3339, UTC)."""
        self.db.execute("DELETE FROM message WHERE expires_at <= ?", (now,))

    # --- What was read --------------------------------------------------------------------------

    def read(self, conversation: str, seq: int) -> None:
        """The person looked at everything up to here, on this device."""
        self.db.execute(
            "UPDATE conversation SET read_here = max(read_here, ?) WHERE id = ?",
            (seq, conversation),
        )

    def read_here(self, conversation: str) -> int:
        row = self._one("SELECT read_here FROM conversation WHERE id = ?", conversation)
        return row[0] if row else 0

    def unread_elsewhere(self) -> list[tuple[str, int]]:
        """Places of conversations that the server does not know to be read."""
        return self.db.execute(
            "SELECT id, read_here FROM conversation WHERE read_here > card ->> '$.read_seq'"
        ).fetchall()

    # --- Drafts ---------------------------------------------------------------------------------

    def draft(self, conversation: str) -> Card | None:
        row = self._one("SELECT card FROM draft WHERE conversation = ?", conversation)
        return json.loads(row[0]) if row else None

    def keep_draft(self, card: Card, *, is_told: bool) -> None:
        """Empty words that the server knows of are no draft any more."""
        row = (card["conversation"], is_told, json.dumps(card))
        self.db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", row)
        self.db.execute("DELETE FROM draft WHERE is_told AND card ->> '$.body' = ''")

    def drafts_to_tell(self) -> list[Card]:
        found = self.db.execute("SELECT card FROM draft WHERE NOT is_told ORDER BY conversation")
        return [json.loads(card) for (card,) in found]

    def forget_drafts(self, conversation: str = "") -> None:
        """That one, or all that the server knows of: they are read anew."""
        self.db.execute(
            "DELETE FROM draft WHERE conversation = ?1 OR (?1 = '' AND is_told)", (conversation,)
        )

    def _one(self, query: str, *values: Any) -> Any:
        return self.db.execute(query, values).fetchone()


class Messages(MutableMapping[int, Card]):
    """The messages of one conversation by their places, in order."""

    def __init__(self, db: sqlite3.Connection, conversation: str) -> None:
        self._db, self._conversation = db, conversation

    def __getitem__(self, seq: int) -> Card:
        row = self._ask("SELECT card FROM message WHERE conversation = ? AND seq = ?", seq)
        if row is None:
            raise KeyError(seq)
        return json.loads(row[0])

    def __setitem__(self, seq: int, card: Card) -> None:
        row = (self._conversation, seq, card.get("expires_at"), json.dumps(card))
        self._db.execute("INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?)", row)

    def __delitem__(self, seq: int) -> None:
        if seq not in self:
            raise KeyError(seq)
        where = (self._conversation, seq)
        self._db.execute("DELETE FROM message WHERE conversation = ? AND seq = ?", where)

    def __iter__(self) -> Iterator[int]:
        query = "SELECT seq FROM message WHERE conversation = ? ORDER BY seq"
        return (seq for (seq,) in self._db.execute(query, (self._conversation,)).fetchall())

    def __len__(self) -> int:
        return self._ask("SELECT count(*) FROM message WHERE conversation = ?")[0]

    def _ask(self, query: str, *values: int) -> Any:
        return self._db.execute(query, (self._conversation, *values)).fetchone()
