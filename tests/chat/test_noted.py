"""Lines that thousands got at once: the hub tells those who are connected, asks for no other."""

import pytest

from accounts.models import NotificationLine
from accounts.pool import in_thread
from chat.live import noted
from tests.chat.client import connected
from tests.factories import befriend
from tests.videos.test_post_fanout import post, run_jobs
from videos.actions import delete_video

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


async def test_a_socket_hears_of_a_post_and_of_its_going(ana, ben, live_hub):
    async with connected(ben) as client:
        video = await in_thread(post, ana)
        await in_thread(run_jobs)
        event = await client.hear_type("notification")

        await in_thread(delete_video, ana, video)
        await in_thread(run_jobs)
        gone = await client.hear_type("notification.withdrawn")

    assert event["notification"]["kind"] == "videos.post"
    assert (event["unread"], event["revision"]) == (1, 1)
    assert (gone["id"], gone["unread"]) == (event["notification"]["id"], 0)


async def test_only_those_who_are_connected_are_asked_for(ana, ben, zoe, live_hub, monkeypatch):
    await in_thread(befriend, ana, zoe)
    asked = []
    events_of = noted.events_of

    def note(group, people):
        asked.append(people)
        return events_of(group, people)

    monkeypatch.setattr(noted, "events_of", note)

    async with connected(ben) as client:
        await in_thread(post, ana)
        await in_thread(run_jobs)
        await client.hear_type("notification")

    assert asked == [[ben.pk]]
    assert await in_thread(NotificationLine.objects.count) == 2
