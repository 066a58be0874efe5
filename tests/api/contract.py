"""What apps of version 1 rely on, in short: read from the schema, stored in v1.json, compared.

Of each operation: what it `gives` by status (fields with their types), what it `takes` (parameters
and fields of the body with theirs), and what of that it `needs`. `python -m tests.api.contract`
writes v1.json; that is right for what is new, never for what apps have already.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STORED = Path(__file__).with_name("v1.json")
METHODS = ("get", "post", "put", "patch", "delete")
DEEPEST = 6  # levels of fields; what holds itself ends there

Contract = dict[str, dict[str, Any]]  # by "GET /path/": {"gives", "takes": {name: type}, "needs"}


def contract(schema: dict[str, Any]) -> Contract:
    """The contract of an OpenAPI schema."""
    return {
        f"{method.upper()} {_path(path)}": _operation(operation, schema)
        for path, operations in sorted(schema["paths"].items())
        for method, operation in operations.items()
        if method in METHODS
    }


def broken(before: Contract, now: Contract) -> list[str]:
    """A sentence for each thing on which an app may rely and that is another, or gone."""
    return [
        f"{name} {what}"
        for name, promised in before.items()
        for what in ([*_broken(promised, now[name])] if name in now else ["is gone"])
    ]


def _broken(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for verb in ("gives", "takes"):
        for name, kind in before[verb].items():
            is_now = now[verb].get(name)
            if is_now is None:
                yield f"{verb} no {name} any more"
            elif is_now != kind:
                yield f"{verb} {name} as {is_now}, not as {kind}"
    for name in sorted(set(now["needs"]) - set(before["needs"])):
        yield f"needs {name}, which was not needed"


def _path(path: str) -> str:
    """Without the names of what is in it: an app never sees them."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _operation(operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    taken = dict(_taken(operation, schema))
    return {
        "gives": dict(sorted(_given(operation, schema))),
        "takes": {name: kind for name, (kind, _needed) in sorted(taken.items())},
        "needs": sorted(name for name, (_kind, needed) in taken.items() if needed),
    }


def _given(operation: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is answered when it was done; how errors look is tests/chat/test_doors.py's."""
    for status, response in operation["responses"].items():
        if status < "300":
            yield status, "answer"
            for content in response.get("content", {}).values():
                for name, kind, _needed in _fields(content["schema"], schema):
                    yield f"{status} {name}".rstrip(), kind


def _taken(
    operation: dict[str, Any], schema: dict[str, Any]
) -> Iterator[tuple[str, tuple[str, bool]]]:
    for parameter in (_followed(each, schema) for each in operation.get("parameters", [])):
        if parameter["in"] != "path":
            kind = _kind(_followed(parameter["schema"], schema))
            yield f"{parameter['in']} {parameter['name']}", (kind, parameter.get("required", False))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for name, kind, needed in _fields(content["schema"], schema):
            yield f"body {name}".rstrip(), (kind, needed)


def _fields(
    node: dict[str, Any], schema: dict[str, Any], name: str = "", needed: bool = False
) -> Iterator[tuple[str, str, bool]]:
    """Name, type and whether it must be there, of a shape and everything in it."""
    node = _followed(node, schema)
    if name:
        yield name, _kind(node), needed
    if name.count(".") + name.count("[") < DEEPEST:
        if "items" in node:
            yield from _fields(node["items"], schema, f"{name}[]")
        for field, inner in node.get("properties", {}).items():
            inside = f"{name}.{field}" if name else field
            yield from _fields(inner, schema, inside, field in node.get("required", []))


def _followed(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference, alone or the only one of several, stands for."""
    for several in ("allOf", "oneOf", "anyOf"):
        if len(node.get(several, [])) == 1:
            return _followed(node[several][0], schema)
    if reference := node.get("$ref"):
        found: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return _followed(found, schema)
    return node


def _kind(node: dict[str, Any]) -> str:
    kinds = node.get("type", "any")
    kind = "|".join(sorted(kinds)) if isinstance(kinds, list) else kinds
    # How large a number may be follows the database.
    return f"{kind} {node['format']}" if "format" in node and "string" in kind else kind


def present() -> Contract:
    """As the code is now."""
    from drf_spectacular.generators import SchemaGenerator

    return contract(SchemaGenerator().get_schema(public=True))


def stored() -> Contract:
    """As apps have it."""
    return json.loads(STORED.read_text())


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    STORED.write_text(json.dumps(present(), indent=1) + "\n")
