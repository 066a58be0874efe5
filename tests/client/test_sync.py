"""Whatever gets lost on the way, whoever is away and whichever server dies: in the end the copies
on all devices are what the database says."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session

from accounts.models import User
from accounts.pool import in_thread
from chat import actions, cards
from chat.models import Conversation, Membership, Message
from tests.chat.factories import make_group
from tests.chat.servers import Server, serving
from tests.client import rest
from tests.client.copy import Frame
from tests.client.inbox import LIST
from tests.client.sync import Device
from tests.factories import PASSWORD, befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 500
BACKLOG = 60  # messages before anybody has a device: more than a page of history
TURNS = 12  # of each device, in the storm
WITHIN = 15.0  # seconds, for everybody to come to agree
FATES = ("comes", "comes", "comes", "lost", "twice", "late")  # of a frame in a storm


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory) -> Iterator[Server]:
    with serving("daphne", tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    """Ana and Ben, friends, with passwords as a server keeps them."""
    people = {name: make_user(name) for name in ("ana", "ben")}
    User.objects.update(password=Argon2PasswordHasher().encode(PASSWORD, "a salt for tests"))
    befriend(*people.values())
    return people


class Weathered(Device):
    """In a storm some of what it hears and says gets lost, comes twice, or behind what is later."""

    is_storm = False

    def hear(self, frame: Frame) -> None:
        hear = super().hear
        fate = self.rng.choice(FATES) if self.is_storm else "comes"
        if fate == "late":
            asyncio.get_running_loop().call_later(0.1, hear, frame)
        for _ in range({"comes": 1, "twice": 2}.get(fate, 0)):
            hear(frame)

    async def write(self, frame: Frame) -> None:
        times = self.rng.choice([0, 1, 1, 2]) if self.is_storm else 1
        for _ in range(times):
            await super().write(frame)


@contextlib.asynccontextmanager
async def device(name: str, folder: Path, *servers: Server) -> AsyncIterator[Weathered]:
    """A device of ana's or ben's ("ana-phone"), signed in and without a line."""
    doors, path = [server.port for server in servers], folder / f"{name}.sqlite3"
    made = Weathered(doors, path, random.Random(name), patience=0.7)
    await made.sign_in(name.partition("-")[0], PASSWORD)
    try:
        yield made
    finally:
        await made.offline()
        made.store.close()


async def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WITHIN
    while not condition():
        assert time.monotonic() < deadline, f"not within {WITHIN} s: {what}"
        await asyncio.sleep(0.02)


# --- The beginning --------------------------------------------------------------------------------


def _many_conversations(ana: User, ben: User) -> None:
    """Each with one message of ben's, stored as the verbs would."""
    rooms = Conversation.objects.bulk_create(
        Conversation(kind="group", title=f"Room {n}", last_seq=1, revision=1) for n in range(MANY)
    )
    Membership.objects.bulk_create(
        Membership(conversation=room, user=person) for room in rooms for person in (ana, ben)
    )
    Message.objects.bulk_create(
        Message(conversation=room, seq=1, revision=1, author=ben, body=f"hello in {room.title}")
        for room in rooms
    )


async def test_whoever_has_500_conversations_begins_with_three_requests(
    server, people, tmp_path, monkeypatch
):
    await in_thread(_many_conversations, *people.values())
    asked: list[str] = []
    call = rest.call

    async def counted(port, key, method, path, *args, **options):
        asked.append(f"{method} {path}")
        return await call(port, key, method, path, *args, **options)

    async with device("ana-phone", tmp_path, server) as phone:
        monkeypatch.setattr(rest, "call", counted)
        phone.online()
        await until(lambda: phone.is_in_step, "the cold start")

        assert sorted(asked) == [f"GET {LIST}", "GET conversations/drafts/", "POST socket-tickets/"]
        assert len(phone.inbox.copies) == MANY
        rooms = {phone.inbox.row(each)["title"]: each for each in phone.inbox.copies}
        assert [message["body"] for message in phone.messages(rooms["Room 7"])] == [
            "hello in Room 7"
        ]
        assert phone.inbox.row(rooms["Room 7"])["unread"] == 1

        phone.read(rooms["Room 7"], 1)
        await until(lambda: not phone.store.unread_elsewhere(), "it heard of it")


