"""How somebody knocks at a door, how the answer is written in a table, which doors there are."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import URLResolver

from chat.refusals import SENTENCES, sentence
from tests.access.tables import ABSENT, CLOSED, GONE, OPEN, SIGN_IN, Rows, agree, said_of
from tests.access.world import World

Answer = TypeVar("Answer")

READING = ("get", "post")
METHODS = (*READING, "put", "patch", "delete")

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


def knock(world: World, who: str, method: str, path: str) -> str:
    """How the door answers; whatever it did is taken back."""
    return _heard(taken_back(lambda: _ask(world, who, method, path)))


def taken_back(ask: Callable[[], Answer]) -> Answer:
    """What `ask` answers; whatever it did is taken back, but for what is said: the writer has a
    transaction of its own."""
    try:
        with transaction.atomic():
            answer = ask()
            transaction.set_rollback(True)
    except AssertionError:  # chat/writer.py: nobody waits for it inside a transaction
        answer = ask()
    return answer


def _ask(world: World, who: str, method: str, path: str) -> Any:
    browser, app = world.clients[who]
    address, given = world.address(path + world.query(method, path)), world.given(path)
    if path.startswith("api/"):
        return getattr(app, method)(address, given, format="json")
    browser.cookies.pop("messages", None)  # what an earlier page wanted to say
    return getattr(browser, method)(address, given)


def _heard(answer: Any) -> str:
    """The answer as the table writes it; "" where there is no such method."""
    if answer.status_code == 405:
        return ""
    if answer.status_code == 401 or "/login/" in answer.headers.get("Location", ""):
        return SIGN_IN
    if answer.status_code in (404, 410):
        return ABSENT if answer.status_code == 404 else GONE
    return CLOSED if answer.status_code == 403 or _is_told_why_not(answer) else OPEN


def _is_told_why_not(answer: Any) -> bool:
    """Of verbs on people, a page is shown again with the reason above it."""
    request = getattr(answer, "wsgi_request", None)
    said = get_messages(request) if request is not None and answer.status_code == 302 else []
    sentences = {sentence(code) for code in NOT_ALLOWED if code in SENTENCES}
    return any(str(message) in sentences for message in said)


def found_otherwise(world: World, rows: Rows, paths: Iterable[str]) -> Rows:
    """What everybody hears at these paths, where the rows say something else or nothing."""
    otherwise: Rows = {}
    for path in paths:
        for method in METHODS if path.startswith("api/") else READING:
            row = f"{method} {path}"
            said = said_of(row, rows)
            # Whether there is such a method the last of them, who may most, is told.
            if said or knock(world, world.who[-1], method, path):
                heard = "".join(knock(world, who, method, path) for who in world.who)
                if not agree(heard, said):
                    otherwise[row] = heard
    return otherwise


def paths(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every path below these, as the tables write it: `chat/{conversation}/`."""
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from paths(each.url_patterns, path)
        else:
            yield _named(path) or "/"


ONE_OF = {
    "conversations": "conversation",
    "fan-groups": "fans",
    "media": "media",
    "stickers": "sticker",
}


def _named(path: str) -> str:
    """`<uuid:conversation_id>` as `{conversation}`; what REST calls `pk` by what it is of."""
    named = re.sub(r"<\w+:(\w+?)(_id)?>", r"{\1}", path)
    named = (
        re.sub(r"\(\?P<(\w+)>(\w+/)?[^()]*\)", r"\2{\1}", named).replace("^", "").replace("$", "")
    )
    return re.sub(r"([\w-]+)/{pk}", lambda at: f"{at[1]}/{{{_one_of(at[1])}}}", named)


def _one_of(several: str) -> str:
    return ONE_OF.get(several, several.removesuffix("s"))
