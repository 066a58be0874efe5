"""Sounds, which video uses which, and which was made with which."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sound",
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
                        choices=[("library", "Library"), ("original", "Original sound")],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120)),
                ("artist", models.CharField(blank=True, max_length=120)),
                ("file", models.CharField(help_text="Name in the file storage.", max_length=200)),
                ("duration_ms", models.PositiveIntegerField()),
                ("peaks", models.JSONField(blank=True, default=list)),
                ("mood", models.CharField(blank=True, max_length=30)),
                ("bpm", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("licence", models.CharField(blank=True, max_length=60)),
                ("credit", models.CharField(blank=True, max_length=300)),
                ("source_url", models.URLField(blank=True, max_length=300)),
                ("cover", models.CharField(blank=True, max_length=200)),
                ("is_open", models.BooleanField(default=True)),
                ("fingerprint", models.BinaryField(blank=True, default=bytes)),
                (
                    "source_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                ("use_count", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "contains",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contained_in",
                        to="videos.sound",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sounds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="own_sound",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-use_count", "-id"], name="sound_by_use"),
                    models.Index(fields=["mood", "-use_count"], name="sound_by_mood"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind="library") | Q(owner__isnull=False),
                        name="sound_original_has_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_sounds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sound",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saves",
                        to="videos.sound",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(F("user"), F("sound"), name="sound_saved_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SoundMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.IntegerField()),
                ("place", models.PositiveIntegerField()),
                (
                    "sound",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="videos.sound",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["word"], name="sound_mark_word")]},
        ),
        migrations.AddField(
            "video",
            "sound",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text=(
                    "The music under it; its own sound is the sound that names it as origin."
                ),
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="videos",
                to="videos.sound",
            ),
        ),
        migrations.AddField(
            "video", "sound_start_ms", models.PositiveIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            "video",
            "lends_sound",
            models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="others may use the sound of this video",
            ),
        ),
        migrations.AddField(
            "video",
            "parent",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remixes",
                to="videos.video",
            ),
        ),
        migrations.AddField(
            "video",
            "parent_kind",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Its own"),
                    ("duet", "Duet"),
                    ("stitch", "Stitch"),
                    ("reply", "Reply to a comment"),
                ],
                db_default="",
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            "video",
            "reply_to_comment",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="video_replies",
                to="videos.comment",
            ),
        ),
        migrations.AddIndex(
            "video",
            models.Index(
                fields=["sound", "-published_at"],
                name="video_by_sound",
                condition=Q(sound__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "video",
            models.Index(
                fields=["parent", "-published_at"],
                name="video_by_parent",
                condition=Q(parent__isnull=False),
            ),
        ),
    ]
