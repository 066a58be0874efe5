"""Watching together and the collection: every door says the same to the same people."""

from uuid import UUID

import pytest
import pytest_asyncio

from accounts import actions as people
from accounts.pool import in_thread
from chat import actions
from chat.models import CollectedVideo, Conversation, Watching
from chat.models import collection as limits
from chat.models.watching import QUEUE_LIMIT
from chat.rights import Right
from tests.chat.client import connected
from tests.chat.doors import OK, RestDoor, SocketDoor
from tests.factories import befriend
from tests.videos.factories import make_video, with_files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


class RestWatching(RestDoor):
    async def start(self, user, conversation, video, **more) -> str:
        fields = {"video": str(video), **more}
        return await self.call(user, "post", conversation, "watch/", fields)

    async def join(self, user, conversation) -> str:
        return await self.call(user, "post", conversation, "watch/join/", {})

    async def leave(self, user, conversation) -> str:
        return await self.call(user, "post", conversation, "watch/leave/", {})

    async def control(self, user, conversation, **wish) -> str:
        return await self.call(user, "post", conversation, "watch/control/", wish)

    async def add(self, user, conversation, video) -> str:
        return await self.call(user, "post", conversation, "watch/queue/", {"video": str(video)})

    async def move(self, user, conversation, entry, place) -> str:
        path = f"watch/queue/{entry}/"
        return await self.call(user, "patch", conversation, path, {"place": place})

    async def remove(self, user, conversation, entry) -> str:
        return await self.call(user, "delete", conversation, f"watch/queue/{entry}/", {})

    async def save(self, user, conversation, video) -> str:
        return await self.call(user, "post", conversation, "collection/", {"video": str(video)})

    async def take_out(self, user, conversation, video) -> str:
        return await self.call(user, "delete", conversation, f"collection/{video}/", {})


class SocketWatching(SocketDoor):
    async def start(self, user, conversation, video, **more) -> str:
        return await self.call(user, "watch.start", conversation, video=str(video), **more)

    async def join(self, user, conversation) -> str:
        return await self.call(user, "watch.join", conversation)

    async def leave(self, user, conversation) -> str:
        return await self.call(user, "watch.leave", conversation)

    async def control(self, user, conversation, **wish) -> str:
        return await self.call(user, "watch.control", conversation, **wish)

    async def add(self, user, conversation, video) -> str:
        return await self.call(user, "watch.queue", conversation, action="add", video=str(video))

    async def move(self, user, conversation, entry, place) -> str:
        fields = {"action": "move", "entry": entry, "place": place}
        return await self.call(user, "watch.queue", conversation, **fields)

    async def remove(self, user, conversation, entry) -> str:
        fields = {"action": "remove", "entry": entry}
        return await self.call(user, "watch.queue", conversation, **fields)

    async def save(self, user, conversation, video) -> str:
        return await self.call(user, "collection.add", conversation, video=str(video))

    async def take_out(self, user, conversation, video) -> str:
        return await self.call(user, "collection.remove", conversation, video=str(video))


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestWatching(api), "socket": SocketWatching}[request.param]()


@pytest.fixture
def clip(ana):
    return with_files(make_video(ana))


def state(conversation) -> Watching:
    return Watching.objects.get(pk=conversation.pk)


async def everything(door, user, conversation, video) -> set[str]:
    """What each thing that can be done says to somebody."""
    return {
        await door.start(user, conversation, video),
        await door.join(user, conversation),
        await door.control(user, conversation, action="pause"),
        await door.add(user, conversation, video),
        await door.move(user, conversation, "abcd", 0),
        await door.remove(user, conversation, "abcd"),
        await door.leave(user, conversation),
    }


# --- Who may --------------------------------------------------------------------------------------


async def test_members_watch(door, ana, ben, group, clip):
    assert await door.start(ana, group, clip.pk) == OK
    assert await door.join(ben, group) == OK
    assert await door.control(ben, group, action="seek", position_ms=9000) == OK
    assert await door.add(ben, group, clip.pk) == OK
    assert await door.leave(ben, group) == OK
    assert (await in_thread(state, group)).position_ms >= 9000


async def test_a_stranger_does_not_know_that_it_exists(door, ana, zoe, group, clip):
    await door.start(ana, group, clip.pk)

    assert await everything(door, zoe, group, clip.pk) == {"not_found"}
    assert await everything(door, zoe, Conversation(pk=UUID(int=7)), clip.pk) == {"not_found"}


async def test_who_is_removed_is_a_stranger(door, ana, ben, group, clip):
    await door.start(ana, group, clip.pk)
    await door.join(ben, group)
    await in_thread(actions.remove_member, ana, group, ben)

    assert await everything(door, ben, group, clip.pk) == {"not_found"}


async def test_who_is_invited_accepts_first(door, ana, zoe, group, clip):
    def invite() -> None:
        befriend(ana, zoe)
        zoe.asks_before_groups = True
        zoe.save()
        actions.add_member(ana, group, zoe)

    await door.start(ana, group, clip.pk)
    await in_thread(invite)

    assert await everything(door, zoe, group, clip.pk) == {"not_found"}


