"""The accounts app's entry in Django's registry."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.moderation.roles import grant_permissions
        from accounts.notifications import own, register

        register(*own.KINDS)
        post_migrate.connect(grant_permissions)
