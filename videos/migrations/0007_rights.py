"""Chosen friends, who may do what with a video, labels, and what people decide once for all."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

CIRCLES = [
    ("everyone", "Everyone"),
    ("followers", "Followers"),
    ("friends", "Friends"),
    ("no_one", "No one"),
]


def circle(name: str, default: str = "everyone") -> models.CharField:
    return models.CharField(
        choices=CIRCLES, db_default=default, default=default, max_length=9, verbose_name=name
    )


PERMISSIONS = {
    "comments_by": circle("who can comment"),
    "duets_by": circle("who can make duets"),
    "stitches_by": circle("who can make stitches"),
    "downloads_by": circle("who can download", "no_one"),
}


def keep_teens_to_friends(apps: Any, schema_editor: Any) -> None:
    """R5: until now nobody but friends made anything with a video of somebody under 18; that stays
    so for what they posted, whatever they choose for what comes."""
    eighteen_years_ago = timezone.now().date() - timedelta(days=6576)
    theirs = apps.get_model("videos", "Video").objects.filter(
        author__birth_date__gt=eighteen_years_ago
    )
    theirs.update(duets_by="friends", stitches_by="friends")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_uploads"),
        ("videos", "0006_saving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VideoSettings",
            fields=[
                *PERMISSIONS.items(),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="video_settings",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shows_sensitive",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="show sensitive videos without asking",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *(
            migrations.AddField(model_name="video", name=name, field=field)
            for name, field in PERMISSIONS.items()
        ),
        migrations.AddField(
            model_name="video",
            name="is_ai_made",
            field=models.BooleanField(db_default=False, default=False, verbose_name="made with AI"),
        ),
        migrations.AddField(
            model_name="video",
            name="is_paid_partnership",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="paid partnership"
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="sensitivity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not sensitive"),
                    ("author", "Marked by its author"),
                    ("moderator", "Marked by a moderator"),
                ],
                db_default="",
                default="",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="revised_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When what viewers read or see was changed after that.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="video",
            name="audience",
            field=models.CharField(
                choices=[
                    ("public", "Everyone"),
                    ("followers", "Followers"),
                    ("friends", "Friends"),
                    ("chosen", "Chosen friends"),
                    ("private", "Only me"),
                ],
                default="public",
                max_length=9,
                verbose_name="who can watch",
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="chosen",
            field=models.ManyToManyField(
                blank=True,
                help_text="Friends who may watch where the audience is chosen ones.",
                related_name="chosen_for",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(keep_teens_to_friends, migrations.RunPython.noop),
    ]
