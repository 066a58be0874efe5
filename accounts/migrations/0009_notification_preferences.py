"""What people decide about notifications as a whole: a table that begins empty."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_link_cards")]

    operations = [
        migrations.CreateModel(
            name="NotificationPreferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notification_preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("in_app", models.BooleanField(default=True, verbose_name="in Medley")),
                ("push", models.BooleanField(default=True, verbose_name="on your devices")),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("never", "Never"),
                            ("daily", "Every day"),
                            ("weekly", "Every Monday"),
                        ],
                        max_length=6,
                        verbose_name="by mail",
                    ),
                ),
                (
                    "hides_content",
                    models.BooleanField(
                        default=False, help_text="No name and no words in what is pushed or mailed."
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(blank=True, help_text="By the person's own clock.", null=True),
                ),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                ("digest_sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_until__isnull", False),
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quiet_hours_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__in", ["never", "daily", "weekly"])),
                        name="digest_known",
                    ),
                ],
            },
        ),
    ]
