"""JSON Schemas of what frames are made of, in few words."""

from collections.abc import Mapping
from typing import Any

Shape = dict[str, Any]
# By member; a name that ends in "?" may be missing.
Members = Mapping[str, Shape]

ID: Shape = {"type": "string", "format": "uuid"}
TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer", "minimum": 0}
YES_OR_NO: Shape = {"type": "boolean"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
PERCENT: Shape = {"type": "integer", "minimum": 0, "maximum": 100}
NUMBERS_BY_ID: Shape = {"type": "object", "additionalProperties": NUMBER}


def card(name: str) -> Shape:
    """What REST calls `name` in its own schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(shape: Shape) -> Shape:
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    return {"oneOf": [shape, {"type": "null"}]}


def list_of(shape: Shape, most: int | None = None) -> Shape:
    limit = {} if most is None else {"maxItems": most}
    return {"type": "array", "items": shape, **limit}


def one_of(*words: str) -> Shape:
    return {"type": "string", "enum": list(words)}


def said(about: str, shape: Shape) -> Shape:
    """The same with a sentence to it."""
    return {**shape, "description": about}


def record(members: Members) -> Shape:
    """An object of these members."""
    required = [name for name in members if not name.endswith("?")]
    return {
        "type": "object",
        "properties": {name.removesuffix("?"): shape for name, shape in members.items()},
        "required": required,
    }


def tagged(kind: str, members: Members) -> Shape:
    """The same with its `type`."""
    return record({"type": {"type": "string", "const": kind}, **members})
