"""Where somebody is signed in: a browser or an app, without any place or address."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

NAME_LIMIT = 60
# "Last seen" is that exact: each note is a write, and nobody needs the minute.
SEEN_WITHIN = timedelta(minutes=15)


class SignIn(models.Model):
    """One session, by a key that is shown to nobody. Whether it is still good says the session
    itself (accounts/sessions.py): a row may outlive it for a while."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Firefox on Linux, say.")
    is_app = models.BooleanField(default=False, help_text="Signed in with a token, not a cookie.")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.shown_name} of {self.user_id}"

    @property
    def shown_name(self) -> str:
        """What its person's list calls it."""
        if self.name:
            return self.name
        return str(_("An app") if self.is_app else _("An unknown browser"))


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    """What happened to accounts, as sets."""

    def lately(self) -> "SecurityEventQuerySet":
        """The latest first."""
        return self.order_by("-at", "-pk")


class SecurityEvent(models.Model):
    """Something that happened to how an account is entered; kept for 90 days."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGNED_OUT = "signed_out", _("Signed out")
        REVOKED = "revoked", _("Signed out from afar")
        SESSIONS_ENDED = "sessions_ended", _("All other devices were signed out")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        PASSWORD_SET = "password_set", _("Password set")
        PASSWORD_RESET = "password_reset", _("Password reset by mail")
        EMAIL_CHANGED = "email_changed", _("Mail address changed")
        EMAIL_DELETED = "email_deleted", _("Mail address removed")
        TOTP_ACTIVATED = "totp_activated", _("Authenticator app set up")
        TOTP_DEACTIVATED = "totp_deactivated", _("Authenticator app switched off")
        CODES_GENERATED = "recovery_codes_generated", _("New recovery codes made")
        PASSKEY_ADDED = "webauthn_added", _("Passkey added")
        PASSKEY_REMOVED = "webauthn_removed", _("Passkey removed")

    KEPT = timedelta(days=90)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="security_events", db_index=False
    )
    kind = models.CharField(max_length=24, choices=Kind.choices)
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Of the browser or app.")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="security_event_of_user")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
