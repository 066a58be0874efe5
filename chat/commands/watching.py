"""Watching together over the socket. Each ack carries `version`, `watch` (chat/players/news.py)
and `now`, the server's clock."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.pool import in_thread
from chat import actions
from chat.cards import moment
from chat.commands.client import Commands
from chat.live import frames
from chat.live.frames import Frame
from chat.models import Conversation
from chat.players import news as watching_news

WISHES = ("position_ms", "version", "on", "to")

Verb = Callable[..., watching_news.Report | None]


def clock(commands: Commands, frame: Frame) -> bool:
    """`{"type":"clock","id"}`: what the server's clock says. Asked a few times, the answer that
    took least tells how far one's own is off (D. Mills, RFC 5905, section 8)."""
    commands.answers.write({"type": "ack", **frames.echo(frame), "now": moment(timezone.now())})
    return True


async def start(commands: Commands, frame: Frame) -> None:
    """`{"type":"watch.start","conversation","video","queue":[...]}`"""
    queue = frame.get("queue") or []
    if not isinstance(queue, list):
        queue = []
    await _answer(
        commands, frame, actions.start_watching, video=frame.get("video") or "", queue=queue
    )


async def join(commands: Commands, frame: Frame) -> None:
    """`{"type":"watch.join","conversation"}`, said again every 10 s"""
    await _answer(commands, frame, actions.join_watching)


async def leave(commands: Commands, frame: Frame) -> None:
    """`{"type":"watch.leave","conversation"}`"""
    await _answer(commands, frame, actions.leave_watching)


async def control(commands: Commands, frame: Frame) -> None:
    """`{"type":"watch.control","conversation","action":"play"|"pause"|"seek"|"next"|"ended"|
    "host_only"|"host"|"end","position_ms","version","on","to"}`"""
    wish = {name: frame[name] for name in WISHES if frame.get(name) is not None}
    verb = partial(actions.control_watching, action=_text(frame, "action"))
    await _answer(commands, frame, verb, **wish)


async def queue(commands: Commands, frame: Frame) -> None:
    """`{"type":"watch.queue","conversation","action":"add","video"}`, or "remove" an `entry`, or
    "move" it to a `place`"""
    match frame.get("action"):
        case "add":
            await _answer(commands, frame, actions.add_to_queue, video=_text(frame, "video"))
        case "remove":
            await _answer(commands, frame, actions.remove_from_queue, entry=_text(frame, "entry"))
        case _:
            entry, place = _text(frame, "entry"), frames.number(frame.get("place"))
            await _answer(commands, frame, actions.move_in_queue, entry=entry, place=place)


def _text(frame: Frame, name: str) -> str:
    return str(frame.get(name) or "")


async def _answer(commands: Commands, frame: Frame, verb: Verb, **options: Any) -> None:
    conversation_id = frames.conversation_of(frame)

    def act() -> watching_news.Report | None:
        mine = Conversation.objects.visible_to(commands.user)
        return verb(commands.user, mine.get(pk=conversation_id), **options)

    report = await in_thread(act)
    seen = watching_news.seen_by(report, commands.socket.blocked) if report else {}
    commands.answers.write(
        {
            "type": "ack",
            **frames.echo(frame),
            "conversation": str(conversation_id),
            **seen,
            "now": moment(timezone.now()),
        }
    )


QUICK: dict[str, Callable[[Commands, Frame], bool]] = {"clock": clock}

PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "watch.control": control,
    "watch.join": join,
    "watch.leave": leave,
    "watch.queue": queue,
    "watch.start": start,
}
