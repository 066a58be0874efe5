"""A group's own list: what it refuses, what it holds for moderators, and who decides (R26)."""

from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from accounts.errors import Refused
from chat import actions
from chat.models import Conversation, HeldMessage, Membership, Message, WordFilter
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor, words
from tests.chat.factories import make_group, say

pytestmark = pytest.mark.django_db(transaction=True)


def listed(ana, group, *listed: str, action: str = "refuse") -> Conversation:
    actions.set_words(ana, group, words=listed or ["spam"], action=action)
    group.refresh_from_db()
    return group


def bodies(group) -> list[str]:
    said = Message.objects.filter(conversation=group, notice__isnull=True).order_by("seq")
    return list(said.values_list("body", flat=True))


def code_of(verb, *args, **options) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **options)
    return refused.value.code


# --- What is said ---------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("door", [RestDoor, SocketDoor, FormDoor])
async def test_every_door_refuses_a_word_of_the_list(ana, ben, api, live_hub, door):
    from accounts.pool import in_thread

    group = await in_thread(make_group, ana, ben)
    await in_thread(listed, ana, group)
    opened = door(api) if door is RestDoor else door()

    assert await opened.send(ben, group, **words("buy SPAM")) == "words.filtered"
    assert await opened.send(ben, group, **words("hello")) == OK
    assert await opened.send(ana, group, **words("I say spam")) == OK

    assert await in_thread(bodies, group) == ["hello", "I say spam"]


def test_an_edit_and_a_poll_bring_no_word_in(ana, ben, group):
    listed(ana, group)
    said = say(ben, group, "hello")

    assert code_of(actions.edit_message, ben, group, seq=said.seq, body="spam") == "words.filtered"
    poll = {"question": "Spam?", "options": ["yes", "no"]}
    assert code_of(say, ben, group, "", poll=poll) == "words.filtered"


def test_list_that_is_emptied_refuses_nothing(ana, ben, group):
    listed(ana, group)
    actions.set_words(ana, group, words=[])

    say(ben, group, "spam")

    assert Conversation.objects.get(pk=group.pk).words_version == 0


def test_changed_list_holds_at_once(ana, ben, group):
    listed(ana, group, "spam")
    assert code_of(say, ben, group, "spam") == "words.filtered"
    listed(ana, group, "eggs")

    say(ben, group, "spam")

    assert code_of(say, ben, group, "eggs") == "words.filtered"


# --- What waits -----------------------------------------------------------------------------------


def held(ana, ben, group, body: str = "good spam") -> HeldMessage:
    listed(ana, group, action="hold")
    assert code_of(say, ben, group, body) == "words.held"
    return HeldMessage.objects.get()


def test_held_message_has_no_place_until_a_moderator_lets_it_be_said(ana, ben, group):
    waiting = held(ana, ben, group)
    assert bodies(group) == []

    said = actions.answer_held(ana, group, waiting.pk, approve=True)

    assert said is not None
    message = Message.objects.get(pk=said.id)
    assert (message.author, message.body) == (ben, "good spam")
    assert not HeldMessage.objects.exists()


def test_turned_away_message_goes_and_is_said_to_nobody(ana, ben, group):
    waiting = held(ana, ben, group)

    actions.answer_held(ana, group, waiting.pk, approve=False)

    assert (bodies(group), HeldMessage.objects.count()) == ([], 0)


def test_sent_twice_it_waits_once(ana, ben, group):
    listed(ana, group, action="hold")
    client_id = uuid4()

    for _again in range(2):
        code = code_of(actions.send_message, ben, group, body="spam", client_id=client_id)
        assert code == "words.held"

    assert HeldMessage.objects.count() == 1


def test_whoever_left_meanwhile_says_nothing_more(ana, ben, group):
    waiting = held(ana, ben, group)
    Membership.objects.filter(conversation=group, user=ben).update(state="ended")

    with pytest.raises((Refused, Http404)):
        actions.answer_held(ana, group, waiting.pk, approve=True)

    assert HeldMessage.objects.exists()


def test_nobody_fills_the_list(ana, ben, group, monkeypatch):
    from chat.writing import storing

    monkeypatch.setattr(storing, "MOST_HELD", 1)
    held(ana, ben, group)

    assert code_of(say, ben, group, "more spam") == "words.filtered"


# --- Who decides ----------------------------------------------------------------------------------


def test_owner_and_admins_decide_on_the_list_and_moderators_on_messages(
    ana, ben, zoe, teo, kid, group, api, browser
):
    waiting = held(ana, ben, group)
    url = f"/api/v1/conversations/{group.pk}"
    page = reverse("chat:set_words", args=[group.pk])

    for person, expected in ((ben, 403), (zoe, 404), (teo, 404), (kid, 403)):
        assert api(person).get(f"{url}/words/").status_code == expected
        assert api(person).patch(f"{url}/words/", {"words": []}).status_code == expected
        answer = api(person).post(f"{url}/held/{waiting.pk}/", {"approve": True})
        assert answer.status_code == expected
        assert browser(person).post(page, {"words": ""}).status_code == expected
        held_page = reverse("chat:held", args=[group.pk])
        assert browser(person).get(held_page).status_code == expected
    assert api(ben).get(f"{url}/held/").json() == {"results": []}

    Membership.objects.filter(conversation=group, user=ben).update(role="moderator")
    assert len(api(ben).get(f"{url}/held/").json()["results"]) == 1
    assert api(ben).patch(f"{url}/words/", {"words": []}).status_code == 403
    assert WordFilter.objects.get().words == ["spam"]


def test_api_reads_and_changes_the_list(ana, group, api):
    url = f"/api/v1/conversations/{group.pk}/words/"

    changed = api(ana).patch(url, {"words": ["Spam", "spam", "two words"]}, format="json").json()

    assert changed == {"words": ["spam", "two words"], "action": "refuse"}
    assert api(ana).get(url).json() == changed
    too_long = api(ana).patch(url, {"words": ["x" * 61]}, format="json")
    assert too_long.json()["errors"][0]["code"] == "filter.word_too_long"


def test_page_shows_the_list_and_keeps_what_was_typed(ana, group, browser):
    page = reverse("chat:set_words", args=[group.pk])
    viewer = browser(ana)

    assert viewer.post(page, {"words": "Spam\neggs", "action": "hold"}).status_code == 302
    shown = viewer.get(reverse("chat:manage", args=[group.pk])).content.decode()
    assert "spam\neggs" in shown.replace("&#10;", "\n")

    refused = viewer.post(page, {"words": "x" * 61, "action": "hold"})
    assert refused.status_code == 422
    assert "x" * 61 in refused.content.decode()


def test_held_page_answers(ana, ben, group, browser):
    waiting = held(ana, ben, group)
    viewer = browser(ana)
    assert "good spam" in viewer.get(reverse("chat:held", args=[group.pk])).content.decode()

    answer = viewer.post(reverse("chat:answer_held", args=[group.pk, waiting.pk]))

    assert answer.status_code == 302
    assert bodies(group) == ["good spam"]
