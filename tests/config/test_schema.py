"""The REST API describes itself completely: no endpoint is left to guessing."""

from django.core.management import call_command


def test_schema_is_valid_and_made_without_a_warning(tmp_path):
    schema = tmp_path / "schema.yml"

    call_command("spectacular", file=str(schema), validate=True, fail_on_warn=True)

    assert "/api/v1/users/{username}/follow/" in schema.read_text()
