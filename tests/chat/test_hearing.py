"""Voice messages that were listened to: marked for one person, on all of their devices."""

import pytest
import pytest_asyncio

from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, Heard
from tests.chat import media_files as files
from tests.chat.client import connected
from tests.chat.doors import OK, RestDoor, SocketDoor
from tests.chat.factories import say
from tests.factories import befriend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


class RestHearing(RestDoor):
    async def hear(self, user, conversation, seq) -> str:
        return await self.call(user, "post", conversation, f"messages/{seq}/heard/", {})


class SocketHearing(SocketDoor):
    async def hear(self, user, conversation, seq) -> str:
        return await self.call(user, "voice.hear", conversation, seq=seq)


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestHearing(api), "socket": SocketHearing}[request.param]()


@pytest.fixture
def seq(ana, group) -> int:
    """The place of a voice message of Ana's in the group."""
    voice = files.uploaded(ana, files.recording(), "voice")
    return say(ana, group, "", media=[str(voice.pk)]).seq


def heard(api, person, group, seq: int) -> bool | None:
    """What the person is told of it; None where nothing."""
    url = f"/api/v1/conversations/{group.pk}/messages/?around={seq}"
    card = next(each for each in api(person).get(url).json()["results"] if each["seq"] == seq)
    return card.get("heard")


async def test_each_person_has_a_mark_of_their_own(door, api, ana, ben, zoe, group, seq):
    await in_thread(befriend, ana, zoe)
    await in_thread(actions.add_member, ana, group, zoe)
    revision = (await in_thread(Conversation.objects.get, pk=group.pk)).revision

    before = await in_thread(heard, api, ben, group, seq)
    answers = [await door.hear(ben, group, seq), await door.hear(ben, group, seq)]

    assert (before, answers) == (False, [OK, OK])
    assert await in_thread(heard, api, ben, group, seq) is True
    assert await in_thread(heard, api, ana, group, seq) is None
    assert (await in_thread(Conversation.objects.get, pk=group.pk)).revision == revision
    assert await in_thread(Heard.objects.count) == 1


async def test_other_devices_hear_of_it_and_other_people_do_not(door, ana, ben, group, seq):
    async with connected(ben) as his, connected(ana) as hers:
        await door.hear(ben, group, seq)
        told = await his.hear_type("voice.heard")

        assert told == {"type": "voice.heard", "conversation": str(group.pk), "seq": seq}
        assert await hers.is_silent()


async def test_ones_own_is_heard_already(door, ana, group, seq):
    assert await door.hear(ana, group, seq) == OK

    assert not await in_thread(Heard.objects.exists)


async def test_who_may_not_read_it_does_not_hear_it(door, ana, ben, zoe, kid, group, seq):
    await in_thread(befriend, ana, zoe)
    zoe.asks_before_groups = True
    await in_thread(zoe.save)

    assert await door.hear(zoe, group, seq) == "not_found"
    await in_thread(actions.add_member, ana, group, zoe)  # asked, not in
    assert await door.hear(zoe, group, seq) == "not_found"
    assert await door.hear(kid, group, seq) == "policy.R2"
    assert await door.hear(ben, group, seq + 5) == "not_found"
    await in_thread(actions.remove_member, ana, group, ben)
    assert await door.hear(ben, group, seq) == "not_found"
    assert not await in_thread(Heard.objects.exists)


async def test_what_is_no_voice_is_not_heard(door, ana, ben, group, seq):
    words = (await in_thread(say, ana, group, "words")).seq
    await in_thread(lambda: actions.unsend_message(ana, group, seq=seq))

    assert await door.hear(ben, group, words) == "media.unknown"
    assert await door.hear(ben, group, seq) == "media.unknown"


def test_page_shows_what_waits_to_be_heard(browser, ana, ben, group, seq):
    page = f"/chat/{group.pk}/"
    before = browser(ben).get(page).content.decode()
    actions.mark_heard(ben, group, seq=seq)
    after = browser(ben).get(page).content.decode()

    assert ("data-heard data-medium" in before, "data-heard data-medium" in after) == (False, True)


def test_one_question_tells_of_all_on_a_page(api, ana, ben, group, seq, django_assert_num_queries):
    url = f"/api/v1/conversations/{group.pk}/messages/"
    api(ben).get(url)
    with django_assert_num_queries(4):
        api(ben).get(url)
    voice = files.uploaded(ana, files.recording(), "voice")
    say(ana, group, "", media=[str(voice.pk)])

    with django_assert_num_queries(4):
        api(ben).get(url)
