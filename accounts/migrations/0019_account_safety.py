import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    """Where somebody is signed in, what happened to that, and a password that anybody can know."""

    dependencies = [("accounts", "0018_data_rights")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="has_leaked_password",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Their password was found in a list of leaked ones as they signed in.",
            ),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("session_key", models.CharField(max_length=40, unique=True)),
                (
                    "name",
                    models.CharField(blank=True, help_text="Firefox on Linux, say.", max_length=60),
                ),
                (
                    "is_app",
                    models.BooleanField(
                        default=False, help_text="Signed in with a token, not a cookie."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("signed_out", "Signed out"),
                            ("revoked", "Signed out from afar"),
                            ("sessions_ended", "All other devices were signed out"),
                            ("password_changed", "Password changed"),
                            ("password_set", "Password set"),
                            ("password_reset", "Password reset by mail"),
                            ("email_changed", "Mail address changed"),
                            ("email_deleted", "Mail address removed"),
                            ("totp_activated", "Authenticator app set up"),
                            ("totp_deactivated", "Authenticator app switched off"),
                            ("recovery_codes_generated", "New recovery codes made"),
                            ("webauthn_added", "Passkey added"),
                            ("webauthn_removed", "Passkey removed"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, help_text="Of the browser or app.", max_length=60),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="security_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-at"], name="security_event_of_user")],
            },
        ),
    ]
