import django.utils.timezone
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    """Where buyers go on to pay, and what the test provider knows."""

    dependencies = [("commerce", "0005_checkout")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="action_url",
            field=models.CharField(
                blank=True, default="", help_text="Where the buyer goes on.", max_length=500
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="TestCharge",
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
                ("payment", models.UUIDField(unique=True)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("refunded", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("take", models.BooleanField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("confirming", "Confirming"),
                            ("slow", "Slow"),
                            ("held", "Held"),
                            ("taken", "Taken"),
                            ("refused", "Refused"),
                            ("gone", "Gone"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("return_url", models.URLField(max_length=300)),
                ("down_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
