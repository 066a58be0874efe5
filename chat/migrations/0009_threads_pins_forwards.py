"""Threads, pins, forwards, and the newest mention of each member: columns without a rewrite."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0008_channels")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="pins",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="mention_seq",
            field=models.BigIntegerField(
                db_default=0, default=0, help_text="The newest message that mentions them."
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="thread",
            field=models.BigIntegerField(
                blank=True,
                help_text="The place of the message whose thread it is in.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="replies",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="hops",
            field=models.SmallIntegerField(
                blank=True,
                help_text="How often its words were forwarded to come here (R17).",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="origin",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
