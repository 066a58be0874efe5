"""What a person is told of, over the socket: looked at, and read. Each ack tells how it stands
then, `unread` and `revision`; the person's other devices hear `notifications.read`."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

from accounts.actions import read_all_notifications, read_notifications, see_notifications
from accounts.notifications.telling import standing
from accounts.pool import in_thread
from chat.commands.client import Commands
from chat.live import frames
from chat.live.frames import Frame
from chat.refusals import invalid
from chat.writing.drafts import as_uuid

IDS_LIMIT = 500


async def see(commands: Commands, frame: Frame) -> None:
    """`{"type":"notifications.seen","up_to":12}`"""
    up_to = frames.number(frame.get("up_to"))
    await _answer(commands, frame, partial(see_notifications, commands.user, up_to))


async def read(commands: Commands, frame: Frame) -> None:
    """`{"type":"notifications.read","ids":["<id>"]}`, or all `up_to` a revision"""
    if frame.get("ids") is None:
        up_to = frames.number(frame.get("up_to"))
        await _answer(commands, frame, partial(read_all_notifications, commands.user, up_to))
    else:
        await _answer(commands, frame, partial(read_notifications, commands.user, _ids(frame)))


def _ids(frame: Frame) -> list[UUID]:
    ids = frame["ids"]
    if not isinstance(ids, list) or len(ids) > IDS_LIMIT:
        raise invalid("frame.malformed")
    return [as_uuid(each, "frame.malformed") for each in ids]


async def _answer(commands: Commands, frame: Frame, act: Callable[[], None]) -> None:
    def done() -> dict[str, Any]:
        act()
        return standing(commands.user.pk)

    now = await in_thread(done)
    commands.answers.write({"type": "ack", **frames.echo(frame), **now})


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "notifications.read": read,
    "notifications.seen": see,
}