async def test_children_watch_with_nobody(door, ana, kid, group, clip):
    await door.start(ana, group, clip.pk)

    assert await everything(door, kid, group, clip.pk) == {"policy.R2"}


async def test_a_block_is_not_told(door, ana, ben, clip):
    direct = await in_thread(actions.start_direct, ana, ben)
    await door.start(ana, direct, clip.pk)
    await in_thread(people.block, ben, ana)

    for somebody in (ana, ben):
        assert await door.start(somebody, direct, clip.pk) == "policy.unreachable"
        assert await door.join(somebody, direct) == "policy.unreachable"
        assert await door.leave(somebody, direct) == OK


async def test_starting_is_a_right(door, ana, ben, group, clip):
    group.rights = {Right.WATCH: "admin"}
    await in_thread(group.save)

    assert await door.start(ben, group, clip.pk) == "role.missing"
    assert await door.start(ana, group, clip.pk) == OK


async def test_the_host_may_keep_control(door, ana, ben, group, clip):
    await door.start(ana, group, clip.pk)
    await door.join(ben, group)
    assert await door.control(ana, group, action="host_only", on=True) == OK

    assert await door.control(ben, group, action="pause") == "watch.not_host"
    assert await door.add(ben, group, clip.pk) == "watch.not_host"
    assert await door.control(ben, group, action="end") == "watch.not_host"
    assert await door.control(ana, group, action="host", to=str(ben.pk)) == OK
    assert await door.control(ben, group, action="end") == OK


# --- Limits ---------------------------------------------------------------------------------------


async def test_limits_have_codes(door, ana, ben, group, clip):
    assert await door.join(ana, group) == "watch.none"
    assert await door.start(ana, group, UUID(int=7)) == "watch.unknown_video"
    assert await door.start(ana, group, "seven") == "watch.unknown_video"
    assert await door.start(ana, group, clip.pk) == OK
    assert await door.control(ben, group, action="play") == "watch.not_there"
    assert await door.add(ana, group, UUID(int=7)) == "watch.unknown_video"

    def fill() -> None:
        watching = state(group)
        for _ in range(QUEUE_LIMIT):
            watching.enqueue(clip.pk, 31_000, ana)
        watching.save()

    await in_thread(fill)
    assert await door.add(ana, group, clip.pk) == "watch.full_queue"
    assert await door.start(ana, group, clip.pk) == "watch.full_queue"
    assert await door.control(ana, group, action="end") == OK
    assert await door.start(ana, group, clip.pk) == "rate.flood"


async def test_the_queue_is_ordered(door, ana, group, clip):
    await door.start(ana, group, clip.pk, queue=[str(clip.pk)])
    for _ in range(2):
        await door.add(ana, group, clip.pk)
    one, other = [entry["id"] for entry in (await in_thread(state, group)).queue]

    assert await door.move(ana, group, other, 0) == OK
    assert await door.remove(ana, group, one) == OK
    assert [entry["id"] for entry in (await in_thread(state, group)).queue] == [other]


# --- What is answered -----------------------------------------------------------------------------


async def test_the_clock_is_told_at_once(ana):
    async with connected(ana) as client:
        answer = await client.ask("clock")

    assert answer["type"] == "ack"
    assert answer["now"].endswith("Z")


async def test_the_socket_answers_with_the_state(ana, group, clip):
    async with connected(ana) as client:
        answer = await client.ask("watch.start", conversation=str(group.pk), video=str(clip.pk))

    assert (answer["version"], answer["watch"]["video"]) == (1, str(clip.pk))
    assert answer["now"] < answer["watch"]["at"]


async def test_nonsense_closes_nothing(ana, group, clip):
    async with connected(ana) as client:
        for nonsense in (
            {"type": "watch.control", "conversation": str(group.pk)},
            {"type": "watch.queue", "conversation": str(group.pk), "place": "first"},
            {"type": "watch.start", "conversation": str(group.pk), "queue": 7, "video": []},
            {"type": "watch.join", "conversation": 7},
            {"type": "clock", "id": ["x"]},
        ):
            await client.say(nonsense)
        codes = {(await client.hear_type("refused", "error", "ack")).get("code") for _ in range(5)}

    assert codes == {None, "frame.malformed", "watch.unknown_video"}


def test_rest_tells_each_what_they_may_watch(api, ana, ben, group, django_assert_num_queries):
    hidden = with_files(make_video(ben, audience="private"))
    shown = with_files(make_video(ana))
    actions.start_watching(ben, group, video=hidden.pk, queue=[shown.pk])
    url = f"/api/v1/conversations/{group.pk}/watch/"

    with django_assert_num_queries(6):
        hers = api(ana).get(url).json()
    his = api(ben).get(url).json()

    assert hers["watch"] == his["watch"]
    assert set(hers["cards"]) == {str(shown.pk)}
    assert set(his["cards"]) == {str(shown.pk), str(hidden.pk)}


