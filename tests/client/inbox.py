"""All conversations of one person on one device: what their list shows, what was read, drafts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.client import rest
from tests.client.copy import WHOLE, Card, Copy, Event, Frame
from tests.client.line import Line
from tests.client.reading import Reading
from tests.client.store import Store

LIST = "conversations/?limit=500"
NOT_NOW = {429, 451}  # asked too often; off where the person is (R45)
# What everybody in a conversation has the same; the rest of a row is the person's own.
SHARED = ("title", "picture", "accepted", "writing", "timer", "streak", "last_seq", "active_at")


class SignedOut(Exception):
    """The session token is worth nothing any more."""


class Inbox(Reading):
    """Keeps what it hears in the store, each frame with its cursor in one transaction."""

    def __init__(self, line: Line, store: Store) -> None:
        super().__init__(line, store.known("me"), store.known("key"))
        self.store = store
        self.copies = store.copies()
        self._kept: list[Frame] = []  # of conversations that no list had yet
        self._unlisted: dict[str, int] = {}  # heads of what reaches the person and is in no list
        self._drafts_heard: list[Card] = []  # while they are fetched
        self.is_looking = self._is_due = self._came_back = False

    def belong_to(self, me: str, key: str) -> None:
        """Who signed in; what another person left here goes."""
        if self.me not in ("", me):
            self.store.empty()
            self.copies = {}
        self.me, self.key = me, key
        with self.store.changing():
            self.store.know(me=me, key=key)

    # --- What happened --------------------------------------------------------------------------

    @contextmanager
    def changing(self, conversation: str) -> Iterator[None]:
        with self.store.changing():
            yield
            if copy := self.copies.get(conversation):
                self.store.keep_place(conversation, copy)

    def applied(self, conversation: str, event: Event) -> None:
        card = self.store.card(conversation)
        if card is not None:
            self.store.keep(card | self._news(card, event))

    def _news(self, card: Card, event: Event) -> Card:
        """What an event changes of a row."""
        kind = event["type"]
        if kind in WHOLE:
            return self._said(card, event)
        if kind == "conversation.changed":
            return {name: event[name] for name in SHARED if name in event}
        if kind == "membership.changed" and event["user"]["id"] == self.me:
            return {name: event["user"][name] for name in ("role", "silenced_until")}
        return {}

    def _said(self, card: Card, message: Card) -> Card:
        """Who says something has read what stands before it."""
        last = max(card["last_seq"], message["seq"])
        card = card | {"last_seq": last, "unread": card["unread"] + last - card["last_seq"]}
        if message["author"] != self.me:
            return card
        return card | _read_up_to(card, message["seq"])

    def ended(self, conversation: str) -> None:
        with self.store.changing():
            self.store.forget(conversation)

    def unknown(self, conversation: str, frame: Frame) -> None:
        """One that became the person's comes with its card; others, that were empty, without."""
        cards = [event["card"] for event in frame.get("events", ()) if "card" in event]
        with self.store.changing():
            for card in cards:
                self._adopt(card)
        if "events" in frame and not cards:
            self._kept.append(frame)
            if not self.is_looking:
                self.look_again()

    def unheard(self, conversation: str, head: int) -> None:
        if self._unlisted.get(conversation) != head:
            self._unlisted[conversation] = head
            self.look_again()

    def hear_read(self, frame: Frame) -> None:
        """The person read it on another device; how far others are is shown, not kept."""
        card = self.store.card(frame["conversation"])
        if card is not None and frame["user"] == self.me:
            with self.store.changing():
                self.store.keep(card | _read_up_to(card, frame["seq"]))

    def hear_voted(self, frame: Frame) -> None:
        """The person's own votes, said on any of their devices."""
        copy = self.copies.get(frame["conversation"])
        message = copy.messages.get(frame["seq"]) if copy else None
        if copy is not None and message is not None and message["poll"]:
            poll = message["poll"] | {"mine": frame["mine"]}
            with self.store.changing():
                copy.messages[frame["seq"]] = message | {"poll": poll}

    # --- The list -------------------------------------------------------------------------------

    def come_back(self, heads: dict[str, int]) -> None:
        """Everything that happens from now on is heard: ask how all of it is now."""
        self._came_back = True
        self.look_again()
        self.learn(heads)

    def look_again(self) -> None:
        """Fetch the list beside all else, and once more where that is asked for meanwhile."""
        self._is_due = True
        if not self.is_looking:
            self.is_looking = True
            self.line.spawn(self._look())

    async def _look(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                asked = len(self._kept)
                await self.fetch()
                self._take_kept(asked)
                if self._came_back:
                    self._came_back = False
                    await self.exchange()
        except (OSError, TimeoutError, SignedOut):
            self.line.abort()  # whoever comes back asks again
        finally:
            self.is_looking = False

    async def fetch(self) -> None:
        """All conversations as they are now. What is here and not among them has ended."""
        held, answer = set(self.copies), await self._asked("GET", LIST, tag=self.store.known("tag"))
        if answer.status != 200:  # as before; or a day is over (R9), and nothing is shown
            return
        rows, tag = list(answer.body["results"]), answer.tag
        while answer.body["next"]:
            where, tag = urlsplit(answer.body["next"]), ""
            answer = await self._asked("GET", f"{where.path}?{where.query}")
            rows += answer.body["results"]
        for gone in held - {row["id"] for row in rows}:
            self.drop(gone)
        with self.store.changing():
            for row in rows:
                self._adopt(row)
            self.store.know(tag=tag)

    def _take_kept(self, asked: int) -> None:
        """Frames that came before their conversation was in the list: the first `asked` of them
        before it was asked for, the others may be news to it."""
        old, new, self._kept = self._kept[:asked], self._kept[asked:], []
        for frame in old + new:
            if frame["conversation"] in self.copies:
                self.hear_events(frame)
            elif frame in new:
                self._kept.append(frame)
                self._is_due = True
        self.heal_all()

    def _adopt(self, row: Card) -> None:
        row = dict(row)
        last, copy = row.pop("last_message"), self.copies.get(row["id"])
        known = self.store.card(row["id"])
        if copy is None or known is None:
            self._begin(row, last)
            return
        copy.head = max(copy.head, row["revision"])
        if row["revision"] < copy.cursor:  # read before what was heard since
            row["unread"] += known["last_seq"] - row["last_seq"]
            row |= {name: known[name] for name in SHARED}
        self.store.keep(row | _read_up_to(row, known["read_seq"]))

    def _begin(self, row: Card, last: Card | None) -> None:
        """A copy of what is new here: its last message, and history when it is looked at."""
        is_end = last is not None and last["seq"] >= row["last_seq"]
        begins = last["seq"] if last and is_end else row["last_seq"] + 1
        copy = Copy(row["revision"], row["revision"], begins, self.store.messages(row["id"]))
        if last and is_end:
            copy.messages[last["seq"]] = last
        self.copies[row["id"]] = copy
        self.store.add(row, copy)

    # --- What was read --------------------------------------------------------------------------

    def read(self, conversation: str, seq: int) -> None:
        """The person looked at it, with a line or without."""
        with self.store.changing():
            self.store.read(conversation, seq)

    def row(self, conversation: str) -> Card:
        """What its row shows here; `KeyError` where there is no such conversation."""
        card = self.store.card(conversation)
        if card is None:
            raise KeyError(conversation)
        return card | _read_up_to(card, self.store.read_here(conversation))

    async def tell_reads(self) -> None:
        """What was read here while nobody heard of it."""
        for conversation, seq in self.store.unread_elsewhere():
            answer = await self._asked("POST", f"conversations/{conversation}/read/", {"seq": seq})
            card = self.store.card(conversation)
            if answer.status == 200 and card is not None:
                with self.store.changing():
                    self.store.keep(card | _read_up_to(card, answer.body["read_seq"]))

    # --- Drafts ---------------------------------------------------------------------------------

    def keep_draft(self, conversation: str, body: str, reply_to: int | None = None) -> None:
        """What the person began to write; empty words give it up."""
        now = datetime.now(UTC).isoformat()
        card: Card = {"conversation": conversation, "body": body, "reply_to": reply_to}
        with self.store.changing():
            self.store.keep_draft(card | {"mentions": [], "edited_at": now}, is_told=False)

    def hear_draft(self, draft: Card) -> None:
        """Written on another device; what this one wrote later stays."""
        self._drafts_heard.append(draft)
        mine = self.store.draft(draft["conversation"])
        if mine is None or _moment(mine["edited_at"]) <= _moment(draft["edited_at"]):
            with self.store.changing():
                self.store.keep_draft(draft, is_told=True)

    async def tell_drafts(self) -> None:
        """What was written here while nobody heard of it; the answer is what is kept now."""
        for draft in self.store.drafts_to_tell():
            conversation = draft["conversation"]
            said = {name: value for name, value in draft.items() if name != "conversation"}
            answer = await self._asked("PUT", f"conversations/{conversation}/draft/", said)
            is_newest = self.store.draft(conversation) == draft
            with self.store.changing():
                if answer.status != 200:  # refused; or it is not the person's any more
                    self.store.forget_drafts(conversation)
                elif is_newest:
                    self.store.keep_draft(answer.body, is_told=True)

    async def fetch_drafts(self) -> None:
        """All of them as they are now, but for what is to be told yet or was told meanwhile."""
        self._drafts_heard = []
        answer = await self._asked("GET", "conversations/drafts/")
        if answer.status != 200:
            return
        untold = {draft["conversation"] for draft in self.store.drafts_to_tell()}
        with self.store.changing():
            self.store.forget_drafts()
            for draft in answer.body:
                if draft["conversation"] not in untold:
                    self.store.keep_draft(draft, is_told=True)
        for draft in list(self._drafts_heard):
            self.hear_draft(draft)

    async def exchange(self) -> None:
        """What was written and read here is told, and what was written elsewhere asked for."""
        await self.tell_drafts()
        await self.fetch_drafts()
        await self.tell_reads()

    async def ticket(self) -> str:
        """It opens one socket, within 30 s."""
        answer = await self._asked("POST", "socket-tickets/")
        if answer.status != 201:
            raise ConnectionError(f"no ticket: {answer.status}")
        return answer.body["ticket"]

    async def _asked(self, method: str, path: str, body: Any = None, tag: str = "") -> rest.Answer:
        """A yes or a no; `ConnectionError` where it is "not now"."""
        answer = await self.call(method, path, body, tag)
        if answer.status == 401:
            raise SignedOut
        if answer.status in NOT_NOW or answer.status >= 500:
            raise ConnectionError(f"{path}: {answer.status}")
        return answer


def _read_up_to(card: Card, seq: int) -> Card:
    """The place read up to, never back, and what is unread behind it."""
    place = min(max(card["read_seq"], seq), card["last_seq"])
    return {"read_seq": place, "unread": min(card["unread"], card["last_seq"] - place)}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
