"""Tell a socket group something, from any thread of any process. Redis carries hints: losing one is allowed."""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def use_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Publish from this running loop: the server's own, where there is one."""
    global _loop
    _loop = loop


def _publishing_loop() -> asyncio.AbstractEventLoop:
    """The server's loop, else one daemon thread's: a channel layer keeps connections per loop."""
    global _loop
    with _lock:
        if _loop is None or _loop.is_closed():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="live", daemon=True).start()
        return _loop


def group_of_conversation(conversation_id: UUID) -> str:
    return f"conversation.{conversation_id}"


def group_of_user(user_id: UUID) -> str:
    return f"user.{user_id}"


async def _publish(group: str, message: dict[str, Any]) -> None:
    try:
        async with asyncio.timeout(2):
            await get_channel_layer().group_send(group, message)
    except Exception as error:  # whatever Redis or its client does, the truth is in the database
        logger.warning("no hint to %s: %s", group, error)


def _spawn(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run_coroutine_threadsafe(coroutine, _publishing_loop())


def publish(group: str, message: dict[str, Any]) -> None:
    """Send `message` (JSON values, with a `type`) to whichever processes listen to `group`, now."""
    _spawn(_publish(group, message))


def tell_user(user_id: UUID, event: dict[str, Any]) -> None:
    """After the commit, write `event` to every socket of this person, on any process."""
    message = {"type": "user.event", "user": str(user_id), "event": event}
    transaction.on_commit(lambda: publish(group_of_user(user_id), message))
