"""The operations of REST, and whether what stands as an example of one is as its schema tells."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from rest_framework.utils.encoders import JSONEncoder

from config.examples import Example
from config.problems import CONTENT_TYPE
from tests.api.contract import METHODS

Shape = dict[str, Any]
TEXTS = ("application/json", "text/csv", CONTENT_TYPE)  # other answers are files


@dataclass(frozen=True)
class Operation:
    """One of the schema; `told` is what stands there."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        """As config/examples.json names it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def kind(self) -> str:
        """The first kind of body that it takes; "" where it takes none."""
        return next(iter(self.told.get("requestBody", {}).get("content", {})), "")

    @property
    def takes(self) -> Shape:
        """The shape of its body; none where it takes none, or a piece of a file."""
        if not self.kind:
            return {}
        shape = followed(self.told["requestBody"]["content"][self.kind]["schema"])
        return {} if is_file(shape) else shape

    def places(self) -> set[str]:
        """The names in its path."""
        return set(re.findall(r"{(\w+)}", self.path))

    def answers(self, status: str) -> Shape | None:
        """The shape of what it answers with this status; none where that is a file or nothing."""
        content = _at(self.told["responses"][status]).get("content", {})
        return next((each["schema"] for kind, each in content.items() if kind in TEXTS), None)


@cache
def schema() -> dict[str, Any]:
    """What REST says of itself."""
    described = SchemaGenerator().get_schema(public=True)
    return json.loads(json.dumps(described, cls=JSONEncoder))


def operations() -> Iterator[Operation]:
    """All of them, in the schema's order."""
    for path, told in schema()["paths"].items():
        yield from (Operation(method, path, told[method]) for method in METHODS if method in told)


def fault(operation: Operation, example: Example | None) -> str:
    """What is wrong with an example of it, in a sentence; "" where nothing is."""
    if example is None:
        return "there is none"
    if example["status"] not in operation.told["responses"]:
        return f"{example['status']} is not told"
    if set(example.get("places", ())) != operation.places():
        return "its places are others"
    bodies = {"said": operation.takes, "answered": operation.answers(example["status"])}
    faults = (_of_body(part, example, shape) for part, shape in bodies.items() if shape)
    return next(filter(None, faults), "")


def _of_body(part: str, example: Example, shape: Shape) -> str:
    if part not in example:
        return f"nothing is {part}"
    whole = {**shape, "components": schema()["components"]}
    error = next(Draft202012Validator(whole).iter_errors(example[part]), None)
    return f"{part} {error.json_path}: {error.message[:200]}" if error else ""


def followed(shape: Shape) -> Shape:
    """What a shape stands for: of several, the first."""
    for several in ("allOf", "oneOf", "anyOf"):
        if shape.get(several):
            return followed(shape[several][0])
    return followed(_at(shape)) if "$ref" in shape else shape


def is_file(shape: Shape) -> bool:
    """Whether it is the bytes of one."""
    return followed(shape).get("format") == "binary"


def _at(node: Shape) -> Shape:
    found: Any = node
    if reference := node.get("$ref"):
        found = schema()
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
    return found
