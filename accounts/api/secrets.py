"""Answers that are keys to something: nobody on their way may keep them."""

from typing import Any

from rest_framework import status
from rest_framework.response import Response


def secret(shown: Any) -> Response:
    """201 with what was made, which is shown this once; no cache keeps it, nor does
    `Idempotency-Key` (config/idempotency.py)."""
    return Response(shown, status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})
