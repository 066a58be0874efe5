"""Messages that disappear, streaks: columns that nobody has to name, on tables that are in use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0009_threads_index")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="timer_seconds",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="How long new messages stay; 0 for ever."
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="streak_days",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="Days in a row on which they wrote, up to streak_on.",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="streak_on",
            field=models.DateField(
                blank=True, help_text="The last day (UTC) that the streak counts.", null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="streaks",
            field=models.BooleanField(
                blank=True,
                help_text="Whether they take part in streaks, once they said so.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="expires_at",
            field=models.DateTimeField(
                blank=True, help_text="From when on it is not shown any more.", null=True
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="expired_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When what was in it was deleted, after it expired.",
                null=True,
            ),
        ),
    ]
