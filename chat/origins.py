"""Which pages may open the socket: exactly our own origins."""

from typing import Any
from urllib.parse import ParseResult

from channels.security.websocket import OriginValidator
from django.conf import settings


class ExactOriginValidator(OriginValidator):
    """Scheme, host and port must match one of SITE_ORIGINS (channels#1657: a host alone is too wide).

    Apps send no Origin. They pass here and must bring a ticket: the consumer reads cookies only where an
    Origin was checked.
    """

    def __init__(self, application: Any) -> None:
        super().__init__(application, settings.SITE_ORIGINS)

    def valid_origin(self, parsed_origin: ParseResult | None) -> bool:
        if parsed_origin is None:
            return True
        origin = f"{parsed_origin.scheme}://{parsed_origin.netloc}".lower()
        return origin in {allowed.lower() for allowed in self.allowed_origins}
