"""How REST writes JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework import renderers
from rest_framework.utils import encoders

# What orjson would write its own way is left to the framework's encoder.
_AS_THE_FRAMEWORK = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class JSONRenderer(renderers.JSONRenderer):
    """The framework's own, written by orjson: a page of the feed takes it a tenth of the time.
    Whoever asks for indentation gets the framework's."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        if self.get_indent(accepted_media_type or "", dict(renderer_context or {})) is not None:
            return super().render(data, accepted_media_type, renderer_context)
        return orjson.dumps(data, self._encode, _AS_THE_FRAMEWORK)

    _encode = staticmethod(encoders.JSONEncoder().default)
