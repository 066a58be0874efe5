"""Every page, REST route and socket command of conversations, knocked at by everybody: as the
table says, and none is missing in it."""

from collections import defaultdict

import pytest
import pytest_asyncio

from accounts.pool import in_thread
from chat import api_urls, commands, urls
from tests.access.conversation_routes import COMMANDS, ROUTES
from tests.access.conversations import WHO, Conversations
from tests.access.knocks import found_otherwise, paths
from tests.access.sockets import heard_on_socket
from tests.access.tables import Rows, listed, rows_of
from tests.chat.client import Client, communicator, connected
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture
def world() -> Conversations:
    return Conversations()


def test_no_command_is_missing():
    assert set(rows_of(COMMANDS, WHO)) == set(commands.QUICK) | set(commands.PATIENT)


@rule("R2", "page")
@rule("R24", "page")
@rule("R26", "page")
@rule("R42", "page")
def test_pages_answer_everybody_as_the_table_says(world):
    """What is found wrong is what was heard; a route without a row is wrong."""
    wrong = found_otherwise(world, rows_of(ROUTES, WHO), paths(urls.urlpatterns))

    assert not wrong, listed(wrong)


@rule("R2", "api")
@rule("R24", "api")
@rule("R26", "api")
def test_rest_answers_everybody_as_the_table_says(world):
    rest = paths(api_urls.urlpatterns, "api/v1/")
    wrong = found_otherwise(world, rows_of(ROUTES, WHO), rest)

    assert not wrong, listed(wrong)


@pytest_asyncio.fixture
async def socket_world(live_hub) -> Conversations:
    return await in_thread(Conversations)


@rule("R2", "socket")
@rule("R24", "socket")
@rule("R26", "socket")
async def test_the_socket_answers_everybody_as_the_table_says(socket_world):
    rows = rows_of(COMMANDS, WHO)
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


@rule("R20", "api")
def test_the_invited_read_nothing_of_what_they_are_let_into(world):
    """Where the table lets them in before their yes (R20), there is nothing for them."""
    _browser, app = world.clients["invited"]
    for name in NOTHING_YET:
        address = world.address(f"api/v1/conversations/{{conversation}}/{name}/")
        found = app.get(address, {"kind": "media"}).json()
        assert (name, found if isinstance(found, list) else found["results"]) == (name, [])
    page = app.get(world.address("api/v1/conversations/{conversation}/")).content.decode()
    assert "Friday film" not in page
