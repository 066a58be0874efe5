"""What creators are told of their videos, by day: four new tables, filled by jobs."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def key() -> tuple[str, models.Field]:
    field = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return "id", field


def person(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )


def sums() -> list[tuple[str, models.Field]]:
    return [
        ("day", models.DateField()),
        (
            "plays",
            models.PositiveIntegerField(default=0, help_text="Times it was before somebody."),
        ),
        ("views", models.PositiveIntegerField(default=0, help_text="Times it was watched.")),
        ("watched_ms", models.PositiveBigIntegerField(default=0)),
        (
            "sends",
            models.PositiveIntegerField(default=0, help_text="Times it was sent to somebody."),
        ),
        ("sources", models.JSONField(default=dict, help_text="Views by `WatchEvent.Source`.")),
        (
            "reached",
            models.JSONField(
                default=list,
                help_text="How many came to each percent of it and no further, 0 to 100.",
            ),
        ),
        ("viewers", models.BinaryField(default=bytes)),
        ("senders", models.BinaryField(default=bytes)),
        ("conversations", models.BinaryField(default=bytes)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("videos", "0008_credits"),
    ]

    operations = [
        migrations.CreateModel(
            name="VideoDay",
            fields=[
                key(),
                *sums(),
                ("stale_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("author", person("+")),
                (
                    "video",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="insight_days",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["author", "day"], name="video_day_of_author"),
                    models.Index(
                        condition=Q(("stale_at__isnull", False)),
                        fields=["stale_at"],
                        name="video_day_stale",
                    ),
                ],
                "constraints": [models.UniqueConstraint("video", "day", name="video_day_once")],
            },
        ),
        migrations.CreateModel(
            name="CreatorDay",
            fields=[key(), *sums(), ("user", person("insight_days"))],
            options={
                "constraints": [models.UniqueConstraint("user", "day", name="creator_day_once")],
            },
        ),
        migrations.CreateModel(
            name="FollowerDay",
            fields=[
                key(),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("is_reconstructed", models.BooleanField(default=False)),
                ("user", person("follower_days")),
            ],
            options={
                "constraints": [models.UniqueConstraint("user", "day", name="follower_day_once")],
            },
        ),
        migrations.CreateModel(
            name="FollowerHours",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="follower_hours",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="In which all their days are counted.", max_length=64
                    ),
                ),
                ("hours", models.JSONField(default=list)),
                ("watchers", models.PositiveIntegerField(default=0)),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["counted_at"], name="follower_hours_oldest"),
                ],
            },
        ),
    ]
