"""What clients say: everything five times, and things that make no sense."""

import asyncio
import json
import random
import socket
import time
import zlib
from dataclasses import dataclass, field

from tests.chaos import raw
from tests.chaos.stage import Stage
from tests.chaos.world import Person

TIMES = 5
FRAMES = 10_000
FRAMES_A_LINE = 100  # below the burst of the flood limit
SIDE_BY_SIDE = 4
ANSWERED_WITHIN = 1.0
OTHERS_LIMIT = 2.0
LARGEST = 64 * 1024
TRACES = (b"Traceback", b'File "', b".py", b"Error(")


async def five_times(stage: Stage) -> None:
    """Each message three times over the socket and twice over REST: one row, the same answer."""
    stage.load.times = TIMES
    began = stage.now
    try:
        await stage.last(10)
    finally:
        stage.load.times = 1
    stage.sends_succeed(began)
    stage.afterwards.append(lambda: _both_doors_answered(stage))


async def _both_doors_answered(stage: Stage) -> None:
    """REST says 201 to the first and 200 to what it knows already, and nothing else."""
    statuses = stage.load.statuses
    stage.notes.append(f"REST answered {dict(sorted(statuses.items()))}")
    stage.expect(statuses.keys() <= {200, 201} and bool(statuses[200]), f"REST said {statuses}")


async def fuzz(stage: Stage) -> None:
    """10,000 broken frames, too large ones and a compressed bomb: no crash, no traceback, refused
    within a second, and nobody else notices."""
    began = stage.now
    deaths = [web.deaths for web in stage.stack.webs]
    lines = stage.count(FRAMES) // FRAMES_A_LINE
    result = Fuzzed()
    turns = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(number: int) -> None:
        rng = random.Random(f"{stage.rng.random()} {number}")
        person = stage.load.world.outsiders[number % len(stage.load.world.outsiders)]
        async with turns:
            await _fuzz_line(stage, rng, person, number, result)

    await asyncio.gather(*(one(number) for number in range(lines + len(MONSTERS))))
    _judge(stage, result, began)
    alive = [web.is_alive for web in stage.stack.webs]
    stage.expect(all(alive), "a web process crashed")
    stage.expect([web.deaths for web in stage.stack.webs] == deaths, "a web process crashed")


def _judge(stage: Stage, result: "Fuzzed", began: float) -> None:
    stage.notes.append(f"{result.frames} frames, {result.closed} lines closed by them")
    stage.expect(not result.traces, f"a traceback was sent: {result.traces[:1]}")
    stage.expect(not result.leaks, f"an outsider heard: {result.leaks[:1]}")
    stage.within(max(result.waits, default=None), ANSWERED_WITHIN, "slowest refusal")
    stage.recovered(max(result.waits, default=None))
    stage.acks_within(OTHERS_LIMIT, began, "others' ack p99")
    stage.sends_succeed(began)
    stage.expect(stage.load.all_open(), "others lost their sockets")


@dataclass
class Fuzzed:
    """What came of all lines. `waits`: seconds until the answer, or the close, after each burst."""

    frames: int = 0
    closed: int = 0
    waits: list[float] = field(default_factory=list)
    traces: list[bytes] = field(default_factory=list)
    leaks: list[bytes] = field(default_factory=list)


async def _fuzz_line(
    stage: Stage, rng: random.Random, person: Person, number: int, result: Fuzzed
) -> None:
    """One connection: broken frames, at last a monster that has to close it, or a plain question
    that has to be answered."""
    line = await raw.connect(stage.stack.ports[number % 2], person.key)
    try:
        rooms = sorted(stage.load.world.owners)
        frames = [_frame(rng, rooms) for _ in range(FRAMES_A_LINE)]
        if number < len(MONSTERS):
            frames = [*frames[:5], MONSTERS[number]()]
        else:
            frames.append(raw.text({"type": "no.such.type", "id": "last"}))
        result.frames += len(frames)
        heard = await _send_all(line, b"".join(frames), result)
    finally:
        line.close()
    result.traces += [heard for trace in TRACES if trace in heard]
    result.leaks += [heard] if b'"type":"events"' in heard else []


