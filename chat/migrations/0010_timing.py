"""What waits for its time: scheduled messages, reminders, words not sent yet."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0010_expiry_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptWords",
            fields=[
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kept_words",
                        serialize=False,
                        to="chat.membership",
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=10000)),
                ("reply_to", models.PositiveBigIntegerField(blank=True, null=True)),
                ("mentions", models.JSONField(blank=True, default=list)),
                ("edited_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ScheduledMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("client_id", models.UUIDField()),
                ("body", models.TextField(blank=True, max_length=10000)),
                ("reply_to", models.PositiveBigIntegerField(blank=True, null=True)),
                ("thread", models.PositiveBigIntegerField(blank=True, null=True)),
                ("mentions", models.JSONField(blank=True, default=list)),
                (
                    "hanging",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What is to hang on it, as doors are given it: made when it is"
                        " sent.",
                    ),
                ),
                ("send_at", models.DateTimeField()),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the try to send it began that is under way.",
                        null=True,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(blank=True, help_text="Why it was not sent.", max_length=40),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scheduled",
                        to="chat.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("refusal", "")),
                        fields=["send_at"],
                        name="scheduled_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("author"), models.F("client_id"), name="scheduled_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("remind_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="chat.message",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("reminded_at__isnull", True)),
                        fields=["remind_at"],
                        name="reminder_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("message"), name="reminder_once"
                    )
                ],
            },
        ),
    ]
