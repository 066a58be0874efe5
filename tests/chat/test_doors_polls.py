"""Polls through every door: the same may, the same is refused, under the same code."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from django.test import Client
from django.utils import timezone

from accounts import actions as people
from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, Membership, Poll, PollOption
from chat.refusals import SENTENCES
from tests.chat.doors import OK, RestDoor, SocketDoor
from tests.chat.factories import ask, say
from tests.factories import befriend
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

QUESTION: dict[str, Any] = {"question": "Which film?", "options": ["Meadow", "Balloon", "Chase"]}


class Rest(RestDoor):
    async def ask(self, user, conversation, poll, client_id) -> str:
        said = {"client_id": client_id, "poll": poll}
        return await self.call(user, "post", conversation, "messages/", said)

    async def vote(self, user, conversation, seq, options) -> str:
        path = f"messages/{seq}/poll/votes/"
        return await self.call(user, "post", conversation, path, {"options": options})

    async def add(self, user, conversation, seq, text) -> str:
        path = f"messages/{seq}/poll/options/"
        return await self.call(user, "post", conversation, path, {"text": text})

    async def close(self, user, conversation, seq) -> str:
        return await self.call(user, "post", conversation, f"messages/{seq}/poll/close/", {})


class Socket(SocketDoor):
    async def ask(self, user, conversation, poll, client_id) -> str:
        return await self.call(user, "message.send", conversation, client_id=client_id, poll=poll)

    async def vote(self, user, conversation, seq, options) -> str:
        return await self.call(user, "poll.vote", conversation, seq=seq, options=options)

    async def add(self, user, conversation, seq, text) -> str:
        return await self.call(user, "poll.add_option", conversation, seq=seq, text=text)

    async def close(self, user, conversation, seq) -> str:
        return await self.call(user, "poll.close", conversation, seq=seq)


class Form:
    """`/chat/<id>/polls/...`, as a browser without JavaScript sends it."""

    async def ask(self, user, conversation, poll, client_id) -> str:
        fields = {"client_id": client_id, "question": poll.get("question", "")}
        fields["options"] = poll.get("options", [])
        fields |= {name: "on" for name, value in poll.items() if value is True}
        if moment := poll.get("closes_at"):
            fields["closes_at"] = moment[:16]
        return await in_thread(self._post, user, f"/chat/{conversation.pk}/polls/new/", fields)

    async def vote(self, user, conversation, seq, options) -> str:
        fields = {"options": ",".join(map(str, options))}
        return await self._about(user, conversation, seq, "vote", fields)

    async def add(self, user, conversation, seq, text) -> str:
        return await self._about(user, conversation, seq, "options", {"text": text})

    async def close(self, user, conversation, seq) -> str:
        return await self._about(user, conversation, seq, "close", {})

    async def _about(self, user, conversation, seq, verb, fields) -> str:
        url = f"/chat/{conversation.pk}/polls/{seq}/{verb}/"
        return await in_thread(self._post, user, url, fields)

    def _post(self, user, url, fields) -> str:
        browser = Client()
        browser.force_login(user)
        answer = browser.post(url, fields, follow=True)
        if answer.status_code == 404:
            return "not_found"
        page = unescape(answer.content.decode())
        said = [code for code, sentence in SENTENCES.items() if str(sentence) in page]
        told = [str(message) for message in answer.context.get("messages") or ()]
        wrong = [code for code in said if code.startswith(("poll.", "member.", "role.", "policy."))]
        return wrong[0] if wrong and (told or answer.status_code != 200) else OK


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def door(request, api):
    return {"rest": lambda: Rest(api), "socket": Socket, "form": Form}[request.param]()


async def asked(author, conversation, **poll) -> int:
    stored = await in_thread(
        ask, author, conversation, QUESTION["question"], QUESTION["options"], **poll
    )
    return stored.seq


def client_id() -> str:
    return str(uuid4())


# --- Asking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("poll", "code"),
    [
        ({}, OK),
        ({"multiple": True, "anonymous": True, "hidden": True, "adding": True}, OK),
        ({"question": "  "}, "poll.question"),
        ({"question": "x" * 301}, "poll.question"),
        ({"options": ["one"]}, "poll.options"),
        ({"options": [str(number) for number in range(13)]}, "poll.options"),
        ({"options": [str(number) for number in range(12)]}, OK),
        ({"options": ["one", "x" * 101]}, "poll.options"),
        ({"options": ["one", " ONE "]}, "poll.same_option"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "poll.past"),
    ],
)
async def test_a_poll_has_its_limits(door, ana, group, poll, code):
    assert await door.ask(ana, group, QUESTION | poll, client_id()) == code
    assert await in_thread(Poll.objects.count) == (code == OK)


@pytest.mark.parametrize(
    "poll",
    ["film?", ["a", "b"], {"question": "?", "options": ["a", "b"], "multiple": "yes"}, 7],
)
async def test_what_is_no_poll_is_malformed(api, ana, group, poll):
    for door in (Rest(api), Socket()):
        assert await door.ask(ana, group, poll, client_id()) == "poll.malformed"


@rule("R13", "api", "socket")
async def test_a_first_request_holds_no_poll(door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)

    answer = await door.ask(zoe, request, QUESTION, client_id())

    assert answer in {"policy.R13", OK if isinstance(door, Form) else ""}
    assert await in_thread(Poll.objects.count) == 0


# --- Voting ---------------------------------------------------------------------------------------


async def test_members_vote_once_change_their_minds_and_take_it_back(door, ana, ben, group):
    seq = await asked(ana, group)

    assert await door.vote(ben, group, seq, [1]) == OK
    assert await door.vote(ben, group, seq, [1, 2]) == "poll.twice"
    assert await door.vote(ben, group, seq, [9]) == "poll.unknown_option"
    assert await door.vote(ben, group, seq, [2]) == OK
    assert await counts(group, seq) == [0, 1, 0]
    assert await door.vote(ben, group, seq, []) == OK
    assert await counts(group, seq) == [0, 0, 0]


async def counts(conversation, seq) -> list[int]:
    options = PollOption.objects.filter(
        poll__message__conversation=conversation, poll__message__seq=seq
    )
    return await in_thread(lambda: list(options.values_list("vote_count", flat=True)))


async def test_a_closed_poll_takes_nothing(door, ana, ben, group):
    seq = await asked(ana, group, adding=True)
    await in_thread(actions.close_poll, ana, group, seq=seq)

    assert await door.vote(ben, group, seq, [1]) == "poll.closed"
    assert await door.add(ben, group, seq, "Rabbit") == "poll.closed"


async def test_its_time_closes_it_at_once(door, ana, ben, group):
    soon = timezone.now() + timedelta(hours=1)
    seq = await asked(ana, group, closes_at=soon.isoformat())
    await in_thread(Poll.objects.update, closes_at=timezone.now())

    assert await door.vote(ben, group, seq, [1]) == "poll.closed"


async def test_answers_are_added_where_the_poll_lets_others(door, ana, ben, group):
    open_one = await asked(ana, group, adding=True)
    fixed = await asked(ana, group)

    assert await door.add(ben, group, open_one, "Rabbit") == OK
    assert await door.add(ben, group, open_one, "rabbit") == "poll.same_option"
    assert await door.add(ben, group, open_one, "x" * 101) == "poll.options"
    assert await door.add(ben, group, fixed, "Rabbit") == "poll.fixed"
    assert await door.add(ana, group, fixed, "Rabbit") == OK


async def test_a_poll_holds_twelve_answers(door, ana, group):
    seq = await asked(ana, group, adding=True)
    for number in range(9):
        await in_thread(actions.add_poll_option, ana, group, seq=seq, text=str(number))

    assert await door.add(ana, group, seq, "one more") == "poll.options"


async def test_its_author_and_who_runs_the_group_close_it(door, ana, ben, group):
    of_ben, of_ana = await asked(ben, group), await asked(ana, group)

    assert await door.close(ben, group, of_ana) == "role.missing"
    assert await door.close(ana, group, of_ben) == OK
    assert await door.close(ana, group, of_ana) == OK


# --- Who may not ----------------------------------------------------------------------------------


async def test_who_takes_no_part_finds_no_poll(door, ana, ben, zoe, group):
    seq = await asked(ana, group, adding=True)
    await in_thread(actions.remove_member, ana, group, ben)
    unknown = await in_thread(say, ana, group)

    for outsider in (zoe, ben):
        assert await door.ask(outsider, group, QUESTION, client_id()) == "not_found"
        assert await door.vote(outsider, group, seq, [1]) == "not_found"
        assert await door.add(outsider, group, seq, "Rabbit") == "not_found"
        assert await door.close(outsider, group, seq) == "not_found"
    assert await door.vote(ana, group, unknown.seq, [1]) == "not_found"


async def test_who_is_only_invited_finds_no_poll(door, ana, zoe, group):
    def invite():
        befriend(ana, zoe)
        zoe.asks_before_groups = True
        zoe.save()
        actions.add_member(ana, group, zoe)

    seq = await asked(ana, group)
    await in_thread(invite)

    assert await door.vote(zoe, group, seq, [1]) == "not_found"
    assert await door.close(zoe, group, seq) == "not_found"


async def test_children_have_no_polls(door, ana, kid, group):
    seq = await asked(ana, group)

    assert await door.vote(kid, group, seq, [1]) == "policy.R2"
    assert await door.close(kid, group, seq) == "policy.R2"


async def test_a_block_ends_voting_between_two(door, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    seq = await asked(ana, direct, adding=True)
    await in_thread(people.block, ben, ana)

    assert await door.vote(ana, direct, seq, [1]) == "policy.unreachable"
    assert await door.add(ana, direct, seq, "Rabbit") == "policy.unreachable"


async def test_who_is_silenced_votes_and_adds_no_words(door, ana, ben, group):
    seq = await asked(ana, group, adding=True)
    until = timezone.now() + timedelta(hours=1)
    mine = Membership.objects.filter(conversation=group, user=ben)
    await in_thread(mine.update, silenced_until=until)

    assert await door.vote(ben, group, seq, [1]) == OK
    assert await door.add(ben, group, seq, "Rabbit") == "member.silenced"


# --- What must not leak ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("poll", "code"), [("anonymous", "poll.anonymous"), ("hidden", "poll.hidden")]
)
async def test_nobody_learns_who_voted(api, ana, ben, group, poll, code):
    seq = await asked(ana, group, **{poll: True})
    await in_thread(actions.vote, ben, group, seq=seq, options=[1])

    assert await Rest(api).call(ana, "get", group, f"messages/{seq}/poll/votes/", {}) == code
    browser = Client()
    await in_thread(browser.force_login, ana)
    page = await in_thread(browser.get, f"/chat/{group.pk}/polls/{seq}/voters/")
    assert page.status_code == 403
    assert "Ben" not in page.content.decode().partition("<main")[2].partition("voters")[2]


async def test_followers_of_a_channel_never_see_each_other(ana, ben, group):
    await in_thread(Conversation.objects.filter(pk=group.pk).update, kind="channel")

    seq = await asked(ana, group)

    poll = await in_thread(Poll.objects.get, message__conversation=group, message__seq=seq)
    assert poll.is_anonymous
