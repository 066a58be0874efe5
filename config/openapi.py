"""What every operation of REST has, said in the schema once (drf-spectacular's postprocessing)."""

from typing import Any

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
HEADERS = {  # by method: the component, and what it is
    "get": ("IfNoneMatch", IF_NONE_MATCH),
    "post": ("IdempotencyKey", IDEMPOTENCY_KEY),
}


def common(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add to each operation what config/ does for all of them."""
    parameters = result["components"].setdefault("parameters", {})
    parameters.update(HEADERS.values())
    for operations in result["paths"].values():
        for method in operations.keys() & HEADERS.keys():
            reference = {"$ref": f"#/components/parameters/{HEADERS[method][0]}"}
            operations[method].setdefault("parameters", []).append(reference)
    return result
