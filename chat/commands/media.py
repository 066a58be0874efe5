"""Voice messages and the collection over the socket."""

from collections.abc import Awaitable, Callable
from typing import Any

from accounts.pool import in_thread
from chat import actions
from chat.commands.client import Commands
from chat.live import frames
from chat.live.frames import Frame
from chat.models import Conversation


async def hear(commands: Commands, frame: Frame) -> None:
    """`{"type":"voice.hear","conversation","seq"}`"""
    await commands.verb(frame, actions.mark_heard)


async def collect(commands: Commands, frame: Frame) -> None:
    """`{"type":"collection.add","conversation","video"}`"""
    await _about_a_video(commands, frame, actions.collect_video)


async def take_out(commands: Commands, frame: Frame) -> None:
    """`{"type":"collection.remove","conversation","video"}`"""
    await _about_a_video(commands, frame, actions.remove_from_collection)


async def _about_a_video(commands: Commands, frame: Frame, verb: Callable[..., Any]) -> None:
    """A verb about one video of a collection; the ack says which."""
    conversation_id = frames.conversation_of(frame)
    video = str(frame.get("video") or "")

    def act() -> None:
        mine = Conversation.objects.visible_to(commands.user)
        verb(commands.user, mine.get(pk=conversation_id), video=video)

    await in_thread(act)
    said = {"conversation": str(conversation_id), "video": video}
    commands.answers.write({"type": "ack", **frames.echo(frame), **said})


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "collection.add": collect,
    "collection.remove": take_out,
    "voice.hear": hear,
}
