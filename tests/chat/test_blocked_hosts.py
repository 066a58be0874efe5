"""Whoever has Medley open learns at once which hosts lead nowhere any more."""

import pytest

from accounts import actions
from accounts.linking import blocking
from accounts.models import LinkBlock
from accounts.pool import in_thread
from tests.chat.client import connected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


async def test_every_socket_is_told_of_what_is_blocked_and_of_no_more(mod, ana, ben, monkeypatch):
    monkeypatch.setattr(blocking, "TOLD_AT_ONCE", 2)
    async with connected(ana) as here, connected(ben) as there:
        await in_thread(actions.block_hosts, mod, ["evil.example", "bad.example", "c.example"])
        first, second = [await here.hear_type("hosts.blocked") for _ in range(2)]
        await there.hear_type("hosts.blocked")
        await there.hear_type("hosts.blocked")
        await in_thread(actions.block_hosts, mod, ["evil.example"])
        await in_thread(actions.unblock_hosts, mod, LinkBlock.objects.all())
        assert await here.is_silent()

    assert first == {"type": "hosts.blocked", "hosts": ["bad.example", "c.example"]}
    assert second == {"type": "hosts.blocked", "hosts": ["evil.example"]}


async def test_a_long_list_is_read_with_the_next_page(mod, ana, monkeypatch):
    monkeypatch.setattr(blocking, "MOST_TOLD", 2)
    async with connected(ana) as here:
        await in_thread(actions.block_hosts, mod, ["a.example", "b.example", "c.example"])
        assert await here.is_silent()

    assert await in_thread(blocking.is_blocked, "https://below.c.example/x")
