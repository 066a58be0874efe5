"""The doors as tests use them: each does something as somebody and answers "ok" or the stable code
of the refusal, so that what they say can be compared."""

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client

from accounts import policy
from accounts.models import User
from accounts.pool import in_thread
from chat.models import Conversation
from chat.refusals import SENTENCES
from tests.chat.client import connected

OK = "ok"


class RestDoor:
    """`/api/v1/conversations/<id>/...`"""

    def __init__(self, api: Callable[[User], Any]) -> None:
        self.api = api

    async def send(self, user: User, conversation: Conversation, **said: Any) -> str:
        return await self.call(user, "post", conversation, "messages/", said)

    async def edit(self, user: User, conversation: Conversation, seq: int, body: str) -> str:
        return await self.call(user, "patch", conversation, f"messages/{seq}/", {"body": body})

    async def unsend(self, user: User, conversation: Conversation, seq: int) -> str:
        return await self.call(user, "delete", conversation, f"messages/{seq}/", {})

    async def react(self, user: User, conversation: Conversation, seq: int, emoji: str) -> str:
        path = f"messages/{seq}/reactions/"
        return await self.call(user, "post", conversation, path, {"emoji": emoji})

    async def call(self, user, method, conversation, path, fields) -> str:
        url = f"/api/v1/conversations/{conversation.pk}/{path}"
        answer = await in_thread(getattr(self.api(user), method), url, fields)
        return OK if answer.status_code < 300 else answer.json()["code"]


class SocketDoor:
    """`/ws/`"""

    async def send(self, user: User, conversation: Conversation, **said: Any) -> str:
        return await self.call(user, "message.send", conversation, **said)

    async def edit(self, user: User, conversation: Conversation, seq: int, body: str) -> str:
        return await self.call(user, "message.edit", conversation, seq=seq, body=body)

    async def unsend(self, user: User, conversation: Conversation, seq: int) -> str:
        return await self.call(user, "message.unsend", conversation, seq=seq)

    async def react(self, user: User, conversation: Conversation, seq: int, emoji: str) -> str:
        return await self.call(user, "reaction.add", conversation, seq=seq, emoji=emoji)

    async def call(self, user, kind, conversation, **fields) -> str:
        async with connected(user) as client:
            answer = await client.ask(kind, conversation=str(conversation.pk), **fields)
        return OK if answer["type"] == "ack" else answer["code"]


class FormDoor:
    """`POST /chat/<id>/`, the composer's form where JavaScript is missing: it can only send.

    A page says no in a sentence; the sentence's code is looked up, so that doors can be compared.
    """

    async def send(self, user: User, conversation: Conversation, **said: Any) -> str:
        return await in_thread(self._post, user, conversation, said)

    def _post(self, user: User, conversation: Conversation, said: dict[str, Any]) -> str:
        return self.said(user, f"/chat/{conversation.pk}/", said)

    def said(self, user: User, url: str, fields: dict[str, Any]) -> str:
        """What became of a form that was sent to this page."""
        browser = Client()
        browser.force_login(user)
        answer = browser.post(url, fields)
        if answer.status_code == 302:
            return OK
        if answer.status_code == 404:
            return "not_found"
        assert answer.status_code in {403, 422}, answer.status_code
        page = unescape(answer.content.decode())
        return next((code for code, sentence in _sentences() if sentence in page), "no sentence")


def _sentences() -> list[tuple[str, str]]:
    waiting, plain = policy.waiting_request(), policy.first_request(is_plain=False)
    assert plain is not None
    known = [(code, str(sentence)) for code, sentence in SENTENCES.items()]
    return known + [(each.code, str(each.sentence)) for each in (waiting, plain)]


def words(body: str = "hello", **fields: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), "body": body, **fields}


async def stored(conversation: Conversation) -> list[str]:
    """What the conversation holds now, system lines aside."""
    messages = conversation.messages.filter(notice__isnull=True).order_by("seq")
    return await in_thread(lambda: list(messages.values_list("body", flat=True)))
