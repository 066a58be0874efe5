"""Words that are to be sent: they outlive the app, keep their order and are stored once."""

import json
import random
import sqlite3
from typing import Any
from uuid import uuid4

from tests.client.copy import Frame

PATIENCE = 12.0  # seconds before a message is said again on the same line
SOONEST, LATEST = 0.5, 1.5  # before it is said again after "not now"


class Outbox:
    """Of each conversation one message is under way at a time, so that "not now" lets no later one
    overtake it. It is said under its `client_id` until it is answered: the server stores it once.

    Times are seconds of one monotonic clock. It lives in the table of that name (store.py).
    """

    def __init__(self, db: sqlite3.Connection, rng: random.Random, patience: float = PATIENCE):
        self._db, self._rng, self._patience = db, rng, patience
        self._again_at: dict[str, float] = {}  # by client_id, of those that were said

    def add(self, conversation: str, body: str, **more: Any) -> str:
        """To be sent from now on; its `client_id`. `more` are fields of `message.send`."""
        client_id = str(uuid4())
        frame = {"type": "message.send", "conversation": conversation, "client_id": client_id}
        row = (client_id, conversation, json.dumps(frame | {"body": body} | more))
        self._db.execute(
            "INSERT INTO outbox (client_id, conversation, frame) VALUES (?, ?, ?)", row
        )
        return client_id

    def due(self, now: float) -> list[Frame]:
        """What is to be said now; it counts as said."""
        oldest = self._db.execute(
            "SELECT min(number), client_id, frame FROM outbox WHERE refusal IS NULL"
            " GROUP BY conversation ORDER BY 1"
        )
        due = [
            (client_id, frame)
            for _number, client_id, frame in oldest
            if self._again_at.get(client_id, now) <= now
        ]
        self._again_at |= dict.fromkeys((each for each, _frame in due), now + self._patience)
        return [json.loads(frame) for _client_id, frame in due]

    def lost(self) -> None:
        """The line is another: whatever has no answer is said again."""
        self._again_at.clear()

    def heard(self, frame: Frame, now: float) -> None:
        """An `ack`, `refused` or `error` with a client_id; any other one is nothing to it.

        `unavailable` leaves open whether it was stored. Other refusals are final: the message waits
        for the person, who gives it up or writes another.
        """
        client_id = frame.get("client_id", "")
        if frame["type"] == "ack":
            self._remove(client_id)
        elif frame["code"] == "unavailable":
            self._again_at[client_id] = now + self._rng.uniform(SOONEST, LATEST)
        else:
            refused = (frame["code"], client_id)
            self._db.execute("UPDATE outbox SET refusal = ? WHERE client_id = ?", refused)

    def give_up(self, client_id: str) -> None:
        """The person does not want it sent any more, after it was refused."""
        self._remove(client_id)

    def waiting(self, conversation: str) -> list[Frame]:
        """What is shown below the conversation, with the `refusal` of those that have one."""
        found = self._db.execute(
            "SELECT frame, refusal FROM outbox WHERE conversation = ? ORDER BY number",
            (conversation,),
        )
        return [json.loads(frame) | {"refusal": refusal} for frame, refusal in found]

    def __len__(self) -> int:
        return self._db.execute("SELECT count(*) FROM outbox WHERE refusal IS NULL").fetchone()[0]

    def _remove(self, client_id: str) -> None:
        self._again_at.pop(client_id, None)
        self._db.execute("DELETE FROM outbox WHERE client_id = ?", (client_id,))
