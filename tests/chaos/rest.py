"""The REST door for many clients in one loop: one short connection a request."""

import asyncio
import json
from typing import Any

PATIENCE = 12.0  # seconds: the server itself gives up a message after ten

Answer = tuple[int, Any]


async def call(port: int, key: str, method: str, path: str, body: Any = None) -> Answer:
    """Status and JSON (None without a body); `OSError` or `TimeoutError` where nobody answers."""
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_request(key, method, path, body))
            head, _, content = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.transport.abort()
    words = head.split(None, 2)
    if len(words) < 2:
        raise ConnectionError("the connection ended without an answer")
    return int(words[1]), _json(content)


def _request(key: str, method: str, path: str, body: Any) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} /api/v1/{path} HTTP/1.0",  # 1.0: the end of the answer is the end of the line
        "Host: localhost",
        f"X-Session-Token: {key}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
