"""Two indexes that others hold already, and that a planner without statistics would prefer."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WithoutIndex = import_module("chat.migrations.0004_fewer_indexes").WithoutIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("chat", "0005_writers_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        WithoutIndex(
            "membership",
            "conversation",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="chat.conversation",
            ),
            index="chat_membership_conversation_id_405b3a26",
        ),
        WithoutIndex(
            "membership",
            "user",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
            ),
            index="chat_membership_user_id_b82c7bc9",
        ),
    ]
