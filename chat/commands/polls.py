"""Polls over the socket."""

from collections.abc import Awaitable, Callable

from chat import actions
from chat.commands.client import Commands
from chat.live.frames import Frame


async def vote(commands: Commands, frame: Frame) -> None:
    """`{"type":"poll.vote","conversation","seq","options":[1]}`: all of one's own votes."""
    await commands.verb(frame, actions.vote, options=frame.get("options"))


async def add_option(commands: Commands, frame: Frame) -> None:
    """`{"type":"poll.add_option","conversation","seq","text"}`"""
    await commands.verb(frame, actions.add_poll_option, text=frame.get("text"))


async def close(commands: Commands, frame: Frame) -> None:
    """`{"type":"poll.close","conversation","seq"}`"""
    await commands.verb(frame, actions.close_poll)


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "poll.add_option": add_option,
    "poll.close": close,
    "poll.vote": vote,
}
