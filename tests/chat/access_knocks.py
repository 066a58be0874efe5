"""How somebody of the access world (access_world.py) knocks at a door, and how the answer is
written in the matrix (access_matrix.py)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import URLResolver
from django.utils import timezone

from chat import api_urls, urls
from chat.refusals import SENTENCES, sentence
from tests.chat.access_world import World

METHODS = ("get", "post", "put", "patch", "delete")
# What a door answers, as the matrix writes it.
OPEN, CLOSED, ABSENT, SIGN_IN = "+", "-", ".", "?"

# The codes of whoever stands too low, is silenced, or comes at the wrong time or place.
NOT_ALLOWED = {
    "channel.only",
    "group.only",
    "member.banned",
    "member.only",
    "member.silenced",
    "message.not_yours",
    "policy.R2",
    "role.missing",
    "watch.none",
    "watch.not_there",
}

# What some take besides, or instead of what all are given; None: not that.
FIELDS: dict[str, dict[str, Any]] = {
    "/media/": {"kind": "photo"},
    "/slow-mode/": {"seconds": 10},
    "/control/": {"to": None},
    "/queue/": {"action": "add", "place": 0},
    "/slow/": {"seconds": 10},
    "/silence/": {"seconds": 3600},
    "/messages/": {"share": None, "thread": None},
    "/scheduled/": {"share": None, "seq": None},
    "/rights/": {"rights": {"pin": "member"}},
    "/join-rules/": {"rules": []},
}
QUERIES = {"delete": {"/reactions/": "?emoji=🔥"}, "post": {"/forward/": "?seq={seq}"}}
ONE_OF = {
    "conversations": "conversation",
    "fan-groups": "fans",
    "media": "media",
    "stickers": "sticker",
}


def knock(world: World, who: str, method: str, path: str) -> str:
    """How the door answers; whatever it did is taken back, but for what is said: the writer has a
    transaction of its own."""
    try:
        with transaction.atomic():
            answer = _ask(world, who, method, path)
            transaction.set_rollback(True)
    except AssertionError:  # chat/writer.py: nobody waits for it inside a transaction
        answer = _ask(world, who, method, path)
    return _heard(answer)


def _ask(world: World, who: str, method: str, path: str) -> Any:
    browser, app = world.clients[who]
    address, given = world.address(path + _query(method, path)), _given(world, path)
    if path.startswith("api/"):
        return getattr(app, method)(address, given, format="json")
    browser.cookies.pop("messages", None)  # what an earlier page wanted to say
    return getattr(browser, method)(address, given)


def _query(method: str, path: str) -> str:
    endings = QUERIES.get(method, {})
    return next((query for end, query in endings.items() if path.endswith(end)), "")


def _given(world: World, path: str = "") -> dict[str, Any]:
    """Something for everything that some verb asks."""
    given = _fields(world)
    for part, more in FIELDS.items():
        if part in f"/{path}":
            given |= more
    return {name: value for name, value in given.items() if value is not None}


def _fields(world: World) -> dict[str, Any]:
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    return {
        "body": "hello",
        "client_id": str(uuid4()),
        "emoji": "🔥",
        "username": "ben",
        "seq": world.values["seq"],
        "title": "Films",
        "name": "Films",
        "handle": "meadows",
        "kind": "group",
        "send_at": soon,
        "remind_at": soon,
        "edited_at": soon,
        "seconds": 86400,
        "frozen": True,
        "on": True,
        "options": [1],
        "text": "neither",
        "act": "react",
        "role": "moderator",
        "to": "es",
        "action": "play",
        "q": "hello",
        "seqs": [world.values["seq"]],
        "conversations": [str(world.group.pk)],
        "pin": "member",
        "approve": True,
        "accept": True,
        "video": str(uuid4()),
        "share": f"video:{uuid4()}",
        "rules": "Be kind",
        "start": "22:00",
        "end": "07:00",
        "hushed": True,
        "alt": "Roses",
        "place": 0,
        "inside": True,
    }


def _heard(answer: Any) -> str:
    """The answer as the matrix writes it; "" where there is no such method."""
    if answer.status_code == 405:
        return ""
    if answer.status_code == 401 or "/login/" in answer.headers.get("Location", ""):
        return SIGN_IN
    if answer.status_code == 404:
        return ABSENT
    return CLOSED if answer.status_code == 403 or _is_told_why_not(answer) else OPEN


def _is_told_why_not(answer: Any) -> bool:
    """Of verbs on people, a page is shown again with the reason above it."""
    request = getattr(answer, "wsgi_request", None)
    said = get_messages(request) if request is not None and answer.status_code == 302 else []
    sentences = {sentence(code) for code in NOT_ALLOWED if code in SENTENCES}
    return any(str(message) in sentences for message in said)


def paths() -> list[str]:
    """Every path of the chat app, pages and REST, as the matrix writes it."""
    rest = [f"api/v1/{path}" for path in _paths(api_urls.urlpatterns, "")]
    return [*_paths(urls.urlpatterns, ""), *rest]


def _paths(patterns: list[Any], before: str) -> Iterator[str]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _paths(each.url_patterns, path)
        else:
            yield _named(path)


def _named(path: str) -> str:
    """`<uuid:conversation_id>` as `{conversation}`; what REST calls `pk` by what it is of."""
    named = re.sub(r"<\w+:(\w+?)(_id)?>", r"{\1}", path)
    return re.sub(r"([\w-]+)/{pk}", lambda at: f"{at[1]}/{{{ONE_OF[at[1]]}}}", named)


# --- The socket -----------------------------------------------------------------------------------

# Taken without a word, where they are taken.
SILENT = {"hello", "pong", "read", "typing"}


async def heard_on_socket(client: Any, world: World, command: str) -> str:
    """How the socket answers, as the matrix writes it."""
    frame = _frame(world, command)
    if command not in SILENT:
        return _answered(await client.ask(command, **frame))
    await client.say({"type": command, "id": "asked", **frame})
    # Commands are answered in turn: with the next one's answer this one's would be there.
    await client.ask("message.edit", conversation=str(uuid4()), seq=1, body="x")
    answers = [each for each in client.heard if each.get("id") == "asked"]
    client.heard.clear()
    return _answered(answers[0]) if answers else OPEN


def _frame(world: World, command: str) -> dict[str, Any]:
    values = {name: str(world.values[name]) for name in ("conversation", "reminder", "scheduled")}
    seq = world.values["poll" if command.startswith("poll.") else "seq"]
    frame = _given(world) | values | {"seq": seq, "client_id": str(uuid4())}
    del frame["kind"]
    if command in {"message.send", "schedule.add"}:
        frame |= {"share": None}
    if command == "watch.queue":
        frame |= {"action": "add"}
    if command == "schedule.send":
        frame |= {"scheduled": str(world.values["due"])}
    if command == "message.unsend":
        frame |= {"seq": world.values["slip"]}
    return frame


def _answered(answer: dict[str, Any]) -> str:
    code = answer.get("code", "")
    if code == "not_found":
        return ABSENT
    return CLOSED if code in NOT_ALLOWED else OPEN
