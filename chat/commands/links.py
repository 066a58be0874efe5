"""Cards of links over the socket."""

from collections.abc import Awaitable, Callable

from chat import actions
from chat.commands.client import Commands
from chat.live.frames import Frame


async def unlink(commands: Commands, frame: Frame) -> None:
    """`{"type":"links.remove","conversation","seq"}`: no cards under one's own message."""
    await commands.verb(frame, actions.unlink_message)


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {"links.remove": unlink}
