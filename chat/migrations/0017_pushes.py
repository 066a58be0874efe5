"""How far pushes of messages have come, and which of them wait."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_push"), ("chat", "0016_link_cards")]

    operations = [
        migrations.CreateModel(
            name="PushCursor",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="push_cursor",
                        serialize=False,
                        to="chat.conversation",
                    ),
                ),
                (
                    "seq",
                    models.PositiveBigIntegerField(
                        blank=True, help_text="Empty while nothing was looked at.", null=True
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PushNet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reached_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="WaitingPush",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waiting_pushes",
                        to="chat.membership",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.device",
                    ),
                ),
                ("after_seq", models.PositiveBigIntegerField()),
                ("last_seq", models.PositiveBigIntegerField()),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "device"), name="waiting_push_once"
                    )
                ],
            },
        ),
    ]
