"""An example of every operation of REST in its schema: what was said and answered once in a test
world (examples.json, which tests/api/recording.py writes)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from config.openapi import refusal

STORED = Path(__file__).with_name("examples.json")
# By "POST /api/v1/folders/": `status`, and where there are such `places`, `query` and `headers`
# ({name: value}), `said` and `answered` (bodies).
Example = dict[str, Any]


@cache
def stored() -> dict[str, Example]:
    """All of them."""
    return json.loads(STORED.read_text())


def text(examples: dict[str, Example]) -> str:
    """As they stand in the file."""
    return json.dumps(examples, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def shown(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Put them into the schema (a hook of drf-spectacular, after config.openapi.common)."""
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if example := stored().get(f"{method.upper()} {path}"):
                _put(example, operation)
    return result


def _put(example: Example, operation: dict[str, Any]) -> None:
    for name, values in (("path", "places"), ("query", "query"), ("header", "headers")):
        for parameter in operation.get("parameters", ()):
            if parameter.get("in") == name and parameter["name"] in example.get(values, ()):
                parameter["example"] = example[values][parameter["name"]]
    if "said" in example:
        _first(operation["requestBody"])["example"] = example["said"]
    if "answered" in example:
        status = example["status"]
        if status >= "400":
            operation["responses"][status] = refusal(status)  # of its own, not the one all share
        _first(operation["responses"][status])["example"] = example["answered"]


def _first(body: dict[str, Any]) -> dict[str, Any]:
    return next(iter(body["content"].values()))
