"""What can be done with messages, through every door: the same may, and each no has one code."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from django.test import Client
from django.utils import timezone

from accounts import actions as people
from accounts import policy
from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, Membership, Message, Reaction
from chat.refusals import SENTENCES
from tests.chat.doors import OK, RestDoor, SocketDoor, words
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


class Rest(RestDoor):
    """`/api/v1/conversations/<id>/...`"""

    async def pin(self, user, conversation, seq) -> str:
        return await self.call(user, "post", conversation, f"messages/{seq}/pin/", {})

    async def unpin(self, user, conversation, seq) -> str:
        return await self.call(user, "delete", conversation, f"messages/{seq}/pin/", {})

    async def forward(self, user, conversation, seqs, places, users=()) -> str:
        fields = {"seqs": seqs, **_places(places, users)}
        return await self._results(
            user, f"/api/v1/conversations/{conversation.pk}/forwards/", fields
        )

    async def _results(self, user, url, fields) -> str:
        answer = await in_thread(self.api(user).post, url, fields, format="json")
        if answer.status_code >= 300:
            return answer.json()["code"]
        return _first_code(answer.json()["results"])


class Socket(SocketDoor):
    """`/ws/`"""

    async def pin(self, user, conversation, seq) -> str:
        return await self.call(user, "pin.add", conversation, seq=seq)

    async def unpin(self, user, conversation, seq) -> str:
        return await self.call(user, "pin.remove", conversation, seq=seq)

    async def forward(self, user, conversation, seqs, places, users=()) -> str:
        from tests.chat.client import connected

        async with connected(user) as client:
            fields = {"seqs": seqs, **_places(places, users)}
            answer = await client.ask(
                "message.forward", conversation=str(conversation.pk), **fields
            )
        return _first_code(answer["results"]) if answer["type"] == "ack" else answer["code"]


class Form:
    """`/chat/<id>/message/<seq>/` and its neighbours, as browsers without JavaScript send them."""

    async def send(self, user, conversation, **said: Any) -> str:
        thread = said.pop("thread", None)
        path = f"thread/{thread}/" if thread else ""
        return await self.post(user, conversation, path, said)

    async def edit(self, user, conversation, seq, body) -> str:
        return await self.act(user, conversation, seq, act="edit", body=body)

    async def unsend(self, user, conversation, seq) -> str:
        return await self.act(user, conversation, seq, act="unsend")

    async def react(self, user, conversation, seq, emoji) -> str:
        return await self.act(user, conversation, seq, act="react", emoji=emoji)

    async def pin(self, user, conversation, seq) -> str:
        return await self.act(user, conversation, seq, act="pin")

    async def unpin(self, user, conversation, seq) -> str:
        return await self.act(user, conversation, seq, act="unpin")

    async def forward(self, user, conversation, seqs, places, users=()) -> str:
        path = "forward/?" + "&".join(f"seq={seq}" for seq in seqs)
        chosen = {"conversations": [place.pk for place in places]}
        fields = chosen | {"people": [person.username for person in users]}
        return await self.post(user, conversation, path, fields)

    async def act(self, user, conversation, seq, **fields: Any) -> str:
        return await self.post(user, conversation, f"message/{seq}/", fields)

    async def post(self, user, conversation, path, fields) -> str:
        return await in_thread(self._post, user, conversation, path, fields)

    def _post(self, user, conversation, path, fields) -> str:
        browser = Client()
        browser.force_login(user)
        answer = browser.post(f"/chat/{conversation.pk}/{path}", fields, follow=True)
        if answer.status_code == 404:
            return "not_found"
        page = unescape(answer.content.decode())
        found = next((code for code, sentence in _sentences() if sentence in page), OK)
        assert answer.status_code in {200, 403, 422}, answer.status_code
        return found


def _sentences() -> list[tuple[str, str]]:
    rules = [policy.forward(hops=0, targets=6), policy.forward(hops=5, targets=2)]
    of_rules = [(rule.code, str(rule.sentence)) for rule in rules if rule]
    # The page of a sixth place says it in the form's words; some sentences are help, not refusals.
    quiet = {"message.unsent", "not_found"}
    known = [(code, str(words)) for code, words in SENTENCES.items() if code not in quiet]
    return [*of_rules, *known]


def _places(conversations, users) -> dict[str, Any]:
    return {
        "conversations": [str(place.pk) for place in conversations],
        "users": [person.username for person in users],
        "client_id": str(uuid4()),
    }


def _first_code(results: list[dict[str, Any]]) -> str:
    return next((result["code"] for result in results if not result["sent"]), OK)


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def door(request, api):
    return {"rest": lambda: Rest(api), "socket": Socket, "form": Form}[request.param]()


@pytest_asyncio.fixture(params=["rest", "socket"])
async def exact_door(request, api):
    """Those that name what a page without a script cannot say."""
    return {"rest": lambda: Rest(api), "socket": Socket}[request.param]()


@pytest.fixture
def crew(ana, ben):
    """Ana's group with Ben, who is a plain member, and Mei."""
    mei = make_user("mei")
    befriend(ana, mei)
    return make_group(ana, ben, mei)


