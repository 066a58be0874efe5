"""Whether followers are told of each new video; what happened to one thing is found as one."""

from django.db import migrations, models
from django.db.models import F, Q


def open_once(*fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        *map(F, fields),
        condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
        name="notification_open_once",
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_notification_preferences")]

    operations = [
        # Nullable: the table is large, and no row of it is touched.
        migrations.AddField(
            "follow",
            "bell",
            models.BooleanField(
                null=True,
                blank=True,
                help_text="Whether the follower is told of each new video; empty: as a friend is.",
            ),
        ),
        # The table came with 0006. Led by the group, the same index finds a hundred thousand lines
        # about one video, which are to be taken back.
        migrations.RemoveConstraint("notification", "notification_open_once"),
        migrations.AddConstraint("notification", open_once("group", "user")),
    ]
