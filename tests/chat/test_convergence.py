"""Whatever happens in whatever order, and whenever lines drop: every client ends with the same
list."""

import asyncio
import random
from typing import Any
from uuid import uuid4

import pytest

from accounts.pool import in_thread
from chat import actions, cards, changes
from chat.models import Conversation, Message
from tests.chat.client import Client, connected
from tests.client.copy import Copy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

SEEDS = range(6)
STEPS = 30


class Reader:
    """Somebody who listens, loses the line now and then, and comes back with their cursor."""

    def __init__(self, user: Any, conversation: Conversation, chance: random.Random) -> None:
        self.user, self.conversation, self.chance = user, conversation, chance
        self.copy = Copy()

    async def listen(self, is_over: asyncio.Event) -> None:
        while not is_over.is_set():
            async with connected(self.user, cursors=self.cursors) as client:
                await self.hear(client, self.chance.uniform(0.05, 0.6))
        async with connected(self.user, cursors=self.cursors) as client:
            await self.hear(client, 0.5)
        await self.heal()

    @property
    def cursors(self) -> dict[str, int]:
        return {str(self.conversation.pk): self.copy.cursor}

    async def hear(self, client: Client, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := end - loop.time()) > 0:
            if await client.line.receive_nothing(timeout=left, interval=0.01):
                return
            frame = await client.hear()
            if frame["type"] == "events":
                self.copy.take(frame)
            if frame["type"] == "resync" or self.copy.early:
                await self.heal()

    async def heal(self) -> None:
        """Fetch what changed after the cursor, page by page, as `/changes/` gives it."""
        more = True
        while more:
            after = self.copy.cursor
            found = await in_thread(changes.changes_after, self.conversation.pk, after, limit=7)
            self.copy.take({"after": after, "head": found.reached, "events": found.events})
            more = found.more


def step(chance: random.Random, users: list[Any], conversation: Conversation) -> None:
    """One thing that somebody does, chosen by chance; a refusal is as good as anything."""
    user = chance.choice(users)
    last = Conversation.objects.get(pk=conversation.pk).last_seq
    seq = chance.randint(2, max(2, last))
    emoji = chance.choice(actions.EMOJI[:3])
    deeds = {
        "send": lambda: actions.send_message(
            user, conversation, body=f"{chance.random()}", client_id=uuid4()
        ),
        "edit": lambda: actions.edit_message(
            user, conversation, seq=seq, body=f"{chance.random()}"
        ),
        "unsend": lambda: actions.unsend_message(user, conversation, seq=seq),
        "react": lambda: actions.add_reaction(user, conversation, seq=seq, emoji=emoji),
        "unreact": lambda: actions.remove_reaction(user, conversation, seq=seq, emoji=emoji),
        "rename": lambda: actions.rename(user, conversation, title=f"{chance.random()}"),
    }
    deed = chance.choices(list(deeds), weights=[6, 3, 1, 3, 1, 1])[0]
    try:
        deeds[deed]()
    except Exception as refusal:
        assert getattr(refusal, "code", "") or type(refusal).__name__ == "Http404", refusal


@pytest.mark.parametrize("seed", SEEDS)
async def test_clients_converge_whatever_happens(ana, ben, group, seed):
    chance = random.Random(seed)
    is_over = asyncio.Event()
    readers = [
        Reader(user, group, random.Random(seed + n)) for n, user in enumerate([ana, ben, ben])
    ]
    listening = [asyncio.create_task(reader.listen(is_over)) for reader in readers]

    async def act(own: random.Random) -> None:
        for _ in range(STEPS // 2):
            await in_thread(step, own, [ana, ben], group)
            await asyncio.sleep(own.uniform(0, 0.03))

    await asyncio.gather(act(chance), act(random.Random(seed + 100)))
    is_over.set()
    await asyncio.gather(*listening)

    truth = await in_thread(present_state, group)
    for reader in readers:
        assert [reader.copy.messages[seq] for seq in sorted(reader.copy.messages)] == truth
    assert [card["seq"] for card in truth] == list(range(1, len(truth) + 1))


def present_state(group: Conversation) -> list[dict[str, Any]]:
    messages = Message.objects.filter(conversation=group).with_parts().order_by("seq")
    return cards.message_cards(messages)
