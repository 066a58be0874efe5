"""Clips, recipes, drafts, and every try to prepare a video."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

import accounts.ids


def clips_from_sources(apps, schema_editor):
    """Every video that has a source has one clip: that source, whole."""
    clip_model, video_model = apps.get_model("videos", "Clip"), apps.get_model("videos", "Video")
    clips = (
        clip_model(
            video=video,
            source=video.source,
            duration_ms=video.duration_ms,
            width=video.width,
            height=video.height,
            state="ready",
        )
        for video in video_model.objects.exclude(source="").iterator(1000)
    )
    clip_model.objects.bulk_create(clips, batch_size=1000)


def sources_from_clips(apps, schema_editor):
    """The way back keeps the first clip of each video."""
    clip_model, video_model = apps.get_model("videos", "Clip"), apps.get_model("videos", "Video")
    for clip in clip_model.objects.filter(position=0).iterator(1000):
        video_model.objects.filter(pk=clip.video_id).update(source=clip.source)


class Migration(migrations.Migration):
    dependencies = [("videos", "0002_sounds")]

    operations = [
        migrations.AddField(
            "video",
            "recipe",
            models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                help_text=(
                    "What is made of the clips (videos/recipes); empty: all of them as they are."
                ),
            ),
        ),
        migrations.AddField(
            "video", "recipe_version", models.PositiveIntegerField(db_default=1, default=1)
        ),
        migrations.AddField(
            "video",
            "publish_at",
            models.DateTimeField(
                blank=True, help_text="When a prepared video goes out; empty: at once.", null=True
            ),
        ),
        migrations.AddField(
            "video",
            "edited_at",
            models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
                help_text="When its draft was changed last.",
            ),
        ),
        migrations.AlterField(
            "video",
            "state",
            models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("uploading", "Uploading"),
                    ("processing", "Being prepared"),
                    ("scheduled", "Scheduled"),
                    ("published", "Published"),
                    ("failed", "Failed"),
                ],
                default="uploading",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            "video",
            models.Index(
                condition=models.Q(("state", "scheduled")), fields=["publish_at"], name="video_due"
            ),
        ),
        migrations.AddField(
            "rendition",
            "parts",
            models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                help_text="Storage names of files that this one refers to.",
            ),
        ),
        migrations.AddField(
            "rendition",
            "picture",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text=(
                    "Which picture it shows: equal where recipes differ in their sound alone."
                ),
                max_length=16,
            ),
        ),
        migrations.AlterField(
            "rendition", "recipe_version", models.PositiveIntegerField(default=1)
        ),
        migrations.CreateModel(
            "Clip",
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
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Name in the file storage.", max_length=200
                    ),
                ),
                ("upload", models.UUIDField(blank=True, null=True, unique=True)),
                ("duration_ms", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveSmallIntegerField(default=0)),
                ("height", models.PositiveSmallIntegerField(default=0)),
                ("has_audio", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Uploading"),
                            ("checking", "Being checked"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                        ],
                        default="uploading",
                        max_length=9,
                    ),
                ),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("preview", models.CharField(blank=True, max_length=200)),
                (
                    "peaks",
                    models.JSONField(
                        blank=True, default=list, help_text="200 loudness values, 0 to 100."
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clips",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "ready"), _negated=True)
                        | models.Q(("source", ""), _negated=True),
                        name="clip_ready_has_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "ProcessingAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipe_version", models.PositiveIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("fetch", "Fetching the clips"),
                            ("probe", "Looking into them"),
                            ("render", "Rendering"),
                            ("store", "Storing"),
                            ("publish", "Publishing"),
                            ("extras", "Previews and streams"),
                        ],
                        default="fetch",
                        max_length=7,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_ok", models.BooleanField(null=True, verbose_name="went well")),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("said", models.TextField(blank=True, help_text="The end of what ffmpeg said.")),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="videos.video",
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.RunPython(clips_from_sources, sources_from_clips),
        # The column stays for a release: a process that runs the code of before still reads it.
        migrations.AlterField(
            "video", "source", models.CharField(blank=True, db_default="", max_length=200)
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("video", "source")]
        ),
    ]
