"""What comes while the list is on its way is neither lost nor undone by it."""

import asyncio
from typing import Any

import pytest

from tests.client.inbox import LIST, Inbox
from tests.client.rest import Answer
from tests.client.store import Store

ROW = {
    "id": "here",
    "kind": "group",
    "title": "Friday film",
    "picture": "",
    "pinned": False,
    "accepted": True,
    "writing": None,
    "timer": 0,
    "streak": None,
    "active_at": "2026-03-01",
    "revision": 3,
    "last_seq": 2,
    "read_seq": 1,
    "unread": 1,
    "last_message": None,
}


def created(revision: int, seq: int) -> dict:
    event = {"type": "message.created", "revision": revision, "seq": seq, "id": f"m{seq}"}
    return event | {"author": "ben", "body": f"words {seq}", "poll": None}


def frame(after: int, *events: dict) -> dict:
    told = {"after": after, "head": events[-1]["revision"], "events": list(events)}
    return {"type": "events", "conversation": "here"} | told


class FakeLine:
    """Does what is beside, and counts how often it was given up."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task] = []
        self.aborted = 0

    def spawn(self, work) -> None:
        self.tasks.append(asyncio.create_task(work))

    def abort(self) -> None:
        self.aborted += 1

    async def done(self) -> None:
        while self.tasks:
            await self.tasks.pop()


class Told(Inbox):
    """REST answers what it is told to, when `answers` has it; `asked` is what it was asked."""

    def __init__(self, store: Store) -> None:
        self.beside = FakeLine()
        super().__init__(self.beside, store)  # type: ignore[arg-type]
        self.me = "ana"
        self.asked: list[tuple[str, str]] = []
        self.answers: asyncio.Queue[Answer] = asyncio.Queue()

    async def call(self, method: str, path: str, body: Any = None, tag: str = "") -> Answer:
        self.asked.append((path, tag))
        return await self.answers.get()

    def answer(self, body: Any, status: int = 200, tag: str = "") -> None:
        self.answers.put_nowait(Answer(status, body, tag))

    def listed(self, *rows: dict, tag: str = "") -> None:
        self.answer({"results": list(rows), "next": None}, tag=tag)


@pytest.fixture
def inbox(tmp_path):
    store = Store(tmp_path / "copy.sqlite3")
    yield Told(store)
    store.close()


async def begun(inbox: Told) -> None:
    """It has the conversation as of its row."""
    inbox.listed(ROW, tag="first")
    inbox.look_again()
    await inbox.beside.done()
    inbox.asked.clear()


def shown(inbox: Told) -> tuple:
    row = inbox.row("here")
    return row["last_seq"], row["read_seq"], row["unread"]


async def test_what_is_said_before_its_conversation_is_listed_waits_for_the_list(inbox):
    inbox.look_again()
    inbox.hear_events(frame(3, created(4, seq=3)))
    inbox.listed(ROW)

    await inbox.beside.done()

    assert inbox.copies["here"].listed() == [[3, "m3", 4, "words 3"]]
    assert shown(inbox) == (3, 1, 2)


async def test_what_a_list_was_too_early_for_is_looked_for_once_more(inbox):
    inbox.look_again()
    await asyncio.sleep(0)
    inbox.hear_events(frame(0, created(1, seq=1)))
    inbox.listed()
    inbox.listed(ROW)

    await inbox.beside.done()

    assert inbox.asked == [(LIST, ""), (LIST, "")]
    assert inbox.copies["here"].cursor == 3


async def test_what_is_in_no_list_is_not_asked_for_again_and_again(inbox):
    inbox.unheard("elsewhere", 1)
    inbox.listed(ROW)
    await inbox.beside.done()

    inbox.learn({"elsewhere": 1})
    assert inbox.beside.tasks == []
    inbox.learn({"elsewhere": 2})
    inbox.listed(ROW)
    await inbox.beside.done()

    assert len(inbox.asked) == 2


async def test_a_row_read_before_what_was_heard_is_right_about_ones_own_only(inbox):
    await begun(inbox)
    inbox.hear_events(frame(3, created(4, seq=3)))
    inbox.hear_read({"conversation": "here", "user": "ana", "seq": 2})

    inbox.listed(ROW | {"pinned": True})
    inbox.look_again()
    await inbox.beside.done()

    assert shown(inbox) == (3, 2, 1)
    assert inbox.row("here")["pinned"]


async def test_a_list_that_is_as_before_changes_nothing(inbox):
    await begun(inbox)

    inbox.answer(None, status=304)
    inbox.look_again()
    await inbox.beside.done()

    assert inbox.asked == [(LIST, "first")]
    assert shown(inbox) == (2, 1, 1)


async def test_what_is_not_in_the_whole_list_has_ended_but_not_what_came_meanwhile(inbox):
    await begun(inbox)
    joined = {"type": "membership.joined", "revision": 1, "user": {"id": "ana"}}
    card = ROW | {"id": "new", "revision": 1, "last_seq": 0, "unread": 0}

    inbox.look_again()
    await asyncio.sleep(0)
    news = frame(1, joined | {"card": card})
    inbox.hear_events(news | {"conversation": "new"})
    inbox.listed()
    await inbox.beside.done()

    assert list(inbox.copies) == ["new"]
    assert inbox.store.card("here") is None


async def test_a_list_that_does_not_come_is_asked_for_by_whoever_comes_back(inbox):
    inbox.answer(None, status=503)
    inbox.look_again()
    await inbox.beside.done()

    assert (inbox.beside.aborted, inbox.is_looking) == (1, False)


async def test_a_hole_is_fetched_page_by_page(inbox):
    await begun(inbox)

    inbox.hear_events(frame(6, created(7, seq=5)))
    inbox.answer({"results": [created(4, seq=3)], "next": "more", "head": 6})
    inbox.answer({"results": [created(6, seq=4)], "next": None, "head": 6})
    await inbox.beside.done()

    changes = "conversations/here/changes/?after="
    assert inbox.asked == [(f"{changes}3", ""), (f"{changes}4", "")]
    assert [message[0] for message in inbox.copies["here"].listed()] == [3, 4, 5]
    assert shown(inbox) == (5, 1, 4)


async def test_history_of_what_ended_meanwhile_is_not_kept(inbox):
    await begun(inbox)
    ended = {"type": "membership.ended", "revision": 4, "user": {"id": "ana"}}

    looking = asyncio.create_task(inbox.look_back("here"))
    await asyncio.sleep(0)
    inbox.hear_events(frame(3, ended))
    inbox.answer({"results": [created(3, seq=2)], "next": None, "newer": None})

    assert await looking == []
    assert (inbox.copies, list(inbox.store.messages("here"))) == ({}, [])


async def test_history_comes_with_what_was_told_of_it_meanwhile(inbox):
    await begun(inbox)
    edited = created(4, seq=2) | {"type": "message.edited", "body": "otherwise"}

    looking = asyncio.create_task(inbox.look_back("here"))
    await asyncio.sleep(0)
    inbox.hear_events(frame(3, edited))
    inbox.answer({"results": [created(3, seq=2)], "next": "more", "newer": None})
    await looking

    copy = inbox.store.copies()["here"]
    assert (copy.cursor, copy.begins, copy.listed()) == (4, 2, [[2, "m2", 4, "otherwise"]])