async def said(author, conversation, body="hello", **options) -> int:
    return (await in_thread(say, author, conversation, body, **options)).seq


def age(conversation: Conversation, seq: int, **ago: float) -> None:
    moment = timezone.now() - timedelta(**ago)
    Message.objects.filter(conversation=conversation, seq=seq).update(created_at=moment)


# --- Editing, unsending, reacting -----------------------------------------------------------------


@rule("R18", "page", "api", "socket")
async def test_edit_is_for_its_author_and_for_a_quarter_of_an_hour(door, ana, ben, crew):
    seq = await said(ana, crew)

    assert await door.edit(ben, crew, seq, "not mine") == "message.not_yours"
    assert await door.edit(ana, crew, seq, "mine") == OK
    await in_thread(age, crew, seq, minutes=16)
    assert await door.edit(ana, crew, seq, "too late") == "edit.too_late"


async def test_what_was_forwarded_is_nobody_s_to_edit(door, ana, ben, crew, group):
    seq = await said(ben, crew, "as he said it")
    await in_thread(
        actions.forward, ana, crew, seqs=[seq], conversations=[group.pk], client_id=uuid4()
    )
    copy = await in_thread(lambda: group.messages.get(hops=1).seq)

    assert await door.edit(ana, group, copy, "as she wants it") == "message.not_yours"


@rule("R18", "page", "api", "socket")
async def test_unsend_is_for_its_author(door, ana, ben, crew):
    seq = await said(ana, crew)

    assert await door.unsend(ben, crew, seq) == "message.not_yours"
    assert await door.unsend(ana, crew, seq) == OK


async def test_one_emoji_reacts(door, ben, ana, crew):
    seq = await said(ana, crew)

    assert await door.react(ben, crew, seq, "🔥") == OK
    assert await door.react(ben, crew, seq, "fire") == "emoji.unknown"


@rule("R26", "page", "api", "socket")
async def test_reactions_obey_silence_and_freeze(door, ana, ben, crew):
    """As words do (R26); what was given before can be taken back."""
    seq = await said(ana, crew)
    await in_thread(actions.silence, ana, crew, ben, seconds=3600)
    assert await door.react(ben, crew, seq, "🔥") == "member.silenced"

    await in_thread(actions.silence, ana, crew, ben, seconds=0)
    assert await door.react(ben, crew, seq, "🔥") == OK
    await in_thread(actions.freeze, ana, crew, frozen=True)
    assert await door.react(ben, crew, seq, "👍") == "group.frozen"
    await in_thread(actions.remove_reaction, ben, crew, seq=seq, emoji="🔥")
    await in_thread(actions.add_reaction, ana, crew, seq=seq, emoji="👍")

    given = Reaction.objects.filter(message__conversation=crew).values_list(
        "user__username", "emoji"
    )
    assert await in_thread(list, given) == [("ana", "👍")]


# --- Threads --------------------------------------------------------------------------------------


async def test_member_answers_in_a_thread(door, ana, ben, crew):
    root = await said(ana, crew)

    assert await door.send(ben, crew, **words("under it", thread=root)) == OK
    answer = await in_thread(lambda: crew.messages.get(body="under it"))
    assert answer.thread == root


async def test_thread_hangs_under_a_message_that_is_there(exact_door, ana, ben, crew):
    root = await said(ana, crew)
    inside = await said(ben, crew, thread=root)

    assert await exact_door.send(ben, crew, **words(thread=99)) == "thread.unknown"
    assert await exact_door.send(ben, crew, **words(thread=inside)) == "thread.unknown"
    assert await exact_door.send(ben, crew, **words(thread=1)) == "thread.unknown"  # a system line


