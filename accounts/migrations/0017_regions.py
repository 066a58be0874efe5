"""What is off in a region (R45); cases of people who ask for another birth date (R10)."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import accounts.ids
import accounts.models.region_rule

FEATURES = [
    ("app", "All of Medley"),
    ("sign_up", "New accounts"),
    ("messages", "Messages, with groups and channels"),
    ("groups", "Groups"),
    ("channels", "Channels"),
    ("videos", "Videos, with posting and comments"),
    ("upload", "Posting videos"),
    ("comments", "Comments"),
    ("shop", "The shop"),
]

ORIGINS = [
    ("report", "Reports"),
    ("appeal", "An appeal"),
    ("hash", "A known picture or sound"),
    ("spam", "Looks like spam"),
    ("words", "Filtered words"),
    ("nudity", "Nudity was detected"),
    ("age", "Asks to correct their birth date"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_screening")]

    operations: list = [
        migrations.AlterField(
            "case",
            "origin",
            models.CharField(choices=ORIGINS, max_length=6),
        ),
        migrations.CreateModel(
            name="RegionRule",
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
                    "region",
                    models.CharField(
                        max_length=2,
                        validators=[accounts.models.region_rule.validate_region],
                        verbose_name="region",
                    ),
                ),
                (
                    "feature",
                    models.CharField(choices=FEATURES, max_length=10, verbose_name="what is off"),
                ),
                (
                    "off_from",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="off from"
                    ),
                ),
                (
                    "off_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="off until"),
                ),
                ("reasons", models.JSONField(default=dict, verbose_name="reasons")),
                (
                    "legal_reference",
                    models.CharField(
                        blank=True,
                        help_text="The order or law. People in the region read it too.",
                        max_length=200,
                        verbose_name="legal reference",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "region rule",
                "verbose_name_plural": "region rules",
                "indexes": [models.Index(fields=["off_until"], name="region_rule_ends")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(off_until=None) | Q(off_until__gte=F("off_from")),
                        name="region_rule_in_order",
                        violation_error_message="It has to end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=Q(feature__in=tuple(key for key, _words in FEATURES)),
                        name="region_rule_feature_known",
                    ),
                ],
            },
        ),
    ]
