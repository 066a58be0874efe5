"""What each client did and heard, as JSON lines: one file a client, one folder a fault.

Every record has `t` (seconds of one monotonic clock for all), `user` and `what`:

- `invoke`  client_id, conversation: a message is to be sent; from here on it is said until answered
- `ok`      client_id, conversation, seq, revision, via: acked, once for each answer
- `fail`    client_id, conversation, code: refused for good
- `unsure`  client_id, conversation: told that it is not possible just now; it is said again
- `unknown` client_id, conversation: never answered; it may be stored once or not at all
- `applied` conversation, type, revision, seq, id, body: a numbered event that changed the client's
  copy
- `named`   conversation, type: a frame about a conversation that is not the client's
- `ended`   conversation: the client was told that it is out, and dropped it
- `removed` conversation, removed: somebody's removal was acknowledged to its owner
- `open`, `dropped`: a welcome, and the end of a connection with its close code
- `final`   conversation, messages: the client's copy at the end, `[seq, id, revision, body]` each
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

Record = dict[str, Any]


class History:
    """One client's file. `begin` starts a new one in another folder."""

    def __init__(self, user: str) -> None:
        self.user = user
        self._file: TextIO | None = None

    def begin(self, folder: Path) -> None:
        self.close()
        self._file = (folder / f"{self.user}.jsonl").open("w", encoding="utf-8")

    def note(self, what: str, **fields: Any) -> None:
        """Write one record; nothing is kept before the first `begin`."""
        if self._file is not None:
            record = {"t": round(time.monotonic(), 4), "user": self.user, "what": what, **fields}
            self._file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def read(folder: Path) -> list[Record]:
    """All records of a folder, in the order of time."""
    records = [record for path in folder.glob("*.jsonl") for record in _lines(path)]
    return sorted(records, key=lambda record: record["t"])


def _lines(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
