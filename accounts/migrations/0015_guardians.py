"""Guardians and their young people, and how long a day is."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids

PERSON = settings.AUTH_USER_MODEL


def key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def uuid7() -> models.UUIDField:
    return models.UUIDField(
        default=accounts.ids.uuid7, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_audit")]

    operations = [
        migrations.AddField(
            "user",
            "guarded",
            models.JSONField(
                blank=True,
                help_text="What guardians tightened (policy.Ward); empty: there is no guardian.",
                null=True,
            ),
        ),
        migrations.AddField(
            "user",
            "screen_limit",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="Minutes a day that the person chose; empty: none.",
                null=True,
            ),
        ),
        migrations.AddField(
            "user",
            "screen_limit_next",
            models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            "user",
            "screen_limit_from",
            models.DateField(
                blank=True,
                help_text="From when on that one holds: limits loosen tomorrow.",
                null=True,
            ),
        ),
        migrations.AddField(
            "user",
            "screen_day",
            models.DateField(blank=True, help_text="What the next two are about.", null=True),
        ),
        migrations.AddField(
            "user",
            "screen_minutes",
            models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            "user",
            "screen_extra",
            models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Granted that day, beyond the limit."
            ),
        ),
        migrations.AddField(
            "user",
            "screen_beat",
            models.BigIntegerField(
                db_default=0, default=0, help_text="The last minute that counted, since 1970."
            ),
        ),
        migrations.CreateModel(
            "GuardianLink",
            [
                ("id", uuid7()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                (
                    "messages_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("following", "People you follow"),
                            ("friends", "Friends"),
                            ("no_one", "No one"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_restricted", models.BooleanField(default=False)),
                ("is_search_off", models.BooleanField(default=False)),
                (
                    "passcode",
                    models.CharField(
                        blank=True,
                        help_text="The guardian's, hashed; lets a day go on.",
                        max_length=128,
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wards",
                        to=PERSON,
                    ),
                ),
                (
                    "teen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardians",
                        to=PERSON,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "guardianlink",
            models.UniqueConstraint(
                models.F("guardian"),
                models.F("teen"),
                condition=models.Q(ended_at__isnull=True),
                name="guardian_link_once",
            ),
        ),
        migrations.AddConstraint(
            "guardianlink",
            models.CheckConstraint(
                condition=~models.Q(guardian=models.F("teen")), name="guardian_link_not_self"
            ),
        ),
        migrations.AddConstraint(
            "guardianlink",
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~models.Q(quiet_from=models.F("quiet_until")),
                name="guardian_quiet_hours_whole",
            ),
        ),
        migrations.CreateModel(
            "GuardianLook",
            [
                ("id", key()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="accounts.guardianlink",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["link", "-at"], name="guardian_looks")]},
        ),
        migrations.CreateModel(
            "PairingCode",
            [
                ("id", key()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "maker",
                    models.OneToOneField(
                        help_text="Has one at a time.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Passcode",
            [
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="passcode",
                        serialize=False,
                        to=PERSON,
                    ),
                ),
                ("hashed", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            "ScreenDay",
            [
                ("id", key()),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="screen_days",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("day"), name="screen_day_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "Guesses",
            [
                ("id", key()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("passcode", "Passcode"), ("pairing", "Pairing")], max_length=8
                    ),
                ),
                ("misses", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"), models.F("purpose"), name="guesses_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "TimeRequest",
            [
                ("id", uuid7()),
                (
                    "day",
                    models.DateField(help_text="The day it is about, in the teenager's time zone."),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("is_granted", models.BooleanField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=PERSON,
                    ),
                ),
                (
                    "teen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="time_requests",
                        to=PERSON,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("teen"),
                        condition=models.Q(answered_at__isnull=True),
                        name="time_request_one_waiting",
                    )
                ]
            },
        ),
    ]
