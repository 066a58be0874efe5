"""What every operation of REST has, said in the schema once."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import is_serializer
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiParameter
from drf_standardized_errors.openapi import AutoSchema as StandardizedSchema

from config.preconditions import EDITS, GuardedView
from config.problems import CONTENT_TYPE

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": (
        "Say one, and say the request again under it when no answer came: it is done once, and"
        " answered as before (with `Idempotent-Replayed`) for 24 hours. 409 with"
        " `idempotency.other` where the key was used for another request, `idempotency.busy` while"
        " the first one runs, `idempotency.unknown` where it broke off."
    ),
    "example": "7d1f0c1e-4f0a-4e0b-9f55-2a3c1b0d9e77",
}

IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The `ETag` of what is there already: 304 without a body while it is the same.",
}
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    "header",
    description=(
        "The `ETag` of what the editor saw: 412 (`precondition_failed`), and nothing is done, where"
        " somebody changed it meanwhile. Counts beside it may differ."
    ),
    examples=[OpenApiExample("seen", '"5b1c7e2a90d4f386.0f3a…"')],
)
FIELDS = {
    "name": "fields",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": (
        "Names of members, commas between them, `author.username` for one of a member: of each of"
        " `results`, or of the answer itself, only these are told, whatever is required below. 400"
        " with `fields.unknown` for a name that nothing of what was found has."
    ),
}
PARAMETERS = {  # by method: components, and what they are
    "get": {"IfNoneMatch": IF_NONE_MATCH, "Fields": FIELDS},
    "post": {"IdempotencyKey": IDEMPOTENCY_KEY},
}

RATE_LIMIT = {  # by header, as config/rates.py says them
    "RateLimit": {
        "description": "What is left (`r`) for how many seconds (`t`) of each policy.",
        "schema": {"type": "string"},
        "example": '"account";r=1187;t=41',
    },
    "RateLimit-Policy": {
        "description": (
            "How many requests (`q`) in how many seconds (`w`): `account` counts all of one's apps"
            " and pages together, `address` those who are not signed in. Above it: 429."
        ),
        "schema": {"type": "string"},
        "example": '"account";q=1200;w=60',
    },
}
RETRY_AFTER = {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}

# Whatever says no says it so (config/problems.py).
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457); the first of `errors` speaks for all.",
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The page about this code.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the person's language."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "field": {
                        "type": ["string", "null"],
                        "description": "Which member of the request is meant.",
                    },
                    "pointer": {
                        "type": ["string", "null"],
                        "description": "The same as a JSON pointer into the body (RFC 6901).",
                        "examples": ["#/rates/0/price"],
                    },
                },
                "required": ["code", "detail", "field", "pointer"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "errors"],
}
WHY = {
    "400": "Something in the request cannot be read, or is not among what is possible.",
    "401": "Nobody is signed in.",
    "403": "A rule says no; the code says which.",
    "404": "There is no such thing, or none for this person.",
    "406": "What `Accept` asks for is not to be had.",
    "409": "Something else happened meanwhile, or was asked under this `Idempotency-Key`.",
    "412": "It is another by now, or another version of the protocol is spoken.",
    "413": "The body is too large.",
    "415": "The body is of a kind that is not read here.",
    "429": "Too often: `Retry-After` says when again.",
    "451": "Off in the region where the client is (R45).",
    "503": "Not now; nothing is known of what was asked. `Retry-After` may say when again.",
}

# Headers that name what must be so; where it is not, nothing is done.
CONDITIONS = {"If-Match", "Tus-Resumable"}
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"


class ClockExtension(OpenApiSerializerFieldExtension):
    """A time of day by somebody's clock: of no zone, so not what the format `time` means."""

    target_class = "rest_framework.serializers.TimeField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Direction) -> dict[str, Any]:
        return {"type": "string", "pattern": CLOCK}


class AutoSchema(StandardizedSchema):
    """How the schema reads a view."""

    def get_override_parameters(self) -> list[Any]:
        """Those of the operation, and `If-Match` where edits heed it."""
        guarded = isinstance(self.view, GuardedView) and self.method in EDITS
        return [*super().get_override_parameters(), *([IF_MATCH] if guarded else ())]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        """A DELETE that is said to answer something answers it, with 200."""
        answered = self.get_response_serializers()
        if self.method == "DELETE" and is_serializer(answered):
            return {"200": self._get_response_for_code(answered, "200", direction=direction)}
        return super()._get_response_bodies(direction)


def common(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add to each operation what config/ does for all of them (a hook of drf-spectacular)."""
    components = result["components"]
    for shared in PARAMETERS.values():
        components.setdefault("parameters", {}).update(shared)
    for schema in components["schemas"].values():
        if "oneOf" in schema:  # what somebody else sees of a thing is also in what its owner sees
            schema["anyOf"] = schema.pop("oneOf")
        for member in schema.get("properties", {}).values():
            _may_be_null(member)
    components["schemas"]["Problem"] = PROBLEM
    components["responses"] = {f"Problem{status}": refusal(status) for status in WHY}
    components["responses"]["Problem429"]["headers"] = {"Retry-After": RETRY_AFTER}
    components["headers"] = RATE_LIMIT
    for operations in result["paths"].values():
        for method, operation in operations.items():
            _add_parameters(method, operation)
            _add_standing(operation)
            for status in _statuses(method, operation):
                told = {"$ref": f"#/components/responses/Problem{status}"}
                operation["responses"].setdefault(status, told)
    for event in result.get("webhooks", {}).values():  # what we send is no answer of ours
        event["post"]["requestBody"]["content"]["application/json"].pop("examples", None)
    return result


def _may_be_null(member: dict[str, Any]) -> None:
    """As OpenAPI 3.1 says it: pages of Django REST framework say it as 3.0 did."""
    if member.pop("nullable", False):
        member["type"] = [member["type"], "null"]


def _add_parameters(method: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    for component, parameter in PARAMETERS.get(method, {}).items():
        if all(each.get("name") != parameter["name"] for each in parameters):  # some need it
            parameters.append({"$ref": f"#/components/parameters/{component}"})
    if method == "get":
        operation["responses"].setdefault("304", {"description": "It is the same as there."})


def _add_standing(operation: dict[str, Any]) -> None:
    """How often one may still ask is said with what is answered."""
    named = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_LIMIT}
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            response.setdefault("headers", {}).update(named)


def refusal(status: str) -> dict[str, Any]:
    """How the schema tells one."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": WHY[status], "content": {CONTENT_TYPE: {"schema": schema}}}


def _statuses(method: str, operation: dict[str, Any]) -> Iterator[str]:
    """How else this operation may end: by who may ask, what is named and what is said."""
    yield from ("400", "403", "404", "406", "429", "451", "503")
    if {} not in operation.get("security", [{}]):
        yield "401"
    if method != "get":
        yield "409"
    if any(each.get("name") in CONDITIONS for each in operation.get("parameters", ())):
        yield "412"
    if "requestBody" in operation:
        yield from ("413", "415")
