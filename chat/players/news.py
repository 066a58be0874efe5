"""What a conversation hears of its shared player: the shape of it, and how processes tell it.

A report is `{"version", "watch"}`. `watch` is null once it is over, else the whole state: `video`
(an id), `duration_ms`, `position_ms` at the time `at`, `playing`, `rate` (always 1), `loops`,
`queue` [{id, video, by}], `host`, `host_only`, `people` (user ids), `count` of them, `started_at`.
A client keeps the report of the highest version and needs no other. Cards of videos do not travel
with it: each client asks what its person may see.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import live
from chat.cards import moment
from chat.live.rooms import Room
from chat.live.wire import Frame, encode
from chat.models import Conversation, Watching

Report = dict[str, Any]

# So many are named; however many there are, they are counted.
NAMED = 100
# To more than that the bus does not carry a list of names: all of the conversation hear it.
LISTED = 1024


def report_of(watching: Watching, people: Sequence[UUID]) -> Report:
    """As everybody may see it; `people` are there. In a channel nobody but its host is named
    (R27)."""
    return {
        "version": watching.version,
        "watch": _state(watching, people) if watching.is_live else None,
    }


def _state(watching: Watching, people: Sequence[UUID]) -> Report:
    named = [str(key) for key in people if not _is_nameless(watching, key)]
    return {
        "video": str(watching.video_id) if watching.video_id else None,
        "duration_ms": watching.duration_ms,
        "position_ms": watching.position_ms,
        "at": moment(watching.at),
        "playing": watching.is_playing,
        "rate": 1,
        "loops": watching.loops,
        "queue": [_entry(entry) for entry in watching.queue],
        "host": str(watching.host_id) if watching.host_id else None,
        "host_only": watching.host_only,
        "people": named[:NAMED],
        "count": len(people),
        "started_at": moment(watching.started_at),
    }


def _is_nameless(watching: Watching, person: UUID | str) -> bool:
    is_channel = watching.conversation.kind == Conversation.Kind.CHANNEL
    return is_channel and str(person) != str(watching.host_id)


def _entry(entry: Mapping[str, Any]) -> Report:
    return {"id": entry["id"], "video": entry["video"], "by": entry["by"]}


def seen_by(report: Report, blocked: Collection[str]) -> Report:
    """The same for somebody between whom and the `blocked` stands a block: no presence (R15)."""
    watch = report["watch"]
    if watch is None or not blocked:
        return report
    people = [person for person in watch["people"] if person not in blocked]
    seen = {
        "people": people,
        "count": watch["count"] - len(watch["people"]) + len(people),
        "host": None if watch["host"] in blocked else watch["host"],
    }
    return {**report, "watch": {**watch, **seen}}


def tell(
    watching: Watching, people: Sequence[UUID], *, to_all: bool, did: Report | None = None
) -> None:
    """After the commit: to those who watch, and where its outline changed to all of the
    conversation. `did` says what happened, and who did it: `{"user", "action"}`."""
    if did and _is_nameless(watching, did["user"]):
        did = None
    message = {
        "type": "conversation.watch",
        "conversation": str(watching.conversation_id),
        "report": report_of(watching, people),
        "did": did,
        "people": [str(key) for key in people] if len(people) <= LISTED else None,
        "to_all": to_all,
    }
    group = live.group_of_conversation(watching.conversation_id)
    transaction.on_commit(partial(live.publish, group, message), robust=True)


def hear(rooms: Mapping[str, Room], message: Mapping[str, Any]) -> None:
    """Write it to the sockets of this process that it is for, without whom a block hides."""
    room = rooms.get(message["conversation"])
    if room is None:
        return
    people = None if message["people"] is None else frozenset(message["people"])
    # In a large group who comes and goes is told to those who are there.
    to_all = people is None or (message["to_all"] and (not room.is_large or _is_turn(message)))
    frame = Frame(encode(_frame(message, frozenset())))
    for socket in room.sockets:
        if to_all or socket.user in (people or ()):
            hides = bool(socket.blocked and socket.blocked & (people or socket.blocked))
            socket.write(Frame(encode(_frame(message, socket.blocked))) if hides else frame)


def _is_turn(message: Mapping[str, Any]) -> bool:
    """Whether it began or ended."""
    did = message["did"] or {}
    return did.get("action") in {"start", "end"}


def _frame(message: Mapping[str, Any], blocked: frozenset[str]) -> Report:
    did = message["did"]
    if did and did["user"] in blocked:
        did = None
    seen = seen_by(message["report"], blocked)
    return {"type": "watch", "conversation": message["conversation"], **seen, "did": did}
