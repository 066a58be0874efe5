"""What a client keeps is whole whenever the app dies, and gone when it is to be."""

from pathlib import Path

import pytest

from tests.client.copy import Copy
from tests.client.store import Store

ROW = {"id": "here", "title": "Friday film", "read_seq": 3, "last_seq": 9}


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "copy.sqlite3"


def stored(path: Path) -> Store:
    """Ana's only conversation, with a message that disappears and one that stays."""
    store = Store(path)
    copy = Copy(7, 7, 1, store.messages("here"))
    with store.changing():
        store.add(ROW, copy)
        copy.messages[1] = {"seq": 1, "revision": 5, "expires_at": "2026-03-01T10:00:00.000000Z"}
        copy.messages[2] = {"seq": 2, "revision": 7}
    return store


def test_a_copy_is_found_as_it_was_left(path):
    stored(path).close()

    copy = Store(path).copies()["here"]

    assert (copy.cursor, copy.head, copy.begins, list(copy.messages)) == (7, 7, 1, [1, 2])


def test_an_app_that_dies_between_a_message_and_its_cursor_has_neither(path):
    store = stored(path)

    with pytest.raises(RuntimeError), store.changing():
        store.messages("here")[3] = {"seq": 3, "revision": 8}
        raise RuntimeError("the battery is empty")

    assert list(store.copies()["here"].messages) == [1, 2]


def test_what_was_to_disappear_does_so_without_the_server(path):
    store = stored(path)

    store.expire("2026-03-01T09:59:59.999999Z")
    before = list(store.messages("here"))
    store.expire("2026-03-01T10:00:00.000000Z")

    assert (before, list(store.messages("here"))) == ([1, 2], [2])


def test_a_place_that_was_read_here_is_to_be_told_until_the_server_knows(path):
    store = stored(path)

    store.read("here", 8)
    store.read("here", 6)  # another window, late

    assert store.unread_elsewhere() == [("here", 8)]
    store.keep(ROW | {"read_seq": 8})
    assert store.unread_elsewhere() == []


def test_a_draft_that_is_told_and_empty_is_none(path):
    store = stored(path)
    draft = {"conversation": "here", "body": "I am", "edited_at": "2026-03-01T10:00:00Z"}

    store.keep_draft(draft, is_told=False)
    assert store.drafts_to_tell() == [draft]
    store.keep_draft(draft | {"body": ""}, is_told=True)

    assert store.draft("here") is None


def test_a_conversation_that_ended_takes_everything_with_it(path):
    store = stored(path)
    store.keep_draft({"conversation": "here", "body": "I am"}, is_told=False)

    store.forget("here")

    assert (store.copies(), list(store.messages("here")), store.draft("here")) == ({}, [], None)
