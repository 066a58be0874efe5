"""Which pages may open the socket: exactly our own origins."""

from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings

# Set in the scope where an Origin was sent and is ours: only then is a cookie worth anything.
ORIGIN_MATCHED = "medley.origin_matched"


class ExactOriginValidator:
    """Scheme, host and port must match one of SITE_ORIGINS (channels#1657: a host alone is too
    wide).

    Apps send no Origin. They pass here and must bring a ticket: the consumer reads cookies only
    where an Origin was checked.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if not all(_is_ours(origin) for origin in origins):
            return await WebsocketDenier()(scope, receive, send)
        scope = {**scope, ORIGIN_MATCHED: bool(origins)}
        return await self.application(scope, receive, send)


def _is_ours(origin: bytes) -> bool:
    allowed = {each.lower().rstrip("/") for each in settings.SITE_ORIGINS}
    return origin.decode("latin-1").lower() in allowed
