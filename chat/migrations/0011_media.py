"""Albums, voice, files and stickers."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0010_timing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="media",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Sticker",
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
                ("file", models.CharField(max_length=200)),
                ("side", models.PositiveSmallIntegerField(help_text="Pixels; it is square.")),
                ("alt", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "maker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stickers_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Media",
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
                            ("photo", "Photo"),
                            ("video", "Video"),
                            ("voice", "Voice message"),
                            ("file", "File"),
                            ("sticker", "Sticker"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Uploading"),
                            ("processing", "Being prepared"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                        ],
                        default="uploading",
                        max_length=10,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(blank=True, help_text="Why, as a code.", max_length=40),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Name in the file storage.", max_length=200
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=200)),
                ("thumb", models.CharField(blank=True, max_length=200)),
                (
                    "blur",
                    models.CharField(
                        blank=True, help_text="A tiny picture, data: URI.", max_length=2000
                    ),
                ),
                ("width", models.PositiveSmallIntegerField(default=0)),
                ("height", models.PositiveSmallIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                (
                    "waveform",
                    models.JSONField(blank=True, default=list, help_text="Loudness, 0 to 100."),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        verbose_name="description for people who cannot see it",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the files go; never while a message shows them.",
                        null=True,
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="chat.media",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="media_rows",
                        to="chat.message",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="media",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sticker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="chat.sticker",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ends_at__isnull", False)),
                        fields=["ends_at"],
                        name="media_ending",
                    ),
                    models.Index(fields=["owner", "created_at"], name="media_by_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            ("sticker__isnull", False),
                            _connector="OR",
                        ),
                        name="media_ready_has_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptSticker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_stickers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sticker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keepings",
                        to="chat.sticker",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"), models.F("sticker"), name="sticker_kept_once"
                    )
                ],
            },
        ),
    ]
