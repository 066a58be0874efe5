"""The judge: pure functions over what clients wrote down and what the database holds in the end.

What must always hold: acked is a subset of stored; every entitled client ends with the same list;
nothing twice, by id or client_id; numbers contiguous, the same order for all; a message whose fate
is unknown stands there once or not at all; nobody unentitled receives anything.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.chaos.history import Record

SILENT_WITHIN = 2.0  # seconds after a removal was acknowledged
SILENT_WITHOUT_REDIS = 30.0


@dataclass(frozen=True)
class Row:
    """A stored message. `is_touched`: edited, unsent or reacted to since."""

    conversation: str
    seq: int
    id: str
    revision: int
    author: str | None
    client_id: str | None
    body: str
    is_touched: bool = False

    @property
    def listed(self) -> list:
        return [self.seq, self.id, self.revision, self.body]


@dataclass(frozen=True)
class Truth:
    """The database in the end. `members`: conversation to the usernames of who takes part."""

    rows: list[Row]
    last_seqs: dict[str, int]
    members: dict[str, set[str]]

    def by_conversation(self) -> dict[str, list[Row]]:
        """Each conversation's messages, in the order of their places."""
        found: dict[str, list[Row]] = {conversation: [] for conversation in self.last_seqs}
        for row in sorted(self.rows, key=lambda row: row.seq):
            found[row.conversation].append(row)
        return found


@dataclass
class Verdict:
    """Numbers of messages, and each thing that was wrong as a sentence."""

    acked: int = 0
    stored: int = 0
    false_acks: int = 0  # of the lost ones
    lost: int = 0
    doubled: int = 0
    misordered: int = 0
    leaked: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.problems


def check(
    records: list[Record],
    truth: Truth,
    *,
    observed: set[str],
    silent_within: float = SILENT_WITHIN,
) -> Verdict:
    """Judge one fault. `observed`: the usernames of all clients that wrote a history.

    `stored` counts the messages of these histories that are in the database, `lost` what was acked
    and is not there, and what is there and never came to somebody entitled.
    """
    lies = list(false_acks(records, truth))
    findings = {
        "lost": [*lies, *missing(records, truth, observed)],
        "doubled": [*doubled_rows(truth), *doubled_copies(records), *two_answers(records)],
        "misordered": [*holes(truth), *out_of_order(records, truth), *differing(records, truth)],
        "leaked": list(leaks(records, truth, silent_within)),
    }
    said = {record["client_id"] for record in records if record["what"] == "invoke"}
    return Verdict(
        acked=len({record["client_id"] for record in records if record["what"] == "ok"}),
        false_acks=len(lies),
        stored=sum(row.client_id in said for row in truth.rows),
        problems=[problem for problems in findings.values() for problem in problems],
        **{name: len(problems) for name, problems in findings.items()},
    )


# --- Lost -----------------------------------------------------------------------------------------


def false_acks(records: Iterable[Record], truth: Truth) -> Iterator[str]:
    """Acked messages that are not stored, or not in the conversation and place that was told."""
    places = {row.client_id: (row.conversation, row.seq) for row in truth.rows}
    acks = {
        (record["client_id"], record["conversation"], record["seq"])
        for record in records
        if record["what"] == "ok"
    }
    for client_id, conversation, seq in sorted(acks):
        place = places.get(client_id)
        if place is None:
            yield f"lost: {client_id} was acked as {seq} of {conversation} and is not stored"
        elif place != (conversation, seq):
            yield f"lost: {client_id} was acked as {(conversation, seq)} and stands at {place}"


def missing(records: Iterable[Record], truth: Truth, observed: set[str]) -> Iterator[str]:
    """Stored messages that never came to a client whose person takes part: one finding each."""
    copies = _copies(records)
    for conversation, rows in truth.by_conversation().items():
        entitled = truth.members.get(conversation, set()) & observed
        lists = {user: copies.get((user, conversation), []) for user in entitled}
        have = {user: {message[1] for message in messages} for user, messages in lists.items()}
        for row in rows:
            without = sorted(user for user in entitled if row.id not in have[user])
            if without:
                names = ", ".join(without[:3])
                yield (
                    f"lost: {row.seq} of {conversation} is stored and not with {names}"
                    f" ({len(without)} of {len(entitled)})"
                )