async def test_what_was_read_and_begun_without_a_line_is_told_and_asked_for_by_whoever_comes_back(
    server, people, tmp_path
):
    ana, ben = people.values()
    group = await in_thread(make_group, ana, ben)
    await in_thread(_talk_at_length, group, ben)
    here, last = str(group.pk), BACKLOG + 1
    async with (
        device("ana-phone", tmp_path, server) as phone,
        device("ana-laptop", tmp_path, server) as laptop,
    ):
        for each in (phone, laptop):
            each.online()
        await until(lambda: phone.is_in_step and laptop.is_in_step, "both begin")
        await asyncio.gather(phone.offline(), laptop.offline())

        phone.read(here, last)
        phone.keep_draft(here, "I am on a train")
        assert [each.inbox.row(here)["unread"] for each in (phone, laptop)] == [0, BACKLOG]
        phone.online()
        await until(lambda: phone.is_in_step, "the phone is back")
        laptop.online()
        await until(lambda: laptop.is_in_step, "the laptop is back")

        assert _rows_of(laptop)[here][2:] == (last, 0, "I am on a train")
        laptop.send(here, "I am at home")
        await until(lambda: phone.store.draft(here) is None, "who sends has begun nothing")


async def test_who_was_removed_while_away_keeps_nothing_of_the_group(server, people, tmp_path):
    ana, ben = people.values()
    group = await in_thread(make_group, ana, ben)
    async with device("ben-phone", tmp_path, server) as phone:
        phone.online()
        await until(lambda: phone.is_in_step, "ben begins")
        await phone.offline()
        phone.send(str(group.pk), "anybody here?")

        await in_thread(actions.remove_member, ana, group, ben)
        phone.online()
        await until(lambda: phone.is_in_step and not phone.inbox.copies, "ben is out")

        refused = [frame["refusal"] for frame in phone.outbox.waiting(str(group.pk))]
        assert (refused, phone.messages(str(group.pk))) == (["not_found"], [])


async def test_a_device_whose_session_ended_waits_for_its_person_and_shows_nothing_to_another(
    server, people, tmp_path
):
    ana, ben = people.values()
    group = str((await in_thread(make_group, ana, ben)).pk)
    async with device("ana-phone", tmp_path, server) as phone:
        phone.online()
        await until(lambda: phone.is_in_step, "ana begins")
        await in_thread(Session.objects.all().delete)
        phone.abort()
        await until(lambda: not phone.is_signed_in, "it is signed out")
        phone.send(group, "did you hear?")

        await phone.sign_in("ana", PASSWORD)
        phone.online()
        await until(lambda: phone.is_in_step, "ana is back")
        assert phone.messages(group)[-1]["body"] == "did you hear?"

        await phone.offline()
        await phone.sign_in("ben", PASSWORD)
        assert (phone.inbox.copies, phone.messages(group)) == ({}, [])


# --- The storm ------------------------------------------------------------------------------------


class Person:
    """Somebody with a device in the hand, and what they sent with it, in their order."""

    def __init__(self, device: Weathered, conversations: list[str]) -> None:
        self.device, self.conversations, self.rng = device, conversations, device.rng
        self.sent: dict[str, list[str]] = {each: [] for each in conversations}

    async def act(self, turns: int, *, has_line: bool = True) -> None:
        """Write, read, begin to write; with a line also change one's mind and react."""
        for _ in range(turns):
            where = self.rng.choice(self.conversations)
            deeds = [self.send, self.send, self.send, self.read, self.draft]
            deeds += [self.edit, self.unsend, self.react, self.look_back] if has_line else []
            with contextlib.suppress(OSError, TimeoutError):  # the server that died
                await self.rng.choice(deeds)(where)
            await asyncio.sleep(self.rng.uniform(0, 0.04))

    async def send(self, where: str) -> None:
        self.sent[where].append(self.device.send(where, f"words {self.rng.random()}"))

    async def read(self, where: str) -> None:
        for message in self.device.messages(where)[-1:]:
            self.device.read(where, message["seq"])

    async def draft(self, where: str) -> None:
        self.device.keep_draft(where, f"I wanted to say {self.rng.random()}")

    async def edit(self, where: str) -> None:
        await self._change("PATCH", where, {"body": f"otherwise {self.rng.random()}"})

    async def unsend(self, where: str) -> None:
        await self._change("DELETE", where)

    async def react(self, where: str) -> None:
        for message in self.device.messages(where)[-3:]:
            path = f"conversations/{where}/messages/{message['seq']}/reactions/"
            await self.device.inbox.call("POST", path, {"emoji": self.rng.choice("👍🔥")})

    async def look_back(self, where: str) -> None:
        if where in self.device.inbox.copies:
            await self.device.look_back(where)

    async def _change(self, method: str, where: str, body: object = None) -> None:
        me = self.device.inbox.me
        if mine := [each for each in self.device.messages(where) if each["author"] == me]:
            path = f"conversations/{where}/messages/{self.rng.choice(mine)['seq']}/"
            await self.device.inbox.call(method, path, body)


def _truth(conversation: str) -> list[dict]:
    messages = Message.objects.filter(conversation_id=conversation).with_parts().order_by("seq")
    return cards.message_cards(messages)


