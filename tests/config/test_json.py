"""What REST answers is the same JSON as the framework's own renderer writes."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from rest_framework import renderers
from rest_framework.serializers import Serializer
from rest_framework.utils.serializer_helpers import ReturnDict

from config.rendering import JSONRenderer

VALUES = {
    "words": "¡Hola! 你好 \u2028 </script>",
    "safe": mark_safe("<b>x</b>"),
    "lazy": gettext_lazy("Settings"),
    "moment": datetime(2026, 11, 22, 21, 5, 7, 123456, UTC),
    "day": date(2026, 11, 22),
    "span": timedelta(seconds=90),
    "money": Decimal("12.50"),
    "id": UUID(int=7),
    "numbers": [0, -1, 2**53, 1.5, True, None],
    "nested": ReturnDict({"a": ({"b": set()}, [])}, serializer=Serializer()),
    "empty": {},
}


@pytest.mark.parametrize("name", VALUES)
def test_every_kind_of_value_is_written_as_before(name):
    written = json.loads(JSONRenderer().render({name: VALUES[name]}))

    assert written == json.loads(renderers.JSONRenderer().render({name: VALUES[name]}))


def test_numbers_as_keys_are_words():
    assert JSONRenderer().render({1: "one"}) == b'{"1":"one"}'


def test_nothing_is_nothing():
    assert JSONRenderer().render(None) == b""


def test_whoever_asks_for_indentation_gets_it():
    written = JSONRenderer().render({"a": 1}, "application/json; indent=2")

    assert written == b'{\n  "a": 1\n}'