def test_rest_tells_that_nothing_is_on(api, ana, zoe, kid, group):
    url = f"/api/v1/conversations/{group.pk}/watch/"

    assert api(ana).get(url).json()["watch"] is None
    assert api(zoe).get(url).status_code == 404
    assert api(kid).get(url).json()["code"] == "policy.R2"
    assert api().get(url).status_code in {401, 403}


# --- The collection -------------------------------------------------------------------------------


def collection(group, video=None) -> str:
    path = f"/api/v1/conversations/{group.pk}/collection/"
    return path if video is None else f"{path}{video.pk}/"


def save(api, user, group, video) -> str:
    answer = api(user).post(collection(group), {"video": str(video.pk)})
    return OK if answer.status_code == 201 else answer.json()["code"]


def test_videos_are_saved_once_and_listed(api, ana, ben, group, clip, django_assert_num_queries):
    others = [with_files(make_video(ben)) for _ in range(3)]
    for video in (clip, *others, clip):
        assert save(api, ana, group, video) == OK

    with django_assert_num_queries(5):
        page = api(ben).get(collection(group), {"limit": 3}).json()
    rest = api(ben).get(page["next"]).json()

    assert [each["video"] for each in page["results"]] == [str(v.pk) for v in others[::-1]]
    assert [each["video"] for each in rest["results"]] == [str(clip.pk)]
    assert rest["results"][0]["saved_by"]["username"] == "ana"
    assert rest["results"][0]["card"]["duration_ms"] == 31_000


async def test_who_may_save(door, ana, ben, zoe, kid, group, clip):
    assert await door.save(zoe, group, clip.pk) == "not_found"
    assert await door.save(kid, group, clip.pk) == "policy.R2"
    assert await door.save(ben, group, clip.pk) == OK
    assert await door.save(ana, group, clip.pk) == OK  # twice is once
    await in_thread(actions.remove_member, ana, group, ben)
    assert await door.save(ben, group, clip.pk) == "not_found"
    assert await door.take_out(ben, group, clip.pk) == "not_found"
    assert await in_thread(CollectedVideo.objects.count) == 1


def test_who_may_see(api, ana, ben, zoe, kid, group, clip):
    assert api(zoe).get(collection(group)).status_code == 404
    assert api(kid).get(collection(group)).json()["code"] == "policy.R2"
    actions.remove_member(ana, group, ben)
    assert api(ben).get(collection(group)).status_code == 404


async def test_saving_is_a_right(door, ana, ben, group, clip):
    group.rights = {Right.COLLECT: "admin"}
    await in_thread(group.save)

    assert await door.save(ben, group, clip.pk) == "role.missing"
    assert await door.save(ana, group, clip.pk) == OK


async def test_only_what_one_may_watch_is_saved(door, ana, ben, group):
    hidden = await in_thread(lambda: with_files(make_video(ben, audience="private")))

    assert await door.save(ana, group, hidden.pk) == "share.unknown"
    assert await door.save(ana, group, "x") == "share.unknown"


def test_a_video_that_becomes_private_disappears_for_others(api, ana, ben, group, clip):
    save(api, ana, group, clip)
    clip.audience = "private"
    clip.save()

    assert api(ben).get(collection(group)).json()["results"] == []
    assert len(api(ana).get(collection(group)).json()["results"]) == 1
    clip.delete()
    assert api(ana).get(collection(group)).json()["results"] == []


async def test_one_takes_out_ones_own_and_moderators_all(door, ana, ben, group, clip):
    other = await in_thread(lambda: with_files(make_video(ana)))
    await door.save(ana, group, clip.pk)
    await door.save(ben, group, other.pk)

    assert await door.take_out(ben, group, clip.pk) == "role.missing"
    assert await door.take_out(ben, group, other.pk) == OK
    assert await door.take_out(ana, group, clip.pk) == OK
    assert await door.take_out(ana, group, clip.pk) == OK  # twice is fine
    assert not await in_thread(CollectedVideo.objects.exists)


async def test_a_collection_has_its_limit(door, ana, group, clip, monkeypatch):
    monkeypatch.setattr("chat.actions.collections.COLLECTION_LIMIT", 1)
    assert limits.COLLECTION_LIMIT == 500
    other = await in_thread(lambda: with_files(make_video(ana)))

    assert await door.save(ana, group, clip.pk) == OK
    assert await door.save(ana, group, other.pk) == "collection.full"


async def test_a_change_is_heard_live_and_found_later(api, ana, ben, group, clip):
    before = (await in_thread(Conversation.objects.get, pk=group.pk)).revision
    async with connected(ben) as his:
        await in_thread(lambda: actions.collect_video(ana, group, video=clip.pk))
        heard = await his.hear_event("collection.changed")
    missed = await in_thread(
        lambda: api(ben).get(f"/api/v1/conversations/{group.pk}/changes/?after={before}").json()
    )
    async with connected(ben, cursors={str(group.pk): before}) as again:
        resumed = await again.hear_event("collection.changed")

    assert heard == {"type": "collection.changed", "revision": before + 1}
    assert missed["results"] == [heard]
    assert resumed == heard
