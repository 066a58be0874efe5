"""What a welcomed connection that says nothing costs in memory."""

import time

from tests import services
from tests.bench import load, processes, web, world
from tests.bench.cases import Case
from tests.bench.measuring import Run
from tests.bench.stack import Stack

FIRST = 100  # connections that bring in modules, threads and pools, which are nobody's own


def measure(stack: Stack, case: Case) -> Run:
    """The web process's growth when everybody of the case comes and stays silent."""
    rooms = world.rooms(case)
    port = services.free_port()
    members = web.members_of(rooms, [port], senders=0)
    with web.web(stack, port) as pid:
        _held(stack, members[:FIRST], pid)
        before = processes.resident_kb(pid)
        after = _held(stack, members, pid)
    return Run({"rss_kb_per_connection": (after - before) / len(members)})


def _held(stack: Stack, members: list[load.Member], pid: int) -> float:
    """The process's memory, in KB, while these are in."""
    rooms = max(member.room for member in members) + 1
    plan = load.Plan(members, rooms=rooms, silence=web.PRESENCE_PAUSE)
    with load.load_client(stack.programs.load, plan) as client:
        client.wait_for("ready")
        held = processes.resident_kb(pid)
    time.sleep(1)  # for the server to see that they are gone
    return held
