import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    """Where shops' own servers are told what happens, and the log of it: four new tables."""

    dependencies = [("commerce", "0016_connected_accounts")]

    operations = [
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                ("url", models.CharField(max_length=2048, verbose_name="address")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                (
                    "events",
                    models.JSONField(default=list, help_text="Values of `WebhookEvent.Kind`."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("on", "On"),
                            ("off", "Off"),
                            ("failing", "Turned off: nothing came through"),
                            ("gone", "Turned off: it answered 410 Gone"),
                        ],
                        default="on",
                        max_length=7,
                    ),
                ),
                ("secret", models.CharField(max_length=80)),
                ("old_secret", models.CharField(blank=True, max_length=80)),
                ("old_secret_until", models.DateTimeField(blank=True, null=True)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="commerce.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint("shop", "url", name="webhook_address_once")]
            },
        ),
        migrations.CreateModel(
            name="WebhookEvent",
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
                ("kind", models.CharField(max_length=20)),
                ("body", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="commerce.shop",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "On its way"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="commerce.webhookendpoint",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="commerce.webhookevent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint("endpoint", "event", name="webhook_event_once_each")
                ],
                "indexes": [
                    models.Index(fields=["endpoint", "-id"], name="webhook_log"),
                    models.Index(
                        condition=models.Q(state="waiting"), fields=["due_at"], name="webhook_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("took", models.PositiveIntegerField(default=0, help_text="Milliseconds.")),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("failure", models.CharField(blank=True, max_length=20)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="commerce.webhookdelivery",
                    ),
                ),
            ],
        ),
    ]
