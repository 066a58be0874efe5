"""Of which socket and frame something is, for what is logged meanwhile (accounts/tracing.py)."""

import re
from uuid import UUID

from accounts.tracing import Facts
from chat.live.frames import Frame

_TYPE = re.compile(r"[a-z_]{1,32}(\.[a-z_]{1,32})?")


class FrameTrace:
    """Made for each frame, read for hardly any. It does not keep the frame: a socket's last one
    would stay with it while its client is silent."""

    __slots__ = ("_client_id", "_conversation", "_request", "_type")

    def __init__(self, request: str, frame: Frame) -> None:
        self._request = request
        self._type = frame.get("type")
        self._conversation, self._client_id = frame.get("conversation"), frame.get("client_id")

    def facts(self) -> Facts:
        """Of what the client said only its type, where it looks like one, and ids that are."""
        facts = {"request": self._request}
        if isinstance(self._type, str) and _TYPE.fullmatch(self._type):
            facts["frame"] = self._type
        if conversation := _id(self._conversation):
            facts["conversation"] = conversation
        if client_id := _id(self._client_id):
            facts["client_id"] = client_id
        return facts


def _id(said: object) -> str:
    try:
        return str(UUID(said)) if isinstance(said, str) else ""
    except ValueError:
        return ""
