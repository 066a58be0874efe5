"""The socket's one address."""

from typing import Any

from django.urls import path

from chat.consumers import ChatConsumer

websocket_urlpatterns: list[Any] = [path("ws/", ChatConsumer.as_asgi())]