def _sent(conversation: str) -> list[str]:
    """Everything that has a client_id, in the order of the places."""
    found = Message.objects.filter(conversation_id=conversation, client_id__isnull=False)
    return [str(key) for key in found.order_by("seq").values_list("client_id", flat=True)]


def _rows(user: User) -> dict[str, tuple]:
    """By conversation: how far it has come, its last place, what is read, what is begun."""
    rows = Membership.objects.filter(user=user).select_related("conversation", "kept_words")
    return {
        str(row.conversation_id): (
            row.conversation.revision,
            row.conversation.last_seq,
            row.read_seq,
            row.conversation.last_seq - row.read_seq,
            row.kept_words.body if hasattr(row, "kept_words") else "",
        )
        for row in rows
    }


def _rows_of(device: Device) -> dict[str, tuple]:
    """The same as the device has it."""
    rows = {}
    for conversation, copy in device.inbox.copies.items():
        row, draft = device.inbox.row(conversation), device.store.draft(conversation)
        read = row["last_seq"], row["read_seq"], row["unread"]
        rows[conversation] = (copy.cursor, *read, draft["body"] if draft else "")
    return rows


async def test_all_copies_are_the_servers_after_a_storm_and_the_death_of_a_server(
    server, people, tmp_path
):
    ana, ben = people.values()
    group = await in_thread(make_group, ana, ben)
    direct = await in_thread(actions.start_direct, ana, ben)
    await in_thread(_talk_at_length, group, ben)
    where = [str(group.pk), str(direct.pk)]

    async with (
        device("ana-phone", tmp_path, server) as phone,
        device("ana-laptop", tmp_path, server) as laptop,
        device("ben-phone", tmp_path, server) as bens,
    ):
        devices = [phone, laptop, bens]
        everybody = [Person(each, where) for each in devices]
        with serving("daphne", tmp_path) as dying:
            phone.doors = bens.doors = [dying.port, server.port]
            await _begin(devices)
            await asyncio.gather(*(each.act(TURNS) for each in everybody))
            await laptop.offline()
            dying.process.kill()
            phone.doors = bens.doors = [server.port]
            going_on = [everybody[0].act(TURNS), everybody[2].act(TURNS)]
            await asyncio.gather(everybody[1].act(TURNS, has_line=False), *going_on)
        laptop.online()
        await _calm_down(everybody)

        for conversation in where:
            truth = await in_thread(_truth, conversation)
            assert [each["seq"] for each in truth] == list(range(1, len(truth) + 1))
            for each in devices:
                assert each.messages(conversation) == truth
            stored = await in_thread(_sent, conversation)
            assert len(stored) == sum(len(person.sent[conversation]) for person in everybody)
            for person in everybody:
                said = person.sent[conversation]
                assert [key for key in stored if key in said] == said
                assert person.device.outbox.waiting(conversation) == []
        rows = [await in_thread(_rows, user) for user in (ana, ana, ben)]
        await until(lambda: list(map(_rows_of, devices)) == rows, "the rows are equal")


def _talk_at_length(group: Conversation, author: User) -> None:
    seq, revision = Conversation.objects.values_list("last_seq", "revision").get(pk=group.pk)
    Message.objects.bulk_create(
        Message(conversation=group, seq=seq + n, revision=revision + n, author=author, body=f"{n}")
        for n in range(1, BACKLOG + 1)
    )
    rows = Conversation.objects.filter(pk=group.pk)
    rows.update(last_seq=seq + BACKLOG, revision=revision + BACKLOG)


async def _begin(devices: list[Weathered]) -> None:
    for each in devices:
        each.online()
    await until(lambda: all(each.is_in_step for each in devices), "everybody begins")
    for each in devices:
        each.is_storm = True


async def _calm_down(people: list[Person]) -> None:
    """The storm is over: all words go out, the next ones show every hole, and these heal. What was
    only hinted at heals when everybody has come back once."""
    devices = [person.device for person in people]
    for each in devices:
        each.is_storm = False
    await until(lambda: not any(len(each.outbox) for each in devices), "all words are sent")
    for conversation in people[0].conversations:
        await people[0].send(conversation)
    await until(lambda: all(each.is_in_step for each in devices), "all holes are healed")
    first, *others = [each.inbox.cursors for each in devices]
    assert others == [first] * len(others)
    await asyncio.gather(*map(_come_back, devices))


async def _come_back(device: Weathered) -> None:
    went = time.monotonic()
    device.abort()
    await until(lambda: device.opened_at > went and device.is_in_step, "everybody is back")
    for conversation in device.inbox.copies:
        while await device.look_back(conversation):
            pass
