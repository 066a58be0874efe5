"""Of which socket and frame something is, for what is logged meanwhile (accounts/tracing.py)."""

import re
from uuid import UUID

from accounts.tracing import Facts
from chat.live.frames import Frame

_TYPE = re.compile(r"[a-z_]{1,32}(\.[a-z_]{1,32})?")
_IDS = ("conversation", "client_id")


class FrameTrace:
    """Made for each frame, read for hardly any."""

    __slots__ = ("_frame", "_request")

    def __init__(self, request: str, frame: Frame) -> None:
        self._request, self._frame = request, frame

    def facts(self) -> Facts:
        """Of what the client said only its type, where it looks like one, and ids that are."""
        facts = {"request": self._request}
        kind = self._frame.get("type", "")
        if _TYPE.fullmatch(kind):
            facts["frame"] = kind
        return facts | {name: said for name in _IDS if (said := _id(self._frame.get(name)))}


def _id(said: object) -> str:
    try:
        return str(UUID(said)) if isinstance(said, str) else ""
    except ValueError:
        return ""
