"""Polls."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0011_media"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="poll",
                        serialize=False,
                        to="chat.message",
                    ),
                ),
                ("question", models.CharField(max_length=300, verbose_name="question")),
                (
                    "is_multiple",
                    models.BooleanField(default=False, verbose_name="several answers"),
                ),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="anonymous")),
                (
                    "hides_results",
                    models.BooleanField(default=False, verbose_name="results once it is closed"),
                ),
                (
                    "is_extendable",
                    models.BooleanField(default=False, verbose_name="others may add answers"),
                ),
                ("voter_count", models.PositiveIntegerField(default=0)),
                (
                    "closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closes"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, help_text="When all were told.", null=True),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(closed_at__isnull=True, closes_at__isnull=False),
                        fields=["closes_at"],
                        name="poll_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PollOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=100)),
                ("vote_count", models.PositiveIntegerField(default=0)),
                ("latest", models.JSONField(blank=True, default=list)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="chat.poll",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("poll"), models.F("position"), name="poll_option_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PollVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_only", models.BooleanField()),
                ("voted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="chat.polloption",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="chat.poll",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("poll"),
                        models.F("user"),
                        models.F("option"),
                        name="poll_vote_once",
                    ),
                    models.UniqueConstraint(
                        models.F("poll"),
                        models.F("user"),
                        condition=models.Q(("is_only", True)),
                        name="poll_vote_only",
                    ),
                ],
            },
        ),
    ]
