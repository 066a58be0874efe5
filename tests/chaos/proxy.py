"""A middlebox between some clients and one server: it can go silent without a word, and lead
elsewhere from one moment to the next."""

import asyncio
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

CHUNK = 2**16


@dataclass
class Proxy:
    """Forwards until `is_silent`; then it swallows everything and closes nothing, as a router does
    that forgot the connection. `reaped_at`: when the server ended each line itself.

    `upstream` is the port or the unix socket where new lines lead, over `tls` (of "localhost")
    where that is given.
    """

    upstream: int | Path
    tls: ssl.SSLContext | None = None
    is_silent: bool = False
    port: int = 0
    lines: int = 0
    reaped_at: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_silent:
            writer.transport.abort()
            return
        try:
            up_reader, up_writer = await self._dialled()
        except OSError:  # nobody there: as nobody here
            writer.transport.abort()
            return
        self._writers |= {writer, up_writer}
        self.lines += 1
        await asyncio.gather(
            self._forward(reader, up_writer, is_up=True),
            self._forward(up_reader, writer, is_up=False),
        )
        self.lines -= 1
        self._writers -= {writer, up_writer}

    async def _dialled(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.upstream, Path):
            return await asyncio.open_unix_connection(self.upstream)
        name = "localhost" if self.tls else None
        return await asyncio.open_connection(
            "127.0.0.1", self.upstream, ssl=self.tls, server_hostname=name
        )

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
