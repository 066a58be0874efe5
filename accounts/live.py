"""Tell a socket group something, from any thread of any process; losing a hint is allowed."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)

# Tells this process's own messages from those of others, when they come back through Redis.
ORIGIN = uuid4().hex
PATIENCE = 2.0  # seconds for Redis to take a message
# More than that under way means that Redis is frozen: what comes on top is only a hint too many.
UNDER_WAY_LIMIT = 1000

Receiver = Callable[[str, dict[str, Any]], None]

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_receiver: Receiver | None = None
_under_way = 0


def listen(loop: asyncio.AbstractEventLoop, receiver: Receiver | None) -> None:
    """Publish from this running loop, and hand every message to `receiver` in it, Redis or not."""
    global _loop, _receiver
    with _lock:
        _loop, _receiver = loop, receiver


def _publishing_loop() -> asyncio.AbstractEventLoop:
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


async def _publish(group: str, message: dict[str, Any]) -> None:
    global _under_way
    if _under_way >= UNDER_WAY_LIMIT:
        return
    _under_way += 1
    try:
        async with asyncio.timeout(PATIENCE):
            await get_channel_layer().group_send(group, message)
    except Exception as error:  # whatever Redis or its client does, the truth is in the database
        logger.warning("no hint to %s: %s", group, error or type(error).__name__)
    finally:
        _under_way -= 1


def _spawn(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run_coroutine_threadsafe(coroutine, _publishing_loop())


def publish(group: str, message: dict[str, Any]) -> None:
    """Send `message` (JSON values, with a `type`) to whichever processes listen to `group`, now."""
    message = {**message, "origin": ORIGIN}
    loop, receiver = _publishing_loop(), _receiver
    if receiver is not None:
        loop.call_soon_threadsafe(receiver, group, message)
    _spawn(_publish(group, message))


def tell_user(user_id: UUID, event: dict[str, Any]) -> None:
    """After the commit, write `event` to every socket of this person, on any process."""
    message = {"type": "user.event", "user": str(user_id), "event": event}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))


def revoke_sockets(user_id: UUID, *, session_key: str | None = None) -> None:
    """After the commit, close the person's sockets (4003): those of one session, or all.

    Call it when a session ends, somebody is deactivated or their `session_epoch` rises. Where Redis
    is lost, the hub finds out by itself at the next heartbeat.
    """
    message = {"type": "user.revoked", "user": str(user_id), "session": session_key}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))


def refresh_user(user_id: UUID) -> None:
    """After the commit, let the hub look again at what may reach this person (members, blocks)."""
    message = {"type": "user.refresh", "user": str(user_id)}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))
