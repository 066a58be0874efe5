"""The accounts app's entry in Django's registry."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import sign_ins
        from accounts.moderation import telling
        from accounts.moderation.roles import grant_permissions
        from accounts.notifications import family, own, register

        register(*own.KINDS, *family.KINDS, *telling.KINDS)
        post_migrate.connect(grant_permissions)
        user_logged_in.connect(sign_ins.begin)
