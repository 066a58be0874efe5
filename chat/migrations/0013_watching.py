"""Watching together, shared collections."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0012_polls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="collected_revision",
            field=models.PositiveBigIntegerField(
                db_default=0, default=0, help_text="The change that last touched its collection."
            ),
        ),
        migrations.CreateModel(
            name="CollectedVideo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("video_id", models.UUIDField()),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collection",
                        to="chat.conversation",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("conversation"), models.F("video_id"), name="collected_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Watching",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="watching",
                        serialize=False,
                        to="chat.conversation",
                    ),
                ),
                ("version", models.PositiveBigIntegerField(default=0)),
                (
                    "host_only",
                    models.BooleanField(default=False, verbose_name="only the host controls it"),
                ),
                ("video_id", models.UUIDField(blank=True, null=True)),
                ("duration_ms", models.PositiveIntegerField(default=0)),
                ("position_ms", models.PositiveIntegerField(default=0)),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="When it stood at its position.",
                    ),
                ),
                ("is_playing", models.BooleanField(default=False)),
                ("queue", models.JSONField(blank=True, default=list)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "left_at",
                    models.DateTimeField(
                        blank=True, help_text="Since when nobody is there.", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["conversation"],
                        condition=models.Q(("ended_at__isnull", True)),
                        name="watching_live",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Viewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "busy_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="How far ahead of the clock their acts reach.",
                        null=True,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "watching",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="viewers",
                        to="chat.watching",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("watching"), models.F("user"), name="viewer_once"
                    )
                ],
            },
        ),
    ]