async def _send_all(line: socket.socket, burst: bytes, result: Fuzzed) -> bytes:
    """Everything heard until the answer to the last frame, or until the close."""
    loop = asyncio.get_running_loop()
    heard = b""
    sending = asyncio.create_task(loop.sock_sendall(line, burst))
    began = time.monotonic()
    try:
        async with asyncio.timeout(raw.PATIENCE):
            while b'"id":"last"' not in heard:
                chunk = await loop.sock_recv(line, raw.CHUNK)
                if not chunk:
                    raise ConnectionResetError
                heard += chunk
    except ConnectionError:
        result.closed += 1
    except TimeoutError:
        pass  # the wait itself says that nothing came
    finally:
        sending.cancel()
    result.waits.append(time.monotonic() - began)
    return heard


# --- Frames ---------------------------------------------------------------------------------------

KINDS = (
    *("hello", "message.send", "message.edit", "message.unsend", "reaction.add"),
    *("reaction.remove", "poll.vote", "read", "typing", "pong", "", "\x00", "__class__"),
)
FIELDS = (
    *("conversation", "client_id", "body", "seq", "emoji", "reply_to", "share", "media"),
    *("mentions", "cursors", "id", "ticket"),
)


def _frame(rng: random.Random, rooms: list[str]) -> bytes:
    """One complete text frame that a client after the contract would never send."""
    make = rng.choice((_noise, _cut, _deep, _of_wrong_types, _of_wrong_types, _of_wrong_types))
    return raw.frame(make(rng, rooms))


def _noise(rng: random.Random, rooms: list[str]) -> bytes:
    letters = "".join(chr(rng.randrange(0x20, 0xD7FF)) for _ in range(rng.randrange(200)))
    return letters.encode()


def _cut(rng: random.Random, rooms: list[str]) -> bytes:
    """JSON that ends too early."""
    whole = json.dumps({"type": "message.send", "conversation": rng.choice(rooms), "body": "x"})
    return whole[: rng.randrange(len(whole))].encode()


def _deep(rng: random.Random, rooms: list[str]) -> bytes:
    depth = rng.choice((10, 1000, 20_000))
    return b'{"type":' + b"[" * depth + b"]" * depth + b"}"


def _of_wrong_types(rng: random.Random, rooms: list[str]) -> bytes:
    said: dict[str, object] = {"type": rng.choice(KINDS)}
    for name in rng.sample(FIELDS, rng.randrange(len(FIELDS))):
        said[name] = _value(rng, rooms)
    return json.dumps(said).encode()


def _value(rng: random.Random, rooms: list[str]) -> object:
    """Something that is no such field; real conversations are among it, of other people."""
    wrong: list[object] = [
        None,
        True,
        -1,
        0,
        1.5,
        2**63,
        10**30,
        "",
        "x" * 5000,
        [],
        [[]],
        {},
        {"a": []},
    ]
    wrong += ["\x00", "\ud800", "' OR 1=1 --", "../../etc", "1e999", *rng.sample(rooms, 2)]
    return rng.choice(wrong)


def _compressed_bomb() -> bytes:
    """10 MiB of zeros in a few kilobytes, claiming a compression that nobody agreed upon."""
    return raw.frame(zlib.compress(bytes(10 * 2**20)), first=raw.FINAL | raw.RSV1)


def _never_ending() -> bytes:
    """Fragments without an end, beyond what a message may have."""
    piece = b"x" * 60_000
    return raw.frame(piece, first=0) + b"".join(raw.frame(piece, 0, first=0) for _ in range(10))


MONSTERS = (
    lambda: raw.text({"type": "typing", "conversation": "x" * (LARGEST + 1)}),
    lambda: raw.frame(b"x" * (2 * 2**20)),
    _compressed_bomb,
    _never_ending,
    lambda: raw.frame(b"\xff\xfe\xfd"),  # no UTF-8
    lambda: raw.frame(b"", 0xF),  # no such opcode
    lambda: raw.frame(b"\x00" * 200, raw.CLOSE),  # too long for a control frame
    lambda: bytes(10_000),  # unmasked
)
