"""Reports."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.ids

REASONS = [
    ("spam", "Spam"),
    ("harassment", "Bullying or harassment"),
    ("hate", "Hate"),
    ("violence", "Violence or threats"),
    ("sexual", "Nudity or sex"),
    ("minor", "Somebody under 18 is in danger"),
    ("self_harm", "Suicide or self-harm"),
    ("fraud", "A scam or fraud"),
    ("impersonation", "Pretends to be somebody else"),
    ("illegal", "Something else that is illegal"),
    ("other", "Something else"),
]
STATES = [
    ("open", "We will look at it"),
    ("acted", "We took action"),
    ("kept", "We found nothing against our rules"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_theme_and_age_refusals")]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                ("kind", models.CharField(help_text="One of REPORTABLES.", max_length=20)),
                ("object_id", models.UUIDField()),
                (
                    "title",
                    models.CharField(
                        help_text="What the reporter's own list calls it.", max_length=120
                    ),
                ),
                ("reason", models.CharField(choices=REASONS, max_length=13)),
                ("words", models.TextField(blank=True, max_length=1000)),
                ("evidence", models.JSONField()),
                ("evidence_hash", models.CharField(max_length=64)),
                ("state", models.CharField(choices=STATES, default="open", max_length=5)),
                (
                    "outcome",
                    models.TextField(blank=True, help_text="What the reporter is told in the end."),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="Whose it is, where it is somebody's.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reporter", "-created_at"], name="report_by_reporter"),
                    models.Index(fields=["kind", "object_id"], name="report_of"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["created_at"],
                        name="report_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("reporter"),
                        models.F("kind"),
                        models.F("object_id"),
                        condition=models.Q(("state", "open")),
                        name="report_open_once",
                    )
                ],
            },
        ),
    ]
