"""Web processes that die or are replaced."""

import os
import signal

from tests.chaos.client import Client
from tests.chaos.processes import Process
from tests.chaos.stage import Stage, percentile

RESTART = 1012
SPREAD = 1.0  # seconds over which a draining process says goodbye, at least
ENOUGH_TO_SPREAD = 20


async def kill_web(stage: Stage) -> None:
    """kill -9 one web process: 95% of its clients resumed in 5 s, all in 15 s."""
    number = stage.rng.randrange(2)
    clients = _clients_of(stage, number)
    struck = stage.now
    stage.stack.webs[number].kill()
    await stage.load.wait_until(lambda: all_back(clients, struck), 15 * stage.leeway)
    took = sorted(_away(client, struck) for client in clients)
    stage.within(percentile(took, 95), 5, "95% resumed in")
    stage.within(took[-1], 15, "all resumed in")
    stage.recovered(took[-1])
    await stage.stack.ready()
    stage.sends_succeed(struck)


async def rolling_restart(stage: Stage) -> None:
    """SIGTERM to each in turn: close 1012, reconnections spread, no failed sends after retry."""
    began = stage.now
    slowest = 0.0
    for number, web in enumerate(stage.stack.webs):
        slowest = max(slowest, await _restart(stage, web, _clients_of(stage, number)))
    stage.recovered(slowest)
    stage.sends_succeed(began)


async def _restart(stage: Stage, web: Process, clients: list[Client]) -> float:
    """Seconds until all its clients were back."""
    struck = stage.now
    deaths = web.deaths
    os.kill(web.pid, signal.SIGTERM)
    back = await stage.load.wait_until(lambda: all_back(clients, struck), 20 * stage.leeway)
    stage.within(back, 15, f"clients of {web.name} back in")
    codes = {client.last_close for client in clients}
    stage.expect(codes <= {RESTART}, f"{web.name} closed with {codes}, not {RESTART}")
    left = sorted(client.lost_at for client in clients)
    spread = left[-1] - left[0]
    if len(clients) >= ENOUGH_TO_SPREAD:
        stage.expect(spread >= SPREAD, f"{web.name} sent everybody away within {spread:.2f} s")
    await reborn(stage, web, deaths)
    return back if back is not None else float("inf")


async def reborn(stage: Stage, web: Process, deaths: int) -> None:
    """Both serve, this one in its next life after so many `deaths`."""
    await stage.load.wait_until(lambda: web.deaths > deaths and web.is_alive, 20 * stage.leeway)
    await stage.stack.ready()


def _clients_of(stage: Stage, number: int) -> list[Client]:
    port = stage.stack.ports[number]
    return [client for client in stage.load.clients if client.is_open and client.port == port]


def all_back(clients: list[Client], since: float) -> bool:
    """Each has been welcomed since."""
    return all(client.opened_at > since for client in clients)


def _away(client: Client, since: float) -> float:
    return client.opened_at - since if client.opened_at > since else float("inf")
