"""The REST door for many clients in one loop: one short connection a request."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

PATIENCE = 12.0  # seconds: the server itself gives up a message after ten


@dataclass(frozen=True)
class Answer:
    """Status, JSON (None without a body) and `ETag` (empty without one)."""

    status: int
    body: Any
    tag: str


async def call(
    port: int, key: str, method: str, path: str, body: Any = None, *, tag: str = ""
) -> Answer:
    """Ask below `/api/v1/`, or at a path from the root on, with this session token (or none).

    `tag` asks for what is another by now. `OSError` or `TimeoutError` where nobody answers.
    """
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_request(key, method, path, body, tag))
            head, _, content = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.transport.abort()
    words = head.split(None, 2)
    if len(words) < 2:
        raise ConnectionError("the connection ended without an answer")
    return Answer(int(words[1]), _json(content), _header(head, b"etag"))


def _request(key: str, method: str, path: str, body: Any, tag: str) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    where = path if path.startswith("/") else f"/api/v1/{path}"
    lines = [
        f"{method} {where} HTTP/1.0",  # 1.0: the end of the answer is the end of the line
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        *([f"X-Session-Token: {key}"] if key else []),
        *([f"If-None-Match: {tag}"] if tag else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


def _header(head: bytes, name: bytes) -> str:
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.lower() == name:
            return value.strip().decode("latin-1")
    return ""


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
