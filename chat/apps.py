"""The chat app's entry in Django's registry."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.notifications import register
        from chat.notifications import KINDS

        register(*KINDS)
