"""The rules that a new password is held to (AUTH_PASSWORD_VALIDATORS)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.passwords.leaked import is_leaked

SENTENCE = gettext_lazy(
    "This password was stolen from another site once: everybody can look it up. Choose another."
)


class LeakedPasswordValidator:
    """No password that stands in a list of leaked ones."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` (password.breached)."""
        if is_leaked(password):
            raise ValidationError(SENTENCE, code="password.breached")

    def get_help_text(self) -> str:
        return _("It is not in a list of stolen passwords.")
