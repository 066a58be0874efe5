"""The document, made of what is declared beside it and of REST's cards."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from config.asyncapi.commands import COMMANDS, ECHO, NAMED
from config.asyncapi.events import EVENTS, WHOLE
from config.asyncapi.frames import FRAMES
from config.asyncapi.shapes import ID, NUMBER, Shape, list_of, tagged

WRITTEN = Path(settings.BASE_DIR, "docs", "asyncapi.json")
CHANNEL = {"$ref": "#/channels/socket"}
DESCRIPTION = (
    "JSON text frames, at most 64 KiB each. Clients say `say.*` and hear `hear.*`; every command"
    " that is answered has its `ack.*`, or `refused` or `error` in its place. How it all goes"
    " together: docs/socket.md."
)


def text(cards: Mapping[str, Shape]) -> str:
    """The document as it stands in docs/; `cards` are the schemas of REST's components."""
    return json.dumps(document(cards), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def document(cards: Mapping[str, Shape]) -> dict[str, Any]:
    """Commands, their acks, frames and events, with as many of the `cards` as they show."""
    events = _events(cards)
    payloads = _payloads(events)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Medley's socket", "version": "1", "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "channels": {
            "socket": {
                "address": "/ws/",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in payloads},
            }
        },
        "operations": _operations(),
        "components": {
            "messages": {name: _message(name, shape) for name, shape in payloads.items()},
            "schemas": {**_shown(cards, [*payloads.values(), *events.values()]), **events},
        },
    }


def _payloads(events: Mapping[str, Shape]) -> dict[str, Shape]:
    said = {
        f"say.{kind}": tagged(kind, {**NAMED, **each.members}) for kind, each in COMMANDS.items()
    }
    acks = {
        f"ack.{kind}": tagged("ack", {**ECHO, **each.ack})
        for kind, each in COMMANDS.items()
        if each.ack is not None
    }
    heard = {f"hear.{kind}": tagged(kind, members) for kind, members in FRAMES.items()}
    happened = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in events]}
    line = {"conversation": ID, "after": NUMBER, "head": NUMBER, "events": list_of(happened)}
    return {**said, **acks, **heard, "hear.events": tagged("events", line)}


def _events(cards: Mapping[str, Shape]) -> dict[str, Shape]:
    parts = {f"event.{kind}": tagged(kind, members) for kind, members in EVENTS.items()}
    return parts | {f"event.{kind}": _with_type(kind, cards[name]) for kind, name in WHOLE.items()}


def _with_type(kind: str, card: Shape) -> Shape:
    tag = tagged(kind, {})
    return {
        **card,
        "properties": {**tag["properties"], **card["properties"]},
        "required": [*tag["required"], *card["required"]],
    }


def _message(name: str, payload: Shape) -> dict[str, Any]:
    side, kind = name.split(".", 1)
    about = {"summary": COMMANDS[kind].about} if side == "say" else {}
    return {"name": kind if side != "ack" else "ack", **about, "payload": payload}


def _operations() -> dict[str, Any]:
    said = {f"say.{kind}": _asked(kind) for kind in COMMANDS}
    heard = {f"hear.{kind}": _told(f"hear.{kind}") for kind in [*FRAMES, "events"]}
    return {**said, **heard}


def _asked(kind: str) -> dict[str, Any]:
    operation = {"action": "receive", "channel": CHANNEL, "messages": [_of(f"say.{kind}")]}
    refusals = [_of("hear.refused"), _of("hear.error")]
    answers = [] if COMMANDS[kind].ack is None else [_of(f"ack.{kind}")]
    return {**operation, "reply": {"channel": CHANNEL, "messages": answers + refusals}}


def _told(name: str) -> dict[str, Any]:
    return {"action": "send", "channel": CHANNEL, "messages": [_of(name)]}


def _of(name: str) -> dict[str, str]:
    return {"$ref": f"#/channels/socket/messages/{name}"}


def _shown(cards: Mapping[str, Shape], shapes: list[Shape]) -> dict[str, Shape]:
    """Those of the cards that the shapes lead to, and what these lead to."""
    found: dict[str, Shape] = {}
    names = {name for shape in shapes for name in _names_in(shape)}
    while names:
        name = names.pop()
        if name in cards and name not in found:
            found[name] = cards[name]
            names.update(_names_in(cards[name]))
    return found


def _names_in(shape: Any) -> list[str]:
    if isinstance(shape, list):
        return [name for each in shape for name in _names_in(each)]
    if not isinstance(shape, dict):
        return []
    own = [str(shape["$ref"]).rsplit("/", 1)[-1]] if "$ref" in shape else []
    return own + _names_in(list(shape.values()))
