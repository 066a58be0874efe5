"""The videos app's entry in Django's registry."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    name = "videos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.notifications import register
        from videos.notifications import KINDS

        register(*KINDS)
