"""Groups' own lists of words, and messages that wait for their moderators."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0018_moderation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="words_version",
            field=models.PositiveIntegerField(
                db_default=0, default=0, help_text="Of its list of words; 0 for none."
            ),
        ),
        migrations.CreateModel(
            name="WordFilter",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="word_filter",
                        serialize=False,
                        to="chat.conversation",
                    ),
                ),
                (
                    "words",
                    models.JSONField(
                        blank=True, default=list, help_text="In lower case, one each."
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("refuse", "Do not send the message"),
                            ("hold", "Let moderators read it first"),
                        ],
                        default="refuse",
                        max_length=6,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="HeldMessage",
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
                ("client_id", models.UUIDField(blank=True, null=True)),
                ("body", models.TextField()),
                ("reply_to", models.PositiveBigIntegerField(blank=True, null=True)),
                ("thread", models.PositiveBigIntegerField(blank=True, null=True)),
                ("mentions", models.JSONField(blank=True, default=list)),
                ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_messages",
                        to="chat.conversation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("author", "client_id"), name="message_held_once"
                    )
                ]
            },
        ),
    ]
