"""Resumable uploads."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_entitlements")]

    operations = [
        migrations.CreateModel(
            name="Upload",
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
                ("purpose", models.CharField(help_text="One of UPLOAD_RECEIVERS.", max_length=20)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "metadata",
                    models.CharField(
                        blank=True, help_text="Upload-Metadata as it was given.", max_length=2048
                    ),
                ),
                ("length", models.PositiveBigIntegerField(help_text="Bytes.")),
                (
                    "offset",
                    models.PositiveBigIntegerField(default=0, help_text="Bytes that are here."),
                ),
                (
                    "file",
                    models.CharField(
                        blank=True, help_text="Name in the file storage.", max_length=200
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("completed_at__isnull", True)),
                        fields=["expires_at"],
                        name="upload_abandoned",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("offset__lte", models.F("length"))),
                        name="upload_offset_within_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_at__isnull", True),
                            models.Q(
                                ("offset", models.F("length")),
                                models.Q(("file", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="upload_complete_is_whole",
                    ),
                ],
            },
        ),
    ]
