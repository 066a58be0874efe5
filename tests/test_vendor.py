"""What others wrote and we serve is exactly what its manifest says, with its licence beside it."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text())
SUMS = {path: total for library in LIBRARIES for path, total in library["files"].items()}
FOLDERS = ("static/vendor", "static/fonts", "tests/e2e/vendor", "tests/config/vendor")


@pytest.mark.parametrize("path", SUMS)
def test_a_borrowed_file_is_what_it_was_when_it_came(path):
    total = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()

    assert total == SUMS[path]


def test_every_borrowed_file_is_in_the_manifest():
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }

    assert found == set(SUMS)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_a_library_names_its_version_and_brings_its_licence(library):
    assert library["version"]
    assert library["licence"]
    assert any("LICENSE" in path for path in library["files"])
