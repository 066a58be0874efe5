"""The chat of the Channels tutorial, with each message stored by the ORM: what Medley is measured
against."""

import json
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.tutorial_settings")

from config.wsgi import application as django_application  # noqa: F401, I001  (sets Django up)

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.db import transaction
from django.urls import path

from chat.models import Conversation, Message


class ChatConsumer(AsyncWebsocketConsumer):
    """One room by its conversation's id, as the tutorial has it."""

    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        self.group = f"chat_{self.room}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str = "", bytes_data: bytes | None = None) -> None:
        message = json.loads(text_data)["message"]
        seq = await database_sync_to_async(save)(self.room, message)
        event = {"type": "chat.message", "seq": seq, "message": message}
        await self.channel_layer.group_send(self.group, event)

    async def chat_message(self, event: dict[str, Any]) -> None:
        said = {"seq": event["seq"], "message": event["message"]}
        await self.send(text_data=json.dumps(said))


@transaction.atomic
def save(room: str, body: str) -> int:
    """Store with the next number; answer the number."""
    conversation = Conversation.objects.select_for_update().get(pk=room)
    conversation.last_seq += 1
    conversation.revision += 1
    conversation.save(update_fields=["last_seq", "revision"])
    Message.objects.create(
        conversation=conversation,
        seq=conversation.last_seq,
        revision=conversation.revision,
        body=body,
    )
    return conversation.last_seq


application = ProtocolTypeRouter(
    {"websocket": URLRouter([path("tutorial/<str:room>/", ChatConsumer.as_asgi())])}
)
