"""Frames held against docs/asyncapi.json: what it does not tell of must not be said."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from accounts import live
from chat.live.wire import encode
from config.asyncapi.document import WRITTEN

Frame = dict[str, Any]


def check_heard(frame: Frame) -> None:
    """A frame of the server that is no ack, and each event in it. Raises `AssertionError`."""
    if frame["type"] == "ack":
        return
    if frame["type"] == "events":
        for event in frame["events"]:
            _check(f"schemas/event.{event['type']}", event)
        frame = {**frame, "events": []}
    _check(f"messages/hear.{frame['type']}/payload", frame)


def check_ack(command: Frame, ack: Frame) -> None:
    """What was said and understood (members it does not know the server ignores), and its ack.
    Raises `AssertionError`."""
    known = written()["components"]["messages"][f"say.{command['type']}"]["payload"]["properties"]
    command = {name: value for name, value in command.items() if name in known}
    _check(f"messages/say.{command['type']}/payload", command)
    _check(f"messages/ack.{command['type']}/payload", ack)


def watch_own_frames() -> None:
    """From here on `live.tell_user` checks what it is given: also in tests that open no socket."""
    tell_user = live.tell_user

    def checked(user_id: Any, event: Frame) -> None:
        check_heard(json.loads(encode(event)))
        tell_user(user_id, event)

    live.tell_user = checked


@cache
def written() -> dict[str, Any]:
    """The document as it stands in docs/."""
    return json.loads(WRITTEN.read_text())


def _check(place: str, frame: Frame) -> None:
    wrong = [
        f"{'.'.join(map(str, error.absolute_path)) or 'it'}: {error.message}"
        for error in _validator(place).iter_errors(frame)
    ]
    assert not wrong, f"docs/asyncapi.json tells another {place}: {wrong}"


@cache
def _validator(place: str) -> Draft202012Validator:
    kind, _, rest = place.partition("/")
    name = rest.removesuffix("/payload")
    assert name in _strict()["components"][kind], f"docs/asyncapi.json has no {name}"
    found = {"$ref": f"#/components/{place}", "components": _strict()["components"]}
    return Draft202012Validator(found, format_checker=FormatChecker())


@cache
def _strict() -> dict[str, Any]:
    return _closed(written())


def _closed(shape: Any) -> Any:
    """The same, where objects have no other members than those it tells of."""
    if isinstance(shape, list):
        return [_closed(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    closed = {name: _closed(each) for name, each in shape.items()}
    if shape.get("type") == "object" and "properties" in shape:
        closed.setdefault("additionalProperties", False)
    return closed
