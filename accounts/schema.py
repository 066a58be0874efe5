"""Changes to tables that are in use: migrations for which nobody waits."""

from typing import Any

from django.db import migrations


def patiently(schema_editor: Any, sql: str) -> None:
    """Run what may take longer than a request: it holds up nobody. Outside of a transaction."""
    schema_editor.execute("SET statement_timeout = 0")
    schema_editor.execute("SET lock_timeout = 0")
    schema_editor.execute(sql)
    schema_editor.execute("RESET statement_timeout")
    schema_editor.execute("RESET lock_timeout")


class AddIndexPatiently(migrations.AddIndex):
    """The index CONCURRENTLY on PostgreSQL; the plain operation where there is none."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        statement = self.index.create_sql(model, schema_editor, concurrently=True)
        # One that an interrupted try left behind is invalid: it goes first.
        patiently(schema_editor, f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        patiently(schema_editor, str(statement))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        patiently(schema_editor, f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
