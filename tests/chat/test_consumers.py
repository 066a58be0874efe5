"""The socket's door, spoken to as a client does."""

import pytest

from tests.chat.client import connected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


async def test_message_is_acked_and_reaches_everybody(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        ack = await one.send(group, "hello ben")

        event = await other.hear_event("message.created")

    assert (ack["type"], ack["seq"]) == ("ack", 2)
    assert (event["body"], event["seq"], event["author"]) == ("hello ben", 2, str(ana.pk))
