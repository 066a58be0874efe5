"""How the socket answers a command of the table."""

from typing import Any
from uuid import uuid4

from tests.access.conversations import Conversations
from tests.access.knocks import NOT_ALLOWED
from tests.access.tables import ABSENT, CLOSED, OPEN

# Taken without a word, where they are taken.
SILENT = {"hello", "pong", "read", "typing"}


async def heard_on_socket(client: Any, world: Conversations, command: str) -> str:
    """How the socket answers, as the table writes it."""
    frame = _frame(world, command)
    if command not in SILENT:
        return _answered(await client.ask(command, **frame))
    await client.say({"type": command, "id": "asked", **frame})
    # Commands are answered in turn: with the next one's answer this one's would be there.
    await client.ask("message.edit", conversation=str(uuid4()), seq=1, body="x")
    answers = [each for each in client.heard if each.get("id") == "asked"]
    client.heard.clear()
    return _answered(answers[0]) if answers else OPEN


def _frame(world: Conversations, command: str) -> dict[str, Any]:
    values = {name: str(world.values[name]) for name in ("conversation", "reminder", "scheduled")}
    seq = world.values["poll" if command.startswith("poll.") else "seq"]
    frame = world.given() | values | {"seq": seq, "client_id": str(uuid4())}
    del frame["kind"]
    if command in {"message.send", "schedule.add"}:
        frame |= {"share": None}
    if command == "watch.queue":
        frame |= {"action": "add"}
    if command == "schedule.send":
        frame |= {"scheduled": str(world.values["due"])}
    if command == "message.unsend":
        frame |= {"seq": world.values["slip"]}
    return frame


def _answered(answer: dict[str, Any]) -> str:
    code = answer.get("code", "")
    if code == "not_found":
        return ABSENT
    return CLOSED if code in NOT_ALLOWED else OPEN
