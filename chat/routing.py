"""The socket's one address."""

from typing import Any

websocket_urlpatterns: list[Any] = []
