"""The commerce app's entry in Django's registry."""

from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "commerce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.notifications import register
        from commerce import checks as checks
        from commerce.guests import watch_sign_ins
        from commerce.notifications import KINDS

        register(*KINDS)
        watch_sign_ins()
