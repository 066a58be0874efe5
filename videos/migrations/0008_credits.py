"""Co-creators, subtitles, and the films that a video has been."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import accounts.ids
import videos.subtitles.languages


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0007_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="video",
            name="co_creator_count",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="Who accepted, whether or not they are here now.",
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="subtitle_languages",
            field=models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Of its tracks, in the order they were made: a feed asks nothing else.",
            ),
        ),
        migrations.CreateModel(
            name="CaptionTrack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        max_length=12, validators=[videos.subtitles.languages.validate_language]
                    ),
                ),
                ("cues", models.JSONField(default=list)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text=("Grows with each change: what another device saw may be older."),
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "video",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracks",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(F("video"), F("language"), name="caption_track_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Co-creator"),
                            ("declined", "Declined"),
                        ],
                        default="invited",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(F("video"), F("user"), name="credit_once")],
            },
        ),
        migrations.CreateModel(
            name="VideoVersion",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Uploading"),
                            ("preparing", "Being prepared"),
                            ("current", "Playing"),
                            ("past", "Replaced"),
                            ("failed", "Failed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("upload", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Name in the file storage.", max_length=200
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Bytes of the film as it came."
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="SHA-256 of what played.", max_length=64
                    ),
                ),
                ("duration_ms", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveSmallIntegerField(default=0)),
                ("height", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "began_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="playing since"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="replaced"),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="looked at"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked at by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(F("video"), F("number"), name="video_version_once"),
                    models.UniqueConstraint(
                        F("video"),
                        condition=Q(("state__in", ["uploading", "preparing"])),
                        name="video_version_one_under_way",
                    ),
                ],
            },
        ),
    ]
