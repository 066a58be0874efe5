"""Changes to tables that are in use: migrations for which nobody waits."""

from typing import Any

from django.db import migrations, models


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


class AddConstraintPatiently(migrations.AddConstraint):
    """A check or a unique constraint that holds up nobody on PostgreSQL; the plain operation where
    there is none. Outside of a transaction; what an interrupted try left behind goes first."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        table = schema_editor.quote_name(model._meta.db_table)
        statement = str(self.constraint.create_sql(model, schema_editor))
        name = schema_editor.quote_name(self.constraint.name)
        patiently(schema_editor, f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        if isinstance(self.constraint, models.CheckConstraint):
            schema_editor.execute(f"{statement} NOT VALID")
            patiently(schema_editor, f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
        else:
            patiently(schema_editor, f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            _unique(schema_editor, table, name, statement)


def _unique(schema_editor: Any, table: str, name: str, statement: str) -> None:
    """Django makes a constraint of columns alone, and an index of whatever says more."""
    if statement.startswith("CREATE UNIQUE INDEX"):
        patiently(schema_editor, statement.replace("INDEX", "INDEX CONCURRENTLY", 1))
        return
    columns, _, deferred = statement.partition(" UNIQUE ")[2].partition(")")
    patiently(schema_editor, f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns})")
    schema_editor.execute(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}{deferred}"
    )
