"""What the next release's models have that ours have not."""

from django.apps import AppConfig
from django.db import models


class Ahead(AppConfig):
    """Gives messages a column: whatever asks for whole messages asks for it too."""

    name = "tests.chaos.ahead"

    def ready(self) -> None:
        from chat.models import Message

        Message.add_to_class("tone", models.TextField(null=True))
