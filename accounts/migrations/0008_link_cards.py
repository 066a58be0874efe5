"""Cards of others' addresses, hosts that show none, and how politely hosts are visited."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_push")]

    operations = [
        migrations.CreateModel(
            name="LinkCard",
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
                ("url_hash", models.CharField(max_length=64)),
                ("url", models.CharField(max_length=2048)),
                ("host", models.CharField(max_length=253)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not fetched yet"),
                            ("ready", "Shown"),
                            ("none", "Nothing to show"),
                            ("blocked", "Blocked"),
                        ],
                        default="new",
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "Page"), ("video", "Video"), ("picture", "Picture")],
                        default="page",
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("description", models.CharField(blank=True, max_length=300)),
                ("site", models.CharField(blank=True, max_length=80)),
                ("author", models.CharField(blank=True, max_length=80)),
                (
                    "picture",
                    models.CharField(
                        blank=True, help_text="Name in the file storage.", max_length=200
                    ),
                ),
                (
                    "picture_width",
                    models.PositiveSmallIntegerField(default=0, help_text="Pixels."),
                ),
                (
                    "picture_height",
                    models.PositiveSmallIntegerField(default=0, help_text="Pixels."),
                ),
                ("etag", models.CharField(blank=True, max_length=200)),
                (
                    "failure",
                    models.CharField(
                        blank=True, help_text="Why there is nothing to show.", max_length=40
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                ("fetched_at", models.DateTimeField(blank=True, null=True)),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True, help_text="Fetched again after that.", null=True
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("url_hash",), name="link_card_once")
                ],
                "indexes": [models.Index(fields=["host"], name="link_card_host")],
            },
        ),
        migrations.CreateModel(
            name="LinkBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=253, unique=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "blocked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LinkHost",
            fields=[
                ("host", models.CharField(max_length=253, primary_key=True, serialize=False)),
                (
                    "busy_until",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="Nobody visits before."
                    ),
                ),
                (
                    "next_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="The next turn to give away."
                    ),
                ),
                ("rules", models.JSONField(blank=True, null=True)),
                (
                    "rules_until",
                    models.DateTimeField(blank=True, help_text="Asked for again then.", null=True),
                ),
            ],
        ),
    ]
