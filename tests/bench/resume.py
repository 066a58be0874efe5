"""Everybody comes back at once: how long until all have what they missed, and who else waits."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests import services
from tests.bench import audit, load, web, world
from tests.bench.cases import Case
from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.stack import Stack

MISSED = 20  # messages in each conversation
PAUSE = 0.05  # seconds between two requests of the one who uses the API meanwhile


def measure(stack: Stack, case: Case) -> Run:
    """Seconds from the first connection until the last has all; the API's p95 meanwhile."""
    rooms = world.rooms(case)
    port = services.free_port()
    members = web.members_of(rooms, [port], senders=0, cursor=0)
    storm = load.Plan(
        members, rooms=case.rooms, missed=MISSED, opening=len(members), patience=90, settle=90
    )
    _say_what_is_missed(rooms, storm)
    with (
        web.web(stack, port),
        _api_user(port, rooms[0]) as requests,
        load.load_client(stack.programs.load, storm) as client,
    ):
        answer = client.answer()
    slow = percentile([each.seconds for each in requests], 0.95)
    refused = [f"the API answered {each.status}" for each in requests if each.status != 200]
    return Run(
        {"resumed_s": answer.opened_s, "api_p95_ms": slow * 1e3, "retries": answer.retries},
        audit.delivery_faults(answer) + refused,
    )


def _say_what_is_missed(rooms: list[world.Place], plan: load.Plan) -> None:
    from chat.models import Conversation, Message

    Message.objects.bulk_create(
        Message(
            conversation_id=room.id,
            seq=seq,
            revision=seq,
            author_id=room.members[0].id,
            body=plan.mark(number, seq - 1),
        )
        for number, room in enumerate(rooms)
        for seq in range(1, MISSED + 1)
    )
    Conversation.objects.update(last_seq=MISSED, revision=MISSED)


@dataclass(frozen=True)
class Request:
    """What one request of the API came to."""

    status: int
    seconds: float


@contextmanager
def _api_user(port: int, room: world.Place) -> Iterator[list[Request]]:
    """Somebody reads the room's history over and over; every request made meanwhile."""
    requests: list[Request] = []
    done = threading.Event()
    _read_history(port, room)  # the first of all imports what the others find
    reader = threading.Thread(target=_read_until, args=(done, port, room, requests))
    reader.start()
    try:
        yield requests
    finally:
        done.set()
        reader.join()


def _read_until(done: threading.Event, port: int, room: world.Place, requests: list) -> None:
    while not done.wait(PAUSE):
        requests.append(_read_history(port, room))


def _read_history(port: int, room: world.Place) -> Request:
    began = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    cookie = f"sessionid={room.members[-1].session_key}"
    line.request("GET", f"/api/v1/conversations/{room.id}/messages/", headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    line.close()
    return Request(answer.status, time.perf_counter() - began)
