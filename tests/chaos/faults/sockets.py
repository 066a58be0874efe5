"""Lines that die silently, clients that never read, and everybody coming back at once."""

import asyncio
import socket

from tests.chaos import probe, raw
from tests.chaos.client import Client
from tests.chaos.processes import memory
from tests.chaos.proxy import Proxy
from tests.chaos.stage import Stage, percentile
from tests.client import rest

NOTICED_WITHIN = 35.0
REAPED_WITHIN = 60.0
SLACK = 1.0  # of timers, the tests' own included

READERS_LIMIT = 1.0  # ack p99 of everybody else
SLOW_CLOSED_WITHIN = 30.0
MEMORY_LIMIT = 64 * 2**20
LOUD_RATE = 10.0  # messages a second
LOUD_BODY = "\N{GRINNING FACE}" * 9_000  # 36 KB
RECEIVE_BUFFER = 4096

STORM = 1000
STORM_LIMIT = 60.0
API_LIMIT = 1.0


async def half_open(stage: Stage) -> None:
    """A tenth of the lines go silent: clients notice in 35 s, the server reaps them in 60 s."""
    proxies = [Proxy(port) for port in stage.stack.ports]
    for proxy in proxies:
        await proxy.start()
    clients = stage.rng.sample(stage.load.clients, max(2, len(stage.load.clients) // 10))
    try:
        await _play_half_open(stage, proxies, clients)
    finally:
        for client in clients:
            client.doors = list(stage.stack.ports)
        for proxy in proxies:
            await proxy.stop()


async def _play_half_open(stage: Stage, proxies: list[Proxy], clients: list[Client]) -> None:
    for client in clients:
        client.doors = [proxy.port for proxy in proxies]
        client.abort()
    await asyncio.sleep(0.2)
    await stage.load.wait_until(stage.load.all_open, 30)
    await asyncio.sleep(3)
    for client in clients:
        client.doors = list(stage.stack.ports)
    lines = sum(proxy.lines for proxy in proxies)
    silent = stage.now
    for proxy in proxies:
        proxy.is_silent = True
    limit = (NOTICED_WITHIN + SLACK) * stage.leeway
    await stage.load.wait_until(lambda: all(c.lost_at > silent for c in clients), limit)
    noticed = [c.lost_at - silent if c.lost_at > silent else None for c in clients]
    stage.within(_slowest(noticed), NOTICED_WITHIN + SLACK, "noticed by clients in")
    await stage.load.wait_until(
        lambda: sum(len(proxy.reaped_at) for proxy in proxies) >= lines,
        (REAPED_WITHIN + SLACK) * stage.leeway - (stage.now - silent),
    )
    reaped = [at - silent for proxy in proxies for at in proxy.reaped_at]
    stage.expect(len(reaped) >= lines, f"{lines - len(reaped)} of {lines} lines were not reaped")
    stage.within(max(reaped, default=None), REAPED_WITHIN + SLACK, "reaped in")
    stage.recovered(_slowest(noticed))


async def non_readers(stage: Stage) -> None:
    """50 clients that never read what others write: +64 MB at most, closed in 30 s, nobody else
    waits."""
    mutes = stage.load.world.mutes[: stage.count(len(stage.load.world.mutes))]
    ports = stage.stack.ports
    before = [memory(web.pid) for web in stage.stack.webs]
    lines = [
        await raw.connect(ports[n % 2], mute.key, receive_buffer=RECEIVE_BUFFER)
        for n, mute in enumerate(mutes)
    ]
    began = stage.now
    speaking = asyncio.create_task(_speak_loudly(stage))
    try:
        most = await _watch(stage, lines, before)
    finally:
        speaking.cancel()
        for line in lines:
            line.close()
    stage.expect(most <= MEMORY_LIMIT, f"memory grew by {most >> 20} MB")
    stage.notes.append(f"+{most >> 20} MB")
    stage.acks_within(READERS_LIMIT, began, "others' ack p99")
    stage.sends_succeed(began)


async def _watch(stage: Stage, lines: list[socket.socket], before: list[int]) -> int:
    """Wait until the server has closed all of them; answers the most memory gained meanwhile."""
    began, most = stage.now, 0
    limit = SLOW_CLOSED_WITHIN * stage.leeway
    while any(map(raw.is_established, lines)) and stage.now - began < limit:
        await asyncio.sleep(0.2)
        pairs = zip(stage.stack.webs, before, strict=True)
        most = max(most, *(memory(web.pid) - was for web, was in pairs))
    took = None if any(map(raw.is_established, lines)) else stage.now - began
    stage.recovered(took)
    stage.within(took, SLOW_CLOSED_WITHIN, f"{len(lines)} non-readers closed in")
    return most


async def _speak_loudly(stage: Stage) -> None:
    speakers = stage.load.world.speakers
    number = 0
    while True:
        speaker = speakers[number % len(speakers)]
        path = f"conversations/{stage.load.world.loud}/messages/"
        said = {"client_id": _client_id(stage), "body": f"{number} {LOUD_BODY}"}
        await rest.call(stage.stack.ports[number % 2], speaker.key, "POST", path, said)
        number += 1
        await asyncio.sleep(1 / LOUD_RATE)


def _client_id(stage: Stage) -> str:
    return f"{stage.rng.getrandbits(128):032x}"


async def reconnect_storm(stage: Stage) -> None:
    """1,000 sockets lost at one moment come back at once: all in 60 s, API p95 at most 1 s."""
    devices = await _more_devices(stage, stage.count(STORM) - len(stage.load.clients))
    clients = [*stage.load.clients, *(client for client, _task in devices)]
    probing = await probe.start(stage.stack.ports, stage.load.world.people)
    began = stage.now
    for client in clients:
        client.hurries = True
        client.abort()
    await stage.load.wait_until(
        lambda: all(client.opened_at > began for client in clients), STORM_LIMIT * stage.leeway
    )
    back = [c.opened_at - began if c.opened_at > began else None for c in clients]
    waits = await probe.stop(probing)
    stage.recovered(_slowest(back))
    stage.within(stage.recovery_s, STORM_LIMIT, f"{len(clients)} back in")
    stage.within(percentile(waits, 95), API_LIMIT, "API p95")
    for _client, task in devices:
        task.cancel()
    await asyncio.gather(*(task for _client, task in devices), return_exceptions=True)
    for client in clients:
        client.hurries = False


async def _more_devices(stage: Stage, count: int) -> list[tuple[Client, asyncio.Task[None]]]:
    """Second and third devices of the same people, as up to date as the first; they write no
    history."""
    devices = []
    members = stage.load.members
    for turn in range(max(0, count)):
        first = members[turn % len(members)]
        client = stage.load.client(first.person, turn)
        client.reading.start_from(first.reading)
        devices.append((client, asyncio.create_task(client.run())))
        if turn % 20 == 0:
            await asyncio.sleep(0.25)
    await stage.load.wait_until(lambda: all(client.is_open for client, _task in devices), 60)
    return devices


def _slowest(times: list[float | None]) -> float | None:
    return None if None in times else max((each for each in times if each is not None), default=0)
