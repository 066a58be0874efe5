"""Lists of known pictures' hashes, and what was found with them (R44)."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
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
ACTIONS = [
    ("hold", "Keep as evidence for an authority"),
    ("review", "Keep until moderators have decided"),
]
STATES = [
    ("open", "Waits for a decision"),
    ("mistaken", "Something else: may be used"),
    ("gone", "Its files were deleted"),
]
DISTANCE_HELP = "How many of the 256 bits may differ."
HELD_HELP = "Its files stay until legal lets go of them."


def key() -> models.UUIDField:
    return models.UUIDField(
        default=accounts.ids.uuid7, editable=False, primary_key=True, serialize=False
    )


def kept_without(to: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name=related_name,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_guardians")]

    operations = [
        migrations.CreateModel(
            name="HashList",
            fields=[
                ("id", key()),
                ("name", models.CharField(max_length=60, unique=True)),
                ("reason", models.CharField(choices=REASONS, default="illegal", max_length=13)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="1 to 10.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                ("action", models.CharField(choices=ACTIONS, default="hold", max_length=6)),
                (
                    "distance",
                    models.PositiveSmallIntegerField(
                        default=31,
                        help_text=DISTANCE_HELP,
                        validators=[django.core.validators.MaxValueValidator(60)],
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.CreateModel(
            name="KnownHash",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BinaryField(max_length=32)),
                ("note", models.CharField(blank=True, max_length=120)),
                (
                    "hash_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hashes",
                        to="accounts.hashlist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("hash_list", "value"), name="hash_once_a_list")
                ]
            },
        ),
        migrations.CreateModel(
            name="ScreeningHit",
            fields=[
                ("id", key()),
                ("entrance", models.CharField(help_text="One of SCREENED.", max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("uploader", models.JSONField(default=dict)),
                ("list_name", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=120)),
                ("value", models.BinaryField(max_length=32)),
                (
                    "distance",
                    models.PositiveSmallIntegerField(help_text="Bits that differ, of 256."),
                ),
                ("files", models.JSONField(default=list)),
                (
                    "is_held",
                    models.BooleanField(help_text=HELD_HELP, verbose_name="kept for an authority"),
                ),
                ("state", models.CharField(choices=STATES, default="open", max_length=8)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("case", kept_without("accounts.case", "screening_hits")),
                ("hash_list", kept_without("accounts.hashlist", "hits")),
                ("owner", kept_without(settings.AUTH_USER_MODEL, "+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "found_at"], name="hit_by_state"),
                ]
            },
        ),
    ]
