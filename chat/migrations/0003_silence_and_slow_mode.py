"""Silence and slow mode, as the writer compares them. Safe on a live table: nothing is rewritten,

and the code before this one, which knows none of the columns, goes on writing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_joined_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="slow_seconds",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="Slow mode: how long a member waits between messages.",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="said_at",
            field=models.DateTimeField(
                blank=True, help_text="When they last spoke, kept where slow mode is on.", null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="silenced_until",
            field=models.DateTimeField(
                blank=True, help_text="Until when they may read here but not write.", null=True
            ),
        ),
    ]
