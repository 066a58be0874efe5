"""`make api`: writes docs/api.md's table, docs/problems.md, docs/asyncapi.json and what lacks in
config/examples.json anew, and checks what REST promises; 1 where there is a hole."""

import os
import sys
import tempfile
from contextlib import ExitStack

import django

from tests import services
from tests.parts import Part, run


def main() -> int:
    """Write them, name the table's holes, run tests/api; 0 when all is as promised."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from drf_spectacular.generators import SchemaGenerator  # settings are there once Django is

    from config.asyncapi import document
    from tests.api import doors, problem_codes, verb_table

    cards = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    document.WRITTEN.write_text(document.text(cards))
    problem_codes.write()
    found = doors.doors()
    verb_table.DOCUMENT.write_text(verb_table.document(found))
    holes = verb_table.holes(found)
    print(f"{len(found)} verbs, {len(holes)} holes", *holes, sep="\n")
    return int(bool(holes) or not _is_as_promised())


def _is_as_promised() -> bool:
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="medley-api-"))
        environment = os.environ | {"MEDLEY_DATA": data, "MEDLEY_EMBEDDED": "1"}
        environment.pop("DATABASE_URL", None)
        environment["MEDLEY_API_EXAMPLES"] = "5"
        environment["REDIS_URL"] = stack.enter_context(services.redis())
        return run(Part("api", ["tests/api/recording.py", "tests/api"], environment)).ok


if __name__ == "__main__":
    sys.exit(main())
