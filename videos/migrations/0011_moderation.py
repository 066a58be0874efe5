"""What moderators took down: kept, and seen by nobody but whose it is."""

from django.db import migrations, models

WHEN = "When a moderator took it down."


def removed_at() -> models.DateTimeField:
    return models.DateTimeField(blank=True, help_text=WHEN, null=True)


class Migration(migrations.Migration):
    dependencies = [("videos", "0010_comment_mentions")]

    operations = [
        migrations.AddField("video", "removed_at", removed_at()),
        migrations.AddField("comment", "removed_at", removed_at()),
        migrations.AddField("sound", "removed_at", removed_at()),
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
                    ("removed", "Removed"),
                ],
                default="uploading",
                max_length=10,
            ),
        ),
    ]
