"""Every page, REST route and socket command of conversations, knocked at by everybody: as the
matrix says, and none is missing in it."""

from collections import defaultdict

import pytest
import pytest_asyncio

from accounts.pool import in_thread
from chat import commands
from tests.chat.access_knocks import METHODS, heard_on_socket, knock, paths
from tests.chat.access_matrix import COMMANDS, ROUTES
from tests.chat.access_world import WHO, World
from tests.chat.client import Client, communicator, connected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

Rows = dict[str, str]  # "get inbox/" or "poll.vote": one sign for each of WHO


def rows_of(table: str) -> Rows:
    """By route or command: what the audience above it says."""
    rows: Rows = {}
    audience = ""
    for line in table.splitlines():
        if line.startswith("    "):
            assert line.strip() not in rows, f"{line} stands twice"
            rows[line.strip()] = audience
        elif line and not line.startswith("#"):
            audience = line.replace(" ", "")
            assert len(audience) == len(WHO)
    return rows


@pytest.fixture
def world() -> World:
    return World()


def test_no_command_is_missing():
    assert set(rows_of(COMMANDS)) == set(commands.QUICK) | set(commands.PATIENT)


@pytest.mark.parametrize("half", ["api/", ""])
def test_everybody_is_answered_as_the_matrix_says(world, half):
    """What is found wrong is what was heard; a route without a row is wrong."""
    rows, wrong = rows_of(ROUTES), {}
    for path in paths():
        if path.startswith("api/") != bool(half):
            continue
        for method in METHODS if half else METHODS[:2]:
            row = f"{method} {path}"
            # Whether there is such a method the owner is told.
            if row in rows or knock(world, "owner", method, path):
                heard = "".join(knock(world, who, method, path) for who in WHO)
                if heard != rows.get(row):
                    wrong[row] = heard

    assert wrong == {}


@pytest_asyncio.fixture
async def socket_world(live_hub) -> World:
    return await in_thread(World)


async def test_everybody_is_answered_on_the_socket_as_the_matrix_says(socket_world):
    rows = rows_of(COMMANDS)
    heard: Rows = defaultdict(str)
    for who in WHO[1:]:
        async with connected(socket_world.people[who]) as client:
            for command in rows:
                heard[command] += await heard_on_socket(client, socket_world, command)

    wanted = {command: audience[1:] for command, audience in rows.items()}
    assert {command: signs for command, signs in heard.items() if signs != wanted[command]} == {}


async def test_nobody_signed_out_is_heard_on_the_socket(live_hub):
    client = Client(communicator())
    await client.line.connect()
    await client.say({"type": "hello", "cursors": {}})

    assert (await client.hear_type("closed"))["code"] == 4001


NOTHING_YET = ("messages", "pins", "polls", "library", "mentions", "scheduled")


def test_the_invited_read_nothing_of_what_they_are_let_into(world):
    """Where the matrix lets them in before their yes (R20), there is nothing for them."""
    _browser, app = world.clients["invited"]
    for name in NOTHING_YET:
        address = world.address(f"api/v1/conversations/{{conversation}}/{name}/")
        found = app.get(address, {"kind": "media"}).json()
        assert (name, found if isinstance(found, list) else found["results"]) == (name, [])
    page = app.get(world.address("api/v1/conversations/{conversation}/")).content.decode()
    assert "Friday film" not in page
