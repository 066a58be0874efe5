"""The timetable's slots, the queues' canaries, and jobs that somebody discards."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_follow_bell")]

    operations = [
        migrations.AddField(
            "outboxjob",
            "discarded_at",
            models.DateTimeField(blank=True, help_text="Never to be done.", null=True),
        ),
        migrations.AddField(
            "outboxjob",
            "discard_reason",
            models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.CreateModel(
            name="BeatSlot",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("claimed_at", models.DateTimeField(db_default=Now())),
            ],
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("queue", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("sung_at", models.DateTimeField(blank=True, null=True)),
                ("job_id", models.BigIntegerField(blank=True, null=True)),
            ],
        ),
    ]
