"""Cases, decisions, strikes and appeals; open reports get the cases that they would have today."""

from typing import Any
from uuid import UUID

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids
import accounts.models.strike

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
SEVERITY = {"minor": 10, "self_harm": 8, "violence": 8, "sexual": 6, "hate": 6, "illegal": 6}
AT_ONCE = 500
PERSON = settings.AUTH_USER_MODEL


def key() -> models.UUIDField:
    return models.UUIDField(
        default=accounts.ids.uuid7, editable=False, primary_key=True, serialize=False
    )


def staff(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name=options.pop("related_name", "+"),
        to=PERSON,
        **options,
    )


def open_cases(apps: Any, schema_editor: Any) -> None:
    """A batch at a time: reports of the same thing share a case. What is known of reach and of the
    reporters comes with the next report or look at it."""
    case_model = apps.get_model("accounts", "Case")
    report_model = apps.get_model("accounts", "Report")
    waiting = report_model.objects.filter(state="open", case=None).order_by("pk")
    while batch := list(waiting[:AT_ONCE]):
        cases = _cases_of(case_model, batch)
        for report in batch:
            report.case = cases[report.kind, report.object_id]
        report_model.objects.bulk_update(batch, ["case"])
    if schema_editor.connection.vendor == "postgresql":
        # What follows in this transaction changes the tables: checked now, nothing is pending.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _cases_of(case_model: Any, reports: list[Any]) -> dict[tuple[str, UUID], Any]:
    keys = {report.object_id for report in reports}
    known = case_model.objects.filter(object_id__in=keys, state="open")
    found = {(case.kind, case.object_id): case for case in known}
    new = {}
    for report in reports:
        about = (report.kind, report.object_id)
        case = found.get(about) or new.setdefault(about, _case_of(case_model, report))
        severity = SEVERITY.get(report.reason, 3)
        if severity > case.severity:
            case.severity, case.priority, case.reason = severity, severity / 2, report.reason
    case_model.objects.bulk_create(new.values())
    case_model.objects.bulk_update(found.values(), ["severity", "priority", "reason"])
    return found | new


def _case_of(case_model: Any, report: Any) -> Any:
    severity = SEVERITY.get(report.reason, 3)
    return case_model(
        kind=report.kind,
        object_id=report.object_id,
        owner_id=report.owner_id,
        title=report.title,
        reason=report.reason,
        severity=severity,
        priority=severity / 2,
        origin="report",
        opened_at=report.created_at,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_outbox_aside")]

    operations = [
        migrations.AddField(
            "user",
            "limits",
            models.JSONField(
                blank=True,
                db_default={},
                default=dict,
                help_text="What strikes keep the person from, and until when: {feature: ISO time}.",
            ),
        ),
        migrations.AddField(
            "user",
            "suspended_until",
            models.DateTimeField(blank=True, help_text="By a moderator's decision.", null=True),
        ),
        migrations.AddField(
            "user",
            "is_banned",
            models.BooleanField(
                db_default=False, default=False, help_text="By a moderator's decision, for good."
            ),
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", key()),
                ("kind", models.CharField(help_text="One of MODERATED.", max_length=20)),
                ("object_id", models.UUIDField()),
                ("title", models.CharField(blank=True, max_length=120)),
                (
                    "reason",
                    models.CharField(
                        choices=REASONS, help_text="The gravest that was named.", max_length=13
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(help_text="1 to 10.")),
                (
                    "reach",
                    models.PositiveIntegerField(default=1, help_text="How many people it reaches."),
                ),
                ("priority", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("proposed", "Waits for a second senior"),
                            ("decided", "Decided"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("report", "Reports"),
                            ("appeal", "An appeal"),
                            ("hash", "A known picture or sound"),
                            ("spam", "Looks like spam"),
                            ("words", "Filtered words"),
                            ("nudity", "Nudity was detected"),
                        ],
                        max_length=6,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.JSONField(blank=True, null=True)),
                ("evidence_hash", models.CharField(blank=True, max_length=64)),
                ("claimed_by", staff(blank=True)),
                (
                    "owner",
                    staff(
                        blank=True,
                        help_text="Whose it is, where it is somebody's.",
                        related_name="cases",
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("confirm_case", "Can confirm what another senior proposed"),
                    ("hold_case", "Can keep evidence for an authority"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("origin", "appeal"), _negated=True),
                        ),
                        fields=("kind", "object_id"),
                        name="case_open_once",
                    )
                ],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("id"),
                        condition=models.Q(("state", "open")),
                        name="case_queue",
                    ),
                    models.Index(fields=["kind", "object_id"], name="case_of"),
                    models.Index(fields=["state", "opened_at"], name="case_by_state"),
                ],
            },
        ),
        migrations.AddField(
            "report",
            "case",
            models.ForeignKey(
                help_text="Where it is decided, with others' reports of the same thing.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="accounts.case",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", key()),
                ("acts", models.JSONField(default=list)),
                ("reason", models.CharField(choices=REASONS, max_length=13)),
                ("rule", models.CharField(help_text="One of the house rules.", max_length=20)),
                ("words", models.TextField(max_length=4000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second senior"),
                            ("standing", "In force"),
                            ("undone", "Taken back"),
                            ("declined", "Declined by a second senior"),
                        ],
                        default="standing",
                        max_length=8,
                    ),
                ),
                (
                    "is_automated",
                    models.BooleanField(
                        default=False, help_text="Whether a program decided, not only detected."
                    ),
                ),
                (
                    "territory",
                    models.CharField(
                        blank=True,
                        help_text="Regions in which it holds; empty: everywhere.",
                        max_length=100,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "until",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the next of what it limits ends by itself.",
                        null=True,
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="When that was noticed and lifted.", null=True
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_words", models.TextField(blank=True, max_length=4000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="accounts.case",
                    ),
                ),
                ("moderator", staff(related_name="decisions_made")),
                (
                    "person",
                    staff(
                        help_text="Whom it concerns, where it is somebody.",
                        related_name="decisions_received",
                    ),
                ),
                ("confirmed_by", staff(blank=True)),
                ("undone_by", staff(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-made_at"], name="decision_of_person"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("state", "standing")),
                        fields=["until"],
                        name="decision_ending",
                    ),
                    models.Index(fields=["made_at"], name="decision_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Strike",
            fields=[
                ("id", key()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lapses_at", models.DateTimeField(default=accounts.models.strike.lapse)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strike",
                        to="accounts.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strikes",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "lapses_at"], name="strike_of_person")],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", key()),
                ("words", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "We will look at it again"),
                            ("upheld", "The decision stays"),
                            ("overturned", "The decision was taken back"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="What the person is told in the end."),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal",
                        to="accounts.case",
                    ),
                ),
                ("decided_by", staff(blank=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="accounts.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("decision"), models.F("person"), name="appeal_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", key()),
                ("title", models.CharField(max_length=80)),
                ("reason", models.CharField(blank=True, choices=REASONS, max_length=13)),
                ("words", models.TextField(max_length=4000)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose it is; empty: all moderators have it.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
            ],
            options={"verbose_name": "saved reply", "verbose_name_plural": "saved replies"},
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", key()),
                ("words", models.TextField(max_length=2000)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("author", staff()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="accounts.case",
                    ),
                ),
            ],
            options={"ordering": ["written_at"]},
        ),
        migrations.RunPython(open_cases, migrations.RunPython.noop, elidable=True),
    ]
