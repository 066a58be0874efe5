"""First messages to strangers are slowed down at every door; friends never are."""

import pytest
from django.core.cache import cache

from accounts.filtering import spam
from accounts.models import OutboxJob
from accounts.pool import in_thread
from chat import actions
from tests.chat.doors import OK, RestDoor, SocketDoor, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def over(monkeypatch):
    cache.clear()
    monkeypatch.setattr(spam, "score", lambda facts: spam.REVIEWS)


@pytest.mark.asyncio
@pytest.mark.parametrize("door", [RestDoor, SocketDoor])
async def test_every_door_slows_first_messages_down(ana, ben, zoe, api, live_hub, door):
    asked = await in_thread(actions.start_direct, zoe, ana)
    friends = await in_thread(actions.start_direct, ana, ben)
    opened = door(api) if door is RestDoor else door()

    assert await opened.send(zoe, asked, **words()) == "rate.slow_down"
    assert await opened.send(ana, friends, **words()) == OK

    flagged = OutboxJob.objects.filter(task="accounts.flag_spam")
    assert await in_thread(flagged.count) == 1


def test_form_says_when_to_try_again_and_keeps_the_words(ana, zoe, browser):
    asked = actions.start_direct(zoe, ana)

    page = browser(zoe).post(f"/chat/{asked.pk}/", words("hello Ana")).content.decode()

    assert "That was a lot in a short time." in page
    assert "hello Ana" in page
