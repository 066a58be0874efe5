"""Pinning and forwarding over the socket."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.pool import in_thread
from chat import actions
from chat.commands.client import Commands
from chat.live import frames
from chat.live.frames import Frame
from chat.models import Conversation
from chat.refusals import invalid
from chat.writing.drafts import as_uuid

NAMES_LIMIT = 100  # more are no frame of a client of ours; how many may be sent is the verb's


async def pin(commands: Commands, frame: Frame) -> None:
    """`{"type":"pin.add","conversation","seq"}`"""
    await commands.verb(frame, actions.pin_message)


async def unpin(commands: Commands, frame: Frame) -> None:
    """`{"type":"pin.remove","conversation","seq"}`"""
    await commands.verb(frame, actions.unpin_message)


async def forward(commands: Commands, frame: Frame) -> None:
    """`{"type":"message.forward","conversation","seqs":[...],"conversations":[...],"users":[...],
    "client_id"}`; the ack tells in `results` what became of each place."""
    conversation_id = frames.conversation_of(frame)
    wanted = _wanted(frame)
    usernames = _list(frame, "users")

    def act() -> list[actions.Target]:
        conversation = Conversation.objects.visible_to(commands.user).get(pk=conversation_id)
        users = list(User.objects.active().filter(username__in=usernames))
        if len(users) < len(set(usernames)):
            raise Http404
        return actions.forward(commands.user, conversation, users=users, **wanted)

    targets = await in_thread(act)
    results = [target.card for target in targets]
    said = {"conversation": str(conversation_id), "results": results}
    commands.answers.write({"type": "ack", **frames.echo(frame), **said})


def _wanted(frame: Frame) -> dict[str, Any]:
    conversations: list[UUID] = [
        as_uuid(each, "frame.malformed") for each in _list(frame, "conversations")
    ]
    return {
        "seqs": [frames.number(seq) for seq in _list(frame, "seqs")],
        "conversations": conversations,
        "client_id": str(frame.get("client_id") or ""),
    }


def _list(frame: Frame, name: str) -> list[Any]:
    found = frame.get(name) or []
    if not isinstance(found, list) or len(found) > NAMES_LIMIT:
        raise invalid("frame.malformed")
    if any(isinstance(each, dict | list) for each in found):
        raise invalid("frame.malformed")
    return found


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "message.forward": forward,
    "pin.add": pin,
    "pin.remove": unpin,
}