# --- Doubled --------------------------------------------------------------------------------------


def doubled_rows(truth: Truth) -> Iterator[str]:
    """Two rows for one author and client_id, or for one id."""
    said = Counter((row.author, row.client_id) for row in truth.rows if row.client_id)
    ids = Counter(row.id for row in truth.rows)
    for key, count in (said + ids).items():
        if count > 1:
            yield f"doubled: {key} is stored {count} times"


def doubled_copies(records: Iterable[Record]) -> Iterator[str]:
    """A message that stands twice in somebody's list, or that was applied twice as news."""
    for (user, conversation), messages in _copies(records).items():
        for message, count in Counter(message[1] for message in messages).items():
            if count > 1:
                yield f"doubled: {message} stands {count} times with {user} in {conversation}"
    applied = Counter(
        (record["user"], record["conversation"], record["revision"], record.get("id"))
        for record in records
        if record["what"] == "applied" and "id" in record
    )
    for key, count in applied.items():
        if count > 1:
            yield f"doubled: {key} was applied {count} times"


def two_answers(records: Iterable[Record]) -> Iterator[str]:
    """One client_id acked with two places."""
    answers: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for record in records:
        if record["what"] == "ok":
            answers[record["client_id"]].add((record["conversation"], record["seq"]))
    for client_id, places in answers.items():
        if len(places) > 1:
            yield f"doubled: {client_id} was acked as {sorted(places)}"


# --- Misordered -----------------------------------------------------------------------------------


def holes(truth: Truth) -> Iterator[str]:
    """Places that are not 1, 2, 3 ... up to the conversation's last."""
    for conversation, rows in truth.by_conversation().items():
        seqs = [row.seq for row in rows]
        if seqs != list(range(1, truth.last_seqs[conversation] + 1)):
            missed = sorted(set(range(1, truth.last_seqs[conversation] + 1)) - set(seqs))
            yield f"misordered: {conversation} has holes at {missed[:5]}, or doubled places"


def out_of_order(records: Iterable[Record], truth: Truth) -> Iterator[str]:
    """A message that came to somebody after a later one. What was touched since may: it comes in
    its present state, under a later number."""
    untouched = {row.id for row in truth.rows if not row.is_touched}
    reached: dict[tuple[str, str], int] = defaultdict(int)
    for record in records:
        if record["what"] == "applied" and record.get("id") in untouched:
            key = record["user"], record["conversation"]
            if record["seq"] < reached[key]:
                yield f"misordered: {record['user']} got {record['id']} after {reached[key]}"
            reached[key] = max(reached[key], record["seq"])


def differing(records: Iterable[Record], truth: Truth) -> Iterator[str]:
    """A client's copy whose message has another place, number or body than the row, or no row."""
    rows = {row.id: row for row in truth.rows}
    for (user, conversation), messages in _copies(records).items():
        for message in messages:
            row = rows.get(message[1])
            if row is None:
                yield f"misordered: {user} has {message} of {conversation}, which is not stored"
            elif message != row.listed:
                yield f"misordered: {user} has {message} for {row.listed} of {conversation}"
        if [message[0] for message in messages] != sorted(message[0] for message in messages):
            yield f"misordered: the list of {user} in {conversation}"


# --- Leaked ---------------------------------------------------------------------------------------


def leaks(records: Iterable[Record], truth: Truth, silent_within: float) -> Iterator[str]:
    """Anything about a conversation that reached somebody who takes no part in it.

    Who was removed may hear for `silent_within` seconds after that was acknowledged.
    """
    records = list(records)
    ends = {
        (record["removed"], record["conversation"]): record["t"]
        for record in records
        if record["what"] == "removed"
    }
    for record in records:
        if record["what"] not in {"applied", "named"}:
            continue
        if record["user"] in truth.members.get(record["conversation"], set()):
            continue
        end = ends.get((record["user"], record["conversation"]))
        if end is None or record["t"] > end + silent_within:
            yield f"leaked: {record['user']} heard {record['type']} of {record['conversation']}"


def _copies(records: Iterable[Record]) -> dict[tuple[str, str], list[list]]:
    """Everybody's last list of each conversation, by (user, conversation)."""
    return {
        (record["user"], record["conversation"]): record["messages"]
        for record in records
        if record["what"] == "final"
    }
