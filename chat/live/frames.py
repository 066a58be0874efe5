"""What a client may send over the socket, read with care: nothing in a frame is trusted."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from chat.refusals import invalid
from chat.writing.drafts import as_uuid

Frame = dict[str, Any]

FRAME_LIMIT = 64 * 1024  # bytes
ID_LIMIT = 64
CURSORS_LIMIT = 500
LARGEST_NUMBER = 2**62


def parse(text: str | None) -> Frame:
    """A frame with its `type`; `ValidationError` (frame.malformed) for anything else."""
    try:
        frame = orjson.loads(text or "")
    except ValueError:
        raise invalid("frame.malformed") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise invalid("frame.malformed")
    return frame


def is_too_large(text: str | None) -> bool:
    """Over 64 KiB of UTF-8; most frames are told by their length alone."""
    if text is None or len(text) * 4 <= FRAME_LIMIT:
        return False
    return len(text) > FRAME_LIMIT or len(text.encode("utf-8", "replace")) > FRAME_LIMIT


def echo(frame: Frame) -> Frame:
    """The `id` and `client_id` that the answer carries back, where they are plain short text."""
    said = {}
    for name in ("id", "client_id"):
        text = frame.get(name)
        if isinstance(text, str) and len(text) <= ID_LIMIT and text.isprintable():
            said[name] = text
    return said


def conversation_of(frame: Frame) -> UUID:
    """The conversation it is about; an unreadable id names nothing that exists."""
    conversation = frame.get("conversation")
    if not isinstance(conversation, str):
        raise invalid("frame.malformed")
    return _conversation(conversation)


@lru_cache(maxsize=4096)
def _conversation(text: str) -> UUID:
    # Clients name the same few again and again.
    return as_uuid(text, "frame.malformed")


def number(value: object) -> int:
    """A place or revision: a whole number from 0; `ValidationError` (frame.malformed)."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise invalid("frame.malformed")
    return value


def cursors_of(frame: Frame) -> dict[UUID, int]:
    """Up to 500 `{conversation: revision}`; `ValidationError` (frame.malformed)."""
    cursors = frame.get("cursors") or {}
    if not isinstance(cursors, dict) or len(cursors) > CURSORS_LIMIT:
        raise invalid("frame.malformed")
    return {as_uuid(key, "frame.malformed"): number(value) for key, value in cursors.items()}
