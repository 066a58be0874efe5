"""`make matrix`: who reaches what, and which tests prove which rule; 1 where something is open.

Everybody knocks at every door on a database of its own (tests/access), then the tables are printed
and docs/rules.md is written anew.
"""

import os
import subprocess
import sys
import tempfile

from tests import services


def main() -> int:
    """Knock, print both tables, write the document; 0 without a hole."""
    from tests import rule_table
    from tests.access import printed

    found = rule_table.proofs()
    rule_table.DOCUMENT.write_text(rule_table.document(found))
    holes = rule_table.holes(found)
    print(*printed.lines(), sep="\n")
    print(*rule_table.lines(found), sep="\n")
    print(*(f"HOLE: no test proves {rule} on {surface}" for rule, surface in holes), sep="\n")
    return int(bool(_knocked() or holes))


def _knocked() -> int:
    """Whether every door answered as the tables say: pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="medley-matrix-") as folder, services.redis() as redis:
        environment = os.environ | {"MEDLEY_DATA": folder, "MEDLEY_EMBEDDED": "1"}
        environment["REDIS_URL"] = redis
        environment.pop("DATABASE_URL", None)
        tests = [sys.executable, "-m", "pytest", "tests/access", "-p", "no:cacheprovider"]
        return subprocess.run(tests, env=environment, cwd=services.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
