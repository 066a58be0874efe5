"""Devices that are told, and when those of a line's receiver were last asked to be."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_notifications")]

    operations = [
        migrations.CreateModel(
            name="Device",
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
                            ("web", "Browser"),
                            ("fcm", "Android"),
                            ("apns", "iPhone or iPad"),
                        ],
                        max_length=4,
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                (
                    "digest",
                    models.CharField(help_text="Of kind and address.", max_length=64, unique=True),
                ),
                (
                    "keys",
                    models.JSONField(
                        default=dict, help_text="Web Push: p256dh and auth, as base64url."
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Chrome on Android, say.", max_length=60
                    ),
                ),
                (
                    "session_key",
                    models.CharField(blank=True, db_index=True, max_length=40),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "registered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="The last time."
                    ),
                ),
                ("last_ok_at", models.DateTimeField(blank=True, null=True)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, help_text="Since then, in a row."),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["web", "fcm", "apns"])),
                        name="device_kind_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="notification",
            name="pushed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When its receiver's devices are told of it, or were.",
                null=True,
            ),
        ),
    ]
