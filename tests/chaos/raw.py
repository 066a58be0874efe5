"""A WebSocket by hand: for clients that never read, and for frames no library would write."""

import asyncio
import json
import os
import socket
from typing import Any

from tests.chaos.stack import ORIGIN

TEXT, BINARY, CLOSE = 0x1, 0x2, 0x8
FINAL, RSV1, MASKED = 0x80, 0x40, 0x80
TCP_ESTABLISHED = 1
PATIENCE = 15.0
CHUNK = 2**16


def frame(payload: bytes, opcode: int = TEXT, *, first: int = FINAL) -> bytes:
    """One masked frame; `first` holds the bits beside the opcode (FINAL, RSV1)."""
    size = len(payload)
    if size < 126:
        head = bytes([first | opcode, MASKED | size])
    elif size < 2**16:
        head = bytes([first | opcode, MASKED | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([first | opcode, MASKED | 127]) + size.to_bytes(8, "big")
    mask = os.urandom(4)
    whole = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return head + mask + (int.from_bytes(payload, "big") ^ whole).to_bytes(size, "big")


def text(said: Any) -> bytes:
    return frame(json.dumps(said).encode())


async def connect(port: int, key: str, *, receive_buffer: int = 0) -> socket.socket:
    """An upgraded connection that has said hello, of a signed-in session."""
    loop = asyncio.get_running_loop()
    line = socket.socket()
    line.setblocking(False)
    if receive_buffer:  # before connecting, or the window is agreed upon already
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    async with asyncio.timeout(PATIENCE):
        await loop.sock_connect(line, ("127.0.0.1", port))
        await loop.sock_sendall(line, _upgrade(key))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += await loop.sock_recv(line, 1) or b"\r\n\r\n"
        await loop.sock_sendall(line, text({"type": "hello"}))
    if b" 101 " not in answer:
        raise ConnectionError(answer.decode("latin-1"))
    return line


def _upgrade(key: str) -> bytes:
    lines = [
        "GET /ws/ HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Origin: {ORIGIN}",
        f"Cookie: sessionid={key}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def is_established(line: socket.socket) -> bool:
    """Whether the other side has left it open, asked of the kernel without reading."""
    return line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == TCP_ESTABLISHED
