"""The index by which a thread is read. It holds thread messages only, and nobody waits for it."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

patiently = import_module("chat.migrations.0004_fewer_indexes").patiently


class AddIndexPatiently(migrations.AddIndex):
    """The index CONCURRENTLY on PostgreSQL; the plain operation where there is none."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        statement = self.index.create_sql(model, schema_editor, concurrently=True)
        # One that an interrupted try left behind is invalid: it goes first.
        patiently(schema_editor, f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        patiently(schema_editor, str(statement))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        patiently(schema_editor, f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("chat", "0009_threads_pins_forwards")]

    operations = [
        AddIndexPatiently(
            "message",
            models.Index(
                fields=["conversation", "thread", "seq"],
                condition=Q(thread__isnull=False),
                name="message_threads",
            ),
        ),
    ]