async def test_thread_under_what_was_unsent_is_closed(exact_door, ana, ben, crew):
    root = await said(ana, crew)
    await in_thread(actions.unsend_message, ana, crew, seq=root)

    assert await exact_door.send(ben, crew, **words(thread=root)) == "message.unsent"


async def test_threads_are_for_groups(door, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    seq = await said(ana, direct)

    assert await door.send(ben, direct, **words("in a thread", thread=seq)) == "group.only"


# --- Mentions -------------------------------------------------------------------------------------


async def test_everybody_is_mentioned_by_right(exact_door, ana, ben, crew):
    assert await exact_door.send(ben, crew, **words("@all", mentions=["all"])) == "role.missing"
    assert await exact_door.send(ana, crew, **words("@all", mentions=["all"])) == OK
    marked = await in_thread(
        lambda: set(
            crew.memberships.filter(mention_seq__gt=0).values_list("user__username", flat=True)
        )
    )
    assert marked == {"ana", "ben", "mei"}


async def test_name_in_words_without_a_script_mentions(ana, ben, crew):
    assert await Form().send(ana, crew, **words("look, @Ben. And @nobody")) == OK

    message = await in_thread(lambda: crew.messages.latest("seq"))
    assert message.mentions == [str(ben.pk)]


# --- Pins -----------------------------------------------------------------------------------------


async def test_pinning_takes_the_right(door, ana, ben, crew):
    seq = await said(ben, crew)

    assert await door.pin(ben, crew, seq) == "role.missing"
    assert await door.pin(ana, crew, seq) == OK
    assert await door.unpin(ben, crew, seq) == "role.missing"
    assert await door.unpin(ana, crew, seq) == OK


async def test_fifty_messages_are_pinned_at_most(door, ana, crew):
    seq = await said(ana, crew)
    full = list(range(1000, 1050))
    await in_thread(lambda: Conversation.objects.filter(pk=crew.pk).update(pins=full))

    assert await door.pin(ana, crew, seq) == "pin.too_many"


async def test_what_was_unsent_is_not_pinned(exact_door, ana, crew):
    seq = await said(ana, crew)
    await in_thread(actions.unsend_message, ana, crew, seq=seq)

    assert await exact_door.pin(ana, crew, seq) == "message.unsent"


# --- Forwards -------------------------------------------------------------------------------------


async def test_messages_go_to_five_places_at_a_time(door, ana, ben, crew):
    seq = await said(ben, crew, "pass it on")
    places = [await in_thread(make_group, ana, ben, title=f"Place {n}") for n in range(6)]

    assert await door.forward(ana, crew, [seq], places[:5]) == OK
    assert [await in_thread(_last_words, place) for place in places] == ["pass it on"] * 5 + [""]


def _last_words(conversation: Conversation) -> str:
    return conversation.messages.latest("seq").body


@rule("R17", "api", "socket")
async def test_six_places_are_too_many(exact_door, ana, ben, crew):
    seq = await said(ben, crew)
    places = [await in_thread(make_group, ana, ben, title=f"Place {n}") for n in range(6)]

    assert await exact_door.forward(ana, crew, [seq], places) == "policy.R17"


@rule("R17", "page", "api", "socket")
async def test_what_was_forwarded_often_goes_to_one_place(door, ana, ben, crew, group):
    seq = await said(ben, crew, "chain letter")
    await in_thread(lambda: crew.messages.filter(seq=seq).update(hops=5))
    other = await in_thread(make_group, ana, ben, title="Elsewhere")

    assert await door.forward(ana, crew, [seq], [group, other]) == "policy.R17"
    assert await door.forward(ana, crew, [seq], [group]) == OK


async def test_what_disappears_is_not_forwarded(door, ana, ben, crew, group):
    seq = await said(ben, crew, "for now")
    later = timezone.now() + timedelta(hours=1)
    await in_thread(lambda: crew.messages.filter(seq=seq).update(expires_at=later))

    assert await door.forward(ana, crew, [seq], [group]) == "forward.disappearing"


async def test_forward_obeys_the_place_it_goes_to(exact_door, ana, ben, zoe, crew, group):
    seq = await said(ben, crew, "see https://elsewhere.example")
    await in_thread(people.block, ben, ana)
    direct = await in_thread(lambda: make_direct(ana, ben))
    hers = await in_thread(make_group, zoe)

    assert await exact_door.forward(ana, crew, [seq], [direct]) == "policy.unreachable"
    assert await exact_door.forward(ana, crew, [seq], [hers]) == "not_found"
    # R13: nothing with a link reaches somebody who was never written to.
    assert await exact_door.forward(ana, crew, [seq], [], [zoe]) == "policy.R13"
    assert await exact_door.forward(ana, crew, [seq], [], []) == "share.nobody"
    assert await exact_door.forward(ana, crew, [], [group]) == "forward.nothing"
    assert await exact_door.forward(ana, crew, list(range(1, 40)), [group]) == "forward.too_many"


def make_direct(one, other) -> Conversation:
    """One that was there before the block."""
    from accounts.models import Block

    blocks = list(Block.objects.all())
    Block.objects.all().delete()
    direct = actions.start_direct(one, other)
    for block in blocks:
        people.block(block.blocker, block.blocked)
    return direct


# --- Who may not ----------------------------------------------------------------------------------


async def _outsiders(ana, crew) -> dict[str, Any]:
    def make():
        removed, invited = make_user("removed"), make_user("invited", asks_before_groups=True)
        for person in (removed, invited):
            befriend(ana, person)
            actions.add_member(ana, crew, person)
        actions.remove_member(ana, crew, removed)
        assert crew.memberships.get(user=invited).state == Membership.State.INVITED
        return {"removed": removed, "invited": invited}

    return await in_thread(make)


VERBS = [
    lambda door, who, crew, seq: door.edit(who, crew, seq, "x"),
    lambda door, who, crew, seq: door.unsend(who, crew, seq),
    lambda door, who, crew, seq: door.react(who, crew, seq, "🔥"),
    lambda door, who, crew, seq: door.pin(who, crew, seq),
    lambda door, who, crew, seq: door.unpin(who, crew, seq),
    lambda door, who, crew, seq: door.forward(who, crew, [seq], [crew]),
]


@pytest.mark.parametrize("verb", VERBS, ids=["edit", "unsend", "react", "pin", "unpin", "forward"])
async def test_outsiders_do_not_know_that_it_exists(door, verb, ana, zoe, crew):
    seq = await said(ana, crew)
    outsiders = await _outsiders(ana, crew)

    for who in (zoe, outsiders["removed"], outsiders["invited"]):
        assert await verb(door, who, crew, seq) == "not_found", who


@pytest.mark.parametrize("verb", VERBS, ids=["edit", "unsend", "react", "pin", "unpin", "forward"])
async def test_children_have_no_messages(exact_door, verb, ana, kid, crew):
    seq = await said(ana, crew)

    assert await verb(exact_door, kid, crew, seq) == "policy.R2"


READS = [
    "messages/",
    "messages/?around=2",
    "messages/?thread=2",
    "messages/2/reactions/",
    "messages/2/edits/",
    "pins/",
    "mentions/",
]
PAGES = [
    "history/",
    "history/?around=2",
    "pins/",
    "thread/2/",
    "message/2/",
    "message/2/reactions/",
    "message/2/edits/",
    "forward/?seq=2",
]


async def test_outsiders_read_nothing(api, ana, zoe, kid, crew):
    await said(ana, crew)
    outsiders = await _outsiders(ana, crew)

    for who in (zoe, kid, *outsiders.values()):
        for path in READS:
            answer = await in_thread(api(who).get, f"/api/v1/conversations/{crew.pk}/{path}")
            shown = (
                answer.json().get("results") if isinstance(answer.json(), dict) else answer.json()
            )
            assert answer.status_code in {403, 404} or not shown, (who, path)
        for path in PAGES:
            browser = Client()
            await in_thread(browser.force_login, who)
            page = await in_thread(browser.get, f"/chat/{crew.pk}/{path}")
            assert page.status_code in {403, 404}, (who, path)


async def test_only_the_author_sees_what_a_message_said_before(api, ana, ben, crew):
    seq = await said(ana, crew, "frist")
    await in_thread(actions.edit_message, ana, crew, seq=seq, body="first")
    url = f"/api/v1/conversations/{crew.pk}/messages/{seq}/edits/"

    mine, his = await in_thread(api(ana).get, url), await in_thread(api(ben).get, url)

    assert [edit["body"] for edit in mine.json()] == ["frist"]
    assert (his.status_code, his.json()["code"]) == (403, "message.not_yours")
