"""Apps that are out there go on working: version 1 keeps what it promised (tests/api/v1.json)."""

import copy
from typing import Any

import pytest

from tests.api.contract import broken, contract, present, stored

SCHEMA: Any = {
    "paths": {
        "/walks/{id}/": {
            "post": {
                "parameters": [
                    {"in": "path", "name": "id", "schema": {"type": "string"}, "required": True},
                    {"in": "query", "name": "limit", "schema": {"type": "integer"}},
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Out"}}
                        }
                    },
                    "400": {},
                },
            }
        }
    },
    "components": {
        "schemas": {
            "In": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "note": {"type": "string"}},
                "required": ["name"],
            },
            "Out": {
                "type": "object",
                "properties": {
                    "at": {"type": "string", "format": "date-time"},
                    "people": {
                        "type": "array",
                        "items": {"type": "object", "properties": {"id": {"type": "string"}}},
                    },
                },
            },
        }
    },
}
OPERATION = "POST /walks/{}/"


def _without(fields, name):
    del fields[name]


def _changed(change):
    schema = copy.deepcopy(SCHEMA)
    change(schema["components"]["schemas"], schema["paths"]["/walks/{id}/"]["post"])
    return broken(contract(SCHEMA), contract(schema))


def test_version_1_keeps_its_promises():
    assert broken(stored(), present()) == []


def test_what_is_promised_is_read_from_the_schema():
    assert contract(SCHEMA) == {
        OPERATION: {
            "gives": {
                "200": "answer",
                "200 at": "string date-time",
                "200 people": "array",
                "200 people[]": "object",
                "200 people[].id": "string",
            },
            "takes": {"body name": "string", "body note": "string", "query limit": "integer"},
            "needs": ["body name"],
        }
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s, _o: _without(s["Out"]["properties"], "at"), "gives no 200 at any more"),
        (lambda s, _o: _without(s["In"]["properties"], "note"), "takes no body note any more"),
        (
            lambda s, _o: s["In"]["required"].append("note"),
            "needs body note, which was not needed",
        ),
        (
            lambda s, _o: s["Out"]["properties"].update(at={"type": "integer"}),
            "gives 200 at as integer, not as string date-time",
        ),
        (
            lambda _s, o: o["parameters"].append(
                {"in": "query", "name": "by", "schema": {"type": "string"}, "required": True}
            ),
            "needs query by, which was not needed",
        ),
    ],
    ids=["field gone", "input gone", "input needed", "another type", "parameter needed"],
)
def test_what_breaks_an_app_is_said_in_a_sentence(change, sentence):
    assert _changed(change) == [f"{OPERATION} {sentence}"]


def test_an_operation_that_is_gone_breaks_and_what_is_new_does_not():
    assert broken(contract(SCHEMA), {}) == [f"{OPERATION} is gone"]
    assert _changed(lambda s, _o: s["Out"]["properties"].update(more={"type": "string"})) == []
    assert _changed(lambda s, _o: s["In"]["properties"].update(more={"type": "string"})) == []
