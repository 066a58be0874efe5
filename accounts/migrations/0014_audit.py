"""The audit log, the four roles of staff, and the public totals of moderation."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MEASURES = [
    ("reports", "Reports by people, by reason"),
    ("found", "Cases, by who brought them up"),
    ("acts", "What was decided"),
    ("rules", "Decisions, by the rule that was broken"),
    ("automated", "Decisions, by who made them"),
    ("time", "Median time from opening a case to a decision, in seconds"),
    ("appeals", "Appeals, by what became of them"),
]
ROLES = ("moderator", "senior", "legal", "support")


def guard(apps, schema_editor):
    from accounts.audit import guards

    guards.set_up(schema_editor.connection)


def unguard(apps, schema_editor):
    from accounts.audit import guards

    guards.take_away(schema_editor.connection)


def make_roles(apps, schema_editor):
    """Empty: what each may is given after every migration (accounts/moderation/roles.py)."""
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_moderation"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations: list = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="0" * 64, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_one_head")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        help_text="1, 2, 3: no gaps.", primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=40)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("object_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(help_text="Under which case.", null=True)),
                ("facts", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty for what Medley does by itself.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit log",
                "indexes": [
                    models.Index(fields=["actor", "-number"], name="audit_by_actor"),
                    models.Index(fields=["case_id", "-number"], name="audit_of_case"),
                    models.Index(fields=["object_id", "-number"], name="audit_of_object"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransparencyTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=6)),
                ("measure", models.CharField(choices=MEASURES, max_length=10)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(blank=True, max_length=20)),
                ("value", models.PositiveBigIntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("period"),
                        models.F("measure"),
                        models.F("kind"),
                        models.F("name"),
                        name="transparency_once",
                    )
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
        migrations.RunPython(make_roles, drop_roles),
    ]
