"""A middlebox between some clients and one web process, which can go silent without a word."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 2**16


@dataclass
class Proxy:
    """Forwards until `is_silent`; then it swallows everything and closes nothing, as a router does
    that forgot the connection. `reaped_at`: when the server ended each line itself."""

    upstream: int
    is_silent: bool = False
    port: int = 0
    lines: int = 0
    reaped_at: list[float] = field(default_factory=list)

    async def start(self) -> None:
        self._writers: set[asyncio.StreamWriter] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_silent:
            writer.transport.abort()
            return
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        self._writers |= {writer, up_writer}
        self.lines += 1
        await asyncio.gather(
            self._forward(reader, up_writer, is_up=True),
            self._forward(up_reader, writer, is_up=False),
        )
        self.lines -= 1
        self._writers -= {writer, up_writer}

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_up: bool
    ) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if not self.is_silent:
                    writer.write(chunk)
                    await writer.drain()
        if self.is_silent and not is_up:
            self.reaped_at.append(time.monotonic())
        if not self.is_silent:
            writer.close()
