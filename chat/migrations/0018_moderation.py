"""What moderators took down or closed: messages with their words kept aside, conversations."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0017_pushes")]

    operations = [
        migrations.AddField(
            "conversation",
            "closed_at",
            models.DateTimeField(
                blank=True, help_text="When moderators of Medley closed it.", null=True
            ),
        ),
        migrations.AddField(
            "message",
            "taken_down_at",
            models.DateTimeField(
                blank=True, help_text="When moderators of Medley took it down.", null=True
            ),
        ),
        migrations.AddField(
            "reply",
            "taken_down_at",
            models.DateTimeField(
                blank=True, help_text="When moderators of Medley took it down.", null=True
            ),
        ),
        migrations.CreateModel(
            name="TakenDown",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="taken_down",
                        serialize=False,
                        to="chat.message",
                    ),
                ),
                ("body", models.TextField(blank=True)),
                ("mentions", models.JSONField(blank=True, default=list)),
            ],
            options={"verbose_name_plural": "taken down"},
        ),
    ]
