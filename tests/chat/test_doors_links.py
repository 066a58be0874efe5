"""Doing without the cards of one's links, through every door: the same may, the same is refused."""

import pytest
import pytest_asyncio

from accounts.pool import in_thread
from chat import actions
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor
from tests.chat.test_links import ADDRESS, linked, links_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


class Rest(RestDoor):
    async def unlink(self, user, conversation, seq) -> str:
        return await self.call(user, "delete", conversation, f"messages/{seq}/links/", {})


class Socket(SocketDoor):
    async def unlink(self, user, conversation, seq) -> str:
        return await self.call(user, "links.remove", conversation, seq=seq)


class Form(FormDoor):
    """`act=unlink` on the message's own page."""

    async def unlink(self, user, conversation, seq) -> str:
        return await in_thread(self._unlink, user, conversation, seq)

    def _unlink(self, user, conversation, seq) -> str:
        return self.said(user, f"/chat/{conversation.pk}/message/{seq}/", {"act": "unlink"})


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def door(request, api):
    return {"rest": Rest(api), "socket": Socket(), "form": Form()}[request.param]


@pytest_asyncio.fixture
async def said(group):
    return await in_thread(lambda: linked(group.creator, group, ADDRESS))


async def test_the_author_may(door, ana, group, said):
    assert await door.unlink(ana, group, said.seq) == OK
    assert await in_thread(links_of, said) == []
    assert await door.unlink(ana, group, said.seq) == OK


async def test_another_member_may_not(door, ben, group, said):
    assert await door.unlink(ben, group, said.seq) == "message.not_yours"


async def test_there_is_nothing_left_of_what_was_unsent(door, ana, group, said):
    await in_thread(lambda: actions.unsend_message(ana, group, seq=said.seq))

    assert await door.unlink(ana, group, said.seq) == "message.unsent"


async def test_for_a_stranger_it_is_not_there(door, zoe, group, said):
    assert await door.unlink(zoe, group, said.seq) == "not_found"


async def test_under_16_there_are_no_conversations(door, kid, group, said):
    assert await door.unlink(kid, group, said.seq) == "policy.R2"
