"""Groups: roles, rights, joining."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0006_membership_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="rights",
            field=models.JSONField(
                blank=True,
                help_text="The lowest role by right, where the group decided it.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("admin", "Admin"),
                    ("moderator", "Moderator"),
                    ("member", "Member"),
                ],
                default="member",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="frozen_at",
            field=models.DateTimeField(
                blank=True, help_text="Since when only owner and admins write.", null=True
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="quiet_from",
            field=models.TimeField(
                blank=True, help_text="Quiet hours, in the group's time zone.", null=True
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="quiet_until",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="time_zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="message",
            name="unsent_by",
            field=models.UUIDField(
                blank=True, help_text="Who took it down, where it was not its author.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="own_charter",
                        serialize=False,
                        to="chat.conversation",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="description"
                    ),
                ),
                (
                    "rules",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="rules",
                    ),
                ),
                (
                    "questions",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Asked of whoever wants to join: up to 3.",
                    ),
                ),
                (
                    "approves_joins",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        verbose_name="whoever joins waits for approval",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invite",
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
                    "digest",
                    models.CharField(help_text="SHA-256 of the token.", max_length=64, unique=True),
                ),
                (
                    "label",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="label"),
                ),
                (
                    "asks_approval",
                    models.BooleanField(
                        default=False, verbose_name="whoever comes waits for approval"
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("use_limit", models.PositiveIntegerField(blank=True, null=True)),
                ("used", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites",
                        to="chat.conversation",
                    ),
                ),
                (
                    "creator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-created_at", "-pk"]},
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='[{"question", "answer"}], as it was asked.',
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for approval"),
                            ("joined", "Joined"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The friend who wanted them in, where no link did.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="chat.conversation",
                    ),
                ),
                (
                    "invite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="join_requests",
                        to="chat.invite",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("conversation"), models.F("user"), name="join_request_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ban",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("banned_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "banned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bans",
                        to="chat.conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-banned_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("conversation"), models.F("user"), name="ban_once"
                    )
                ],
            },
        ),
    ]
