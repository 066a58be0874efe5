"""Commands about what happens by the clock, and about words not sent yet."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from accounts.pool import in_thread
from chat import actions, parts
from chat.cards import own as own_cards
from chat.commands.client import SAID, Commands
from chat.live import frames
from chat.live.frames import Frame
from chat.models import Conversation
from chat.writing.drafts import as_uuid

WORDS = ("body", "reply_to", "mentions", "edited_at")


async def set_timer(commands: Commands, frame: Frame) -> None:
    """How long new messages stay: `seconds`."""
    conversation = await _conversation(commands, frame)
    set_to = await in_thread(
        actions.set_timer, commands.user, conversation, seconds=frames.number(frame.get("seconds"))
    )
    _ack(commands, frame, timer=set_to.timer_seconds)


async def set_streaks(commands: Commands, frame: Frame) -> None:
    """Take part in the streak, or not: `on`."""
    conversation, on = await _conversation(commands, frame), frame.get("on") is True
    await in_thread(actions.set_streaks, commands.user, conversation, on=on)
    _ack(commands, frame, on=on)


async def schedule(commands: Commands, frame: Frame) -> None:
    """A message as `message.send` takes it, and `send_at`."""
    said = {name: frame[name] for name in SAID if frame.get(name) is not None}
    said |= {name: frame.get(name) for name in parts.makers()}
    conversation, send_at = frames.conversation_of(frame), frame.get("send_at")
    await _answer_scheduled(
        commands, frame, actions.schedule_message, conversation, send_at=send_at, **said
    )


async def edit_scheduled(commands: Commands, frame: Frame) -> None:
    """Other words (`body`) or another time (`send_at`) for `scheduled`."""
    wanted = {"body": frame.get("body"), "send_at": frame.get("send_at")}
    await _answer_scheduled(
        commands, frame, actions.edit_scheduled, _id(frame, "scheduled"), **wanted
    )


async def cancel_scheduled(commands: Commands, frame: Frame) -> None:
    await in_thread(actions.cancel_scheduled, commands.user, _id(frame, "scheduled"))
    _ack(commands, frame)


async def send_scheduled(commands: Commands, frame: Frame) -> None:
    stored = await in_thread(actions.send_scheduled, commands.user, _id(frame, "scheduled"))
    commands.answers.ack(frame, stored)


async def remind(commands: Commands, frame: Frame) -> None:
    """Be reminded of the message at `seq`, at `remind_at`."""
    conversation, seq = await _conversation(commands, frame), frames.number(frame.get("seq"))
    await _answer_reminder(
        commands, frame, actions.remind, conversation, seq=seq, remind_at=frame.get("remind_at")
    )


async def move_reminder(commands: Commands, frame: Frame) -> None:
    """Another time (`remind_at`) for `reminder`."""
    reminder, remind_at = _id(frame, "reminder"), frame.get("remind_at")
    await _answer_reminder(commands, frame, actions.move_reminder, reminder, remind_at=remind_at)


async def finish_reminder(commands: Commands, frame: Frame) -> None:
    await in_thread(actions.finish_reminder, commands.user, _id(frame, "reminder"))
    _ack(commands, frame)


async def keep_words(commands: Commands, frame: Frame) -> None:
    """What is not sent yet: `body`, `reply_to`, `mentions`, `edited_at`."""
    wanted = {name: frame[name] for name in WORDS if frame.get(name) is not None}
    conversation = frames.conversation_of(frame)
    wanted |= {"body": frame.get("body"), "edited_at": frame.get("edited_at")}
    if wanted.get("reply_to") is not None:
        wanted["reply_to"] = frames.number(wanted["reply_to"])
    kept = await in_thread(actions.keep_words, commands.user, conversation, **wanted)
    _ack(commands, frame, draft=own_cards.words_card(conversation, kept))


PATIENT: dict[str, Callable[[Commands, Frame], Awaitable[None]]] = {
    "draft.set": keep_words,
    "reminder.finish": finish_reminder,
    "reminder.move": move_reminder,
    "reminder.set": remind,
    "schedule.add": schedule,
    "schedule.cancel": cancel_scheduled,
    "schedule.edit": edit_scheduled,
    "schedule.send": send_scheduled,
    "streaks.set": set_streaks,
    "timer.set": set_timer,
}


async def _answer_scheduled(
    commands: Commands, frame: Frame, verb: Callable[..., Any], *about: Any, **wanted: Any
) -> None:
    scheduled = await in_thread(verb, commands.user, *about, **wanted)
    _ack(commands, frame, scheduled=own_cards.scheduled_card(scheduled))


async def _answer_reminder(
    commands: Commands, frame: Frame, verb: Callable[..., Any], *about: Any, **wanted: Any
) -> None:
    def act() -> own_cards.Card:
        reminder = verb(commands.user, *about, **wanted)
        return own_cards.reminder_cards(commands.user, [reminder])[0]

    _ack(commands, frame, reminder=await in_thread(act))


async def _conversation(commands: Commands, frame: Frame) -> Conversation:
    visible = Conversation.objects.visible_to(commands.user)
    return await in_thread(visible.get, pk=frames.conversation_of(frame))


def _id(frame: Frame, name: str) -> UUID:
    return as_uuid(frame.get(name), "frame.malformed")


def _ack(commands: Commands, frame: Frame, **said: Any) -> None:
    commands.answers.write({"type": "ack", **frames.echo(frame), **said})
