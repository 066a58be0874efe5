"""What every message pays for: two indexes that constraints hold already, one that spoils HOT.

Nobody waits: on PostgreSQL indexes come and go CONCURRENTLY, outside of a transaction."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.schema import patiently


class WithoutIndex(migrations.AlterField):
    """The field without its index `name`; the plain operation where there is no CONCURRENTLY."""

    def __init__(self, model_name, name, field, index):
        super().__init__(model_name, name, field)
        self.index = index

    def deconstruct(self):
        name, args, kwargs = super().deconstruct()
        return name, args, kwargs | {"index": self.index}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            patiently(schema_editor, f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index}"')
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            model = to_state.apps.get_model(app_label, self.model_name)
            table, column = model._meta.db_table, model._meta.get_field(self.name).column
            index = f'INDEX CONCURRENTLY IF NOT EXISTS "{self.index}"'
            patiently(schema_editor, f'CREATE {index} ON "{table}" ("{column}")')
        else:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


def leave_room(apps, schema_editor):
    """In each page of what every message updates, so that the new row finds place beside the old."""
    set_storage(schema_editor, "SET (fillfactor = 70)")


def fill_up(apps, schema_editor):
    set_storage(schema_editor, "RESET (fillfactor)")


def set_storage(schema_editor, change):
    if schema_editor.connection.vendor == "postgresql":
        for table in ("chat_conversation", "chat_membership"):
            schema_editor.execute(f'ALTER TABLE "{table}" {change}')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("chat", "0003_silence_and_slow_mode"),
    ]

    operations = [
        WithoutIndex(
            "conversation",
            "active_at",
            models.DateTimeField(default=django.utils.timezone.now),
            index="chat_conversation_active_at_9304c755",
        ),
        WithoutIndex(
            "message",
            "conversation",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="chat.conversation",
            ),
            index="chat_message_conversation_id_a1207bf4",
        ),
        WithoutIndex(
            "message",
            "author",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
            ),
            index="chat_message_author_id_923569d5",
        ),
        migrations.RunPython(leave_room, fill_up),
    ]
