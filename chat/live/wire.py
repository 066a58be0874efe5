"""How frames look on the wire: JSON in UTF-8, and around it the header of a WebSocket message."""

from typing import Any

import orjson


def encode(frame: dict[str, Any]) -> bytes:
    """JSON in unescaped UTF-8, without spaces; UUIDs as strings, times in RFC 3339 with a Z."""
    return orjson.dumps(frame, option=orjson.OPT_UTC_Z)


def framed(text: bytes) -> bytes:
    """One whole text message from a server: final, not masked, not compressed (RFC 6455, 5.2)."""
    size = len(text)
    if size < 126:
        return bytes((0x81, size)) + text
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text


class Frame:
    """One frame for many sockets: its JSON, and the bytes ready to be written."""

    __slots__ = ("text", "wire")

    def __init__(self, text: bytes) -> None:
        self.text, self.wire = text, framed(text)
