"""What links in messages lead to, and when an author did without the cards of theirs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_link_cards"), ("chat", "0015_messenger_gaps")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="unlinked_at",
            field=models.DateTimeField(
                blank=True, help_text="When its author took its links' cards away.", null=True
            ),
        ),
        migrations.CreateModel(
            name="MessageLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("url", models.TextField(help_text="As it was written, with its scheme.")),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("key", models.CharField(blank=True, max_length=80)),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.linkcard",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="chat.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", ""), _negated=True),
                        fields=["kind", "key"],
                        name="message_link_to_ours",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("message"), models.F("position"), name="message_link_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("card__isnull", False), ("kind", "")),
                            models.Q(models.Q(("kind", ""), _negated=True), ("card", None)),
                            _connector="OR",
                        ),
                        name="message_link_leads_somewhere",
                    ),
                ],
            },
        ),
    ]
