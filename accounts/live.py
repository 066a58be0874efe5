"""Tell a socket group something, from any thread of any process; losing a hint is allowed."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import UUID, uuid4

from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)

# Tells this process's own messages from those of others, when they come back through Redis.
ORIGIN = uuid4().hex
PATIENCE = 2.0  # seconds for Redis to take a message
# More than that under way means that Redis is frozen: what comes on top is only a hint too many.
UNDER_WAY_LIMIT = 1000
# The group of all processes that hold sockets.
HUBS = "hubs"

Message = dict[str, Any]


class Receiver(Protocol):
    """What hears this process's own messages, in the loop that publishes."""

    def receive(self, group: str, message: Message) -> None: ...

    @property
    def has_others(self) -> bool:
        """Whether other processes listen too, so that Redis has somebody to tell."""
        ...


_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_receiver: Receiver | None = None
_under_way = 0
_sending: set[asyncio.Task[None]] = set()


def listen(loop: asyncio.AbstractEventLoop, receiver: Receiver | None) -> None:
    """Publish from this running loop, and hand every message to `receiver` in it, Redis or not."""
    global _loop, _receiver
    with _lock:
        _loop, _receiver = loop, receiver


def publishing_loop() -> asyncio.AbstractEventLoop:
    """The server's loop, else one daemon thread's: a channel layer keeps connections per loop."""
    global _loop, _receiver
    with _lock:
        if _loop is None or _loop.is_closed():
            _loop, _receiver = asyncio.new_event_loop(), None
            threading.Thread(target=_loop.run_forever, name="live", daemon=True).start()
        return _loop


def group_of_conversation(conversation_id: UUID | str) -> str:
    return f"conversation.{conversation_id}"


def group_of_user(user_id: UUID | str) -> str:
    return f"user.{user_id}"


def publish(group: str, message: Message) -> None:
    """Send `message` (JSON values and bytes, with a `type`) to whichever processes listen to
    `group`, now."""
    publish_together([(group, message)])


def publish_together(
    messages: list[tuple[str, Message]], first: Callable[[], None] | None = None
) -> None:
    """Publish these in one turn of the loop, in order; `first` is called in it just before."""
    loop = publishing_loop()
    for _group, message in messages:
        message["origin"] = ORIGIN
    loop.call_soon_threadsafe(_deliver, loop, messages, first)


def _deliver(
    loop: asyncio.AbstractEventLoop,
    messages: list[tuple[str, Message]],
    first: Callable[[], None] | None,
) -> None:
    if first is not None:
        first()
    receiver = _receiver
    if receiver is not None:
        for group, message in messages:
            receiver.receive(group, message)
    if messages and (receiver is None or receiver.has_others):
        task = loop.create_task(_send(messages))
        _sending.add(task)
        task.add_done_callback(_sending.discard)


async def _send(messages: list[tuple[str, Message]]) -> None:
    global _under_way
    if _under_way >= UNDER_WAY_LIMIT:
        return
    _under_way += len(messages)
    try:
        async with asyncio.timeout(PATIENCE):
            layer = get_channel_layer()
            for group, message in messages:
                await layer.group_send(group, message)
    except Exception as error:  # whatever Redis or its client does, the truth is in the database
        logger.warning("%d hints unsent: %s", len(messages), error or type(error).__name__)
    finally:
        _under_way -= len(messages)


def tell_user(user_id: UUID, event: dict[str, Any]) -> None:
    """After the commit, write `event` to every socket of this person, on any process."""
    message = {"type": "user.event", "user": str(user_id), "event": event}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))


def tell_whoever_is_here(user_ids: Iterable[UUID], group: str) -> None:
    """After the commit, have whichever of these people are connected told of their notification of
    this group; one message, however many they are."""
    message = {"type": "users.noted", "users": [str(key) for key in user_ids], "group": group}
    transaction.on_commit(lambda: publish(HUBS, message))


def revoke_sockets(user_id: UUID, *, session_key: str | None = None) -> None:
    """After the commit, close the person's sockets (4003): those of one session, or all.

    Call it when a session ends, somebody is deactivated or their `session_epoch` rises. Where Redis
    is lost, the hub finds out by itself at the next heartbeat.
    """
    message = {"type": "user.revoked", "user": str(user_id), "session": session_key}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))


def refresh_user(user_id: UUID, *, then: dict[str, Any] | None = None) -> None:
    """After the commit, let the hub look again at what may reach this person (members, blocks).

    `then` is an event for every socket of theirs, written once that is known: whoever hears it can
    rely on the change.
    """
    message = {"type": "user.refresh", "user": str(user_id), "then": then}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))
