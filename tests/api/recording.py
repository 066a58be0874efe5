"""Asks every operation once, of whoever may, and keeps what was said and answered as its example
(config/examples.json): `pytest tests/api/recording.py`, which no run of the tests collects.

An example that is as its schema tells is left as it is; take it out of the file to have it anew.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from accounts import api_urls as people
from chat import actions
from chat import api_urls as conversations
from commerce import api_urls as shop
from commerce.actions import carts
from config import examples
from tests.access.conversations import Conversations
from tests.access.films import Films
from tests.access.knocks import taken_back
from tests.access.people import People
from tests.access.shop import Market
from tests.access.world import World
from tests.api.asking import Doors
from tests.api.examples import Operation, fault, operations
from tests.api.said import HEADERS, PLACES, QUERIES, files, filled, said
from tests.chat.factories import make_group
from tests.chat.media_files import uploaded
from tests.commerce.orders import brought_to
from tests.videos.factories import make_video, with_files
from videos import api_urls as films

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]

LONGEST = 2  # lists end there
FORM, PIECE = "multipart/form-data", "application/offset+octet-stream"
HERE = "https://medley.example"
TELLING = {"409": 3, "403": 2, "404": 1}  # of what was not done, which says most


class Talk(Conversations):
    """Also a video to share and to watch together, a photo nobody has seen, a host to be."""

    def __init__(self) -> None:
        super().__init__()
        owner, member = (self.people[name] for name in ("owner", "member"))
        film = with_files(make_video(owner)).pk
        watching = make_group(owner, member)
        actions.start_watching(owner, watching, video=film)
        actions.invite_host(owner, self.channel, member)
        unsent = uploaded(member).pk
        self.values |= {"film": film, "watching": watching.pk, "unsent": unsent}


class Sale(Market):
    """Also something in the buyer's cart, orders on their way and there, and days to come."""

    def __init__(self) -> None:
        super().__init__()
        buyer = self.people["buyer"]
        delivered = brought_to("delivered", buyer, (self.variant, 1))
        soon = timezone.now() + timedelta(days=3)
        later = soon + timedelta(days=1)
        self.values |= {
            "line": carts.add(carts.cart_of(buyer), self.variant.pk).pk,
            "shipped": brought_to("shipped", buyer, (self.variant, 1)).pk,
            "delivered": delivered.pk,
            "arrived": delivered.lines.get().pk,
            "soon": soon.isoformat(),
            "later": later.isoformat(),
        }


SUBJECTS: dict[str, tuple[Callable[[], World], Any]] = {
    "people": (People, people),
    "films": (Films, films),
    "conversations": (Talk, conversations),
    "shop": (Sale, shop),
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_operation_is_asked(subject, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make, urls = SUBJECTS[subject]
    doors, kept = Doors(make(), urls), examples.stored()
    names = {each.name for each in operations()}
    asked = [each for each in operations() if each.path in doors]
    for operation in asked:
        if fault(operation, kept.get(operation.name)):
            kept[operation.name] = _recorded(operation, doors)
    there = {name: example for name, example in kept.items() if name in names}
    examples.STORED.write_text(examples.text(there))

    faults = {each.name: fault(each, kept[each.name]) for each in asked}
    assert not {name: said for name, said in faults.items() if said}


def _recorded(operation: Operation, doors: Doors) -> examples.Example:
    """What was done; where nobody can have it done here, the refusal that says most."""
    others = []
    for who in reversed(doors.world.who[1:]):
        for body in said(operation, doors.world):
            example = _asked(operation, doors, who, body)
            if example["status"] < "300" and not fault(operation, example):
                return example
            others.append(example)
    return max(others, key=lambda each: TELLING.get(each["status"], 0))


def _asked(
    operation: Operation, doors: Doors, who: str, body: dict[str, Any] | None
) -> examples.Example:
    world, name = doors.world, operation.name
    places = {**doors.places(operation.path), **filled(PLACES.get(name, {}), world)}
    query, headers = filled(QUERIES.get(name, {}), world), HEADERS.get(name, {})
    address = operation.path.format(**places) + (f"?{urlencode(query)}" if query else "")
    app = world.clients[who][1]
    answer = taken_back(lambda: _ask(app, operation, address, headers, body))
    parts = {"places": places, "query": query, "headers": headers, "answered": _answered(answer)}
    example = {"status": str(answer.status_code)} | {
        part: value for part, value in parts.items() if value not in (None, {}, "")
    }
    if body is None:
        return example
    return example | {"said": body | {name: file.name for name, file in files(operation).items()}}


def _ask(app: Any, operation: Operation, address: str, headers: Any, body: Any) -> Any:
    ask = getattr(app, operation.method)
    if operation.kind == PIECE:
        return ask(address, b"film", content_type=PIECE, headers=headers)
    if operation.kind == FORM:
        return ask(address, {**(body or {}), **files(operation)}, format="multipart")
    return ask(address, body, format="json", headers=headers)


def _answered(answer: Any) -> Any:
    """The body, where it is text; lists are short."""
    kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        return _short(answer.json())
    if kind.startswith("text/csv"):
        return (answer.getvalue() if answer.streaming else answer.content).decode()
    return None


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(each) for each in value[:LONGEST]]
    if isinstance(value, dict):
        return {name: _short(each) for name, each in value.items()}
    return value.replace("http://testserver", HERE) if isinstance(value, str) else value
