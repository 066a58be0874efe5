"""`make matrix`: who reaches what, and which tests prove which rule; 1 where something is open.

Everybody knocks at every door (tests/access, on a database of its own), the tables are printed, and
docs/rules.md is written anew.
"""

import os
import sys
import tempfile
from contextlib import ExitStack

import django

from tests import rule_table, services
from tests.parts import Part, run


def main() -> int:
    """Knock, print both tables, write the document; 0 without a hole."""
    found = rule_table.proofs()
    rule_table.DOCUMENT.write_text(rule_table.document(found))
    is_as_told = _knock()
    print(*_tables(), *rule_table.lines(found), sep="\n")
    holes = rule_table.holes(found)
    for number, surface in holes:
        print(f"HOLE: no test proves {number} on {surface}")
    return int(bool(holes) or not is_as_told)


def _knock() -> bool:
    """Whether every door answers as the tables say, and has a row."""
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="medley-matrix-"))
        environment = os.environ | {"MEDLEY_DATA": data, "MEDLEY_EMBEDDED": "1"}
        environment.pop("DATABASE_URL", None)
        environment["REDIS_URL"] = stack.enter_context(services.redis())
        return run(Part("access", ["tests/access"], environment, beside=["-n", "2"])).ok


def _tables() -> list[str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.access import printed  # the worlds of the tables know models

    return list(printed.lines())


if __name__ == "__main__":
    sys.exit(main())
