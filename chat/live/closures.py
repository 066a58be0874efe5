"""What is off where those who are connected are (R45): told to them when it begins and ends.

Twice a second each socket is compared with what holds in its region by then, so that a rule that
was saved reaches everybody within two seconds, with Redis or without, and one that begins by the
clock too. Nothing of a conversation that is off reaches a socket, nor is anything taken from it.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accounts.policy import regions as policy
from accounts.pool import in_thread
from accounts.regions import table
from chat.live.frames import Frame as Said
from chat.live.frames import conversation_of
from chat.live.socket import REGION_OFF, Socket
from chat.live.wire import Frame, encode

if TYPE_CHECKING:
    from chat.hub import Hub

logger = logging.getLogger(__name__)

TICK = 0.5


class Closures:
    """The watch of one hub over the rules of regions."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub

    async def watch(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(TICK)
            await self.look()

    async def look(self) -> None:
        """Read the rules where that is due, and tell whom a change of them concerns."""
        try:
            await in_thread(table.look)
            await self._tell(self._concerned())
        except Exception:
            logger.exception("the rules of regions could not be applied")

    def _concerned(self) -> list[Socket]:
        """Those who were told something else than what holds now; a moment for thousands."""
        regions = {socket.region for socket in self._hub.sockets}
        off = {region: table.off_in(region) for region in regions}
        return [each for each in self._hub.sockets if each.off != off[each.region]]

    async def _tell(self, sockets: Iterable[Socket]) -> None:
        concerned = list(sockets)
        for socket in concerned:
            self._hub.audience.shut_off(socket, table.off_in(socket.region))
            socket.write(Frame(encode(told(socket))))
            if policy.APP in socket.off:
                socket.close_after_frames(REGION_OFF)
                self._hub.remove(socket)
        staying = [socket for socket in concerned if socket.is_open]
        await asyncio.gather(*(self._hub.let_through(socket) for socket in staying))


def told(socket: Socket) -> dict[str, Any]:
    """The event: what is off where the client is, from now on."""
    return {"type": "region", "region": socket.region, "off": sorted(socket.off)}


def permit(socket: Socket, frame: Said) -> None:
    """Raises `Refused` (policy.R45) where what the frame is about is off in the client's region."""
    refusal = policy.region_off(_feature_of(socket, frame), socket.off)
    if refusal is not None:
        raise refusal.error()


def _feature_of(socket: Socket, frame: Said) -> str:
    if not socket.shut or "conversation" not in frame:
        return policy.MESSAGES
    return socket.shut.get(str(conversation_of(frame)), policy.MESSAGES)
