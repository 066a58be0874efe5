"""Messages, replies and conversations that moderators took down, and who may not write (R43)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from accounts.models import Decision, User
from accounts.moderation import cases, deciding
from chat import actions
from chat.changes import changes_after
from chat.models import Conversation, Message
from tests.accounts.staff import make_staff
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor
from tests.chat.factories import make_group, say
from tests.factories import befriend
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

SAID: dict[str, Any] = {"reason": "harassment", "rule": "people", "words": "You threatened Ben."}


@pytest.fixture
def moderator(db):
    return make_staff("mia", "moderator")


@pytest.fixture
def talk(ana, ben) -> Conversation:
    return actions.start_direct(ana, ben)


def decide(moderator, kind, key, *acts, **options) -> Decision:
    case = cases.flag(kind, key, origin="spam", reason="harassment", severity=5, facts={})
    return deciding.decide(moderator, case, acts=[(name, options) for name in acts], **SAID)


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


# --- Messages -------------------------------------------------------------------------------------


@rule("R43", "page", "api")
def test_a_removed_message_leaves_a_trace(moderator, ana, ben, talk, browser, api):
    said = say(ana, talk, "Terrible words")

    decide(moderator, "message", said.id, "remove")

    page = browser(ben).get(talk.get_absolute_url()).content.decode()
    assert "Terrible words" not in page
    assert "Removed by Medley" in page
    shown = api(ben).get(f"/api/v1/conversations/{talk.pk}/messages/").json()["results"][-1]
    assert (shown["body"], shown["taken_down"]) == ("", True)
    assert "Terrible" not in browser(ben).get(reverse("chat:inbox")).content.decode()


@rule("R43", "socket")
def test_whoever_was_away_loses_it_too(moderator, ana, ben, talk):
    said = say(ana, talk, "Terrible words")
    cursor = Conversation.objects.get(pk=talk.pk).revision

    decide(moderator, "message", said.id, "remove")

    [event] = changes_after(talk.pk, cursor).events
    assert (event["type"], event["body"], event["taken_down"]) == ("message.unsent", "", True)


def test_undoing_brings_the_words_back(moderator, ana, ben, talk):
    said = say(ana, talk, "Harmless words")
    actions.add_reaction(ben, talk, seq=said.seq, emoji="👍")
    made = decide(moderator, "message", said.id, "remove")
    cursor = Conversation.objects.get(pk=talk.pk).revision

    deciding.undo(moderator, made, "They were harmless.")

    message = Message.objects.get(pk=said.id)
    assert (message.body, message.is_unsent, message.is_taken_down) == (
        "Harmless words",
        False,
        False,
    )
    [event] = changes_after(talk.pk, cursor).events
    assert event["body"] == "Harmless words"
    assert [each["emoji"] for each in event["reactions"]] == ["👍"]


def test_what_its_author_took_back_stays_taken_back(moderator, ana, talk):
    said = say(ana, talk, "Terrible words")
    made = decide(moderator, "message", said.id, "remove")

    deciding.undo(moderator, made, "No.")
    actions.unsend_message(ana, talk, seq=said.seq)
    again = decide(moderator, "message", said.id, "remove")
    deciding.undo(moderator, again, "No.")

    assert Message.objects.get(pk=said.id).is_unsent


def test_it_is_found_by_no_search(moderator, ana, ben, talk):
    said = say(ana, talk, "terrible")

    decide(moderator, "message", said.id, "remove")

    assert not Message.objects.visible_to(ben).filter(body__icontains="terrible").exists()
    # Nothing can be done with it any more: it counts as unsent.
    with pytest.raises(Exception, match="unsent"):
        actions.add_reaction(ben, talk, seq=said.seq, emoji="👍")


# --- Conversations --------------------------------------------------------------------------------


@pytest.fixture(params=["rest", "socket", "form"])
def door(request, api):
    made = {"rest": lambda: RestDoor(api), "socket": SocketDoor, "form": FormDoor}
    return made[request.param]()


@rule("R43", "page", "api", "socket")
async def test_nobody_writes_in_a_closed_group(door, moderator, ana, ben, request):
    from accounts.pool import in_thread

    group = await in_thread(make_group, ana, ben)
    made = await in_thread(decide, moderator, "conversation", group.pk, "close_conversation")

    for person in (ana, ben):
        assert await door.send(person, group, body="hi", client_id=str(uuid4())) == (
            "conversation.closed"
        )
    await in_thread(deciding.undo, moderator, made, "No.")
    assert await door.send(ana, group, body="hi", client_id=str(uuid4())) == OK


def test_nobody_comes_into_a_closed_group(moderator, ana, ben, zoe):
    group = make_group(ana, ben)
    befriend(ana, zoe)
    decide(moderator, "conversation", group.pk, "close_conversation")

    with pytest.raises(Refused) as refusal:
        actions.add_member(ana, group, zoe)
    assert refusal.value.code == "conversation.closed"


def test_the_group_of_a_message_is_closed_with_it(moderator, ana, ben):
    group = make_group(ana, ben)
    said = say(ana, group, "Terrible words")

    made = decide(moderator, "message", said.id, "remove", "close_conversation")

    group.refresh_from_db()
    assert group.is_closed
    deciding.undo(moderator, made, "No.")
    group.refresh_from_db()
    assert not group.is_closed


# --- Who may not write ----------------------------------------------------------------------------


@rule("R43", "page", "api", "socket")
async def test_who_is_limited_writes_nowhere(door, moderator, ana, ben, zoe):
    from accounts.pool import in_thread

    group = await in_thread(make_group, ana, ben)
    limit = {"days": 3, "features": ["message"]}
    made = await in_thread(lambda: decide(moderator, "user", ana.pk, "limit", **limit))
    ana, said = await in_thread(fresh, ana), {"body": "hi", "client_id": str(uuid4())}

    assert await door.send(ana, group, **said) == "policy.R43"
    await in_thread(deciding.undo, moderator, made, "No.")
    ana = await in_thread(fresh, ana)
    assert await door.send(ana, group, **said) == OK


def test_who_is_limited_reads_on_and_starts_nothing(moderator, ana, ben, talk, zoe, browser):
    say(ben, talk, "Are you there?")
    decide(moderator, "user", ana.pk, "limit", days=3, features=["message"])
    ana = fresh(ana)

    page = browser(ana).get(talk.get_absolute_url()).content.decode()
    assert "Are you there?" in page
    assert "You cannot write messages for now." in page
    later = timezone.now() + timedelta(hours=1)
    for verb in (
        lambda: actions.start_direct(ana, zoe),
        lambda: make_group(ana, ben),
        lambda: actions.schedule_message(ana, talk, body="later", send_at=later, client_id=uuid4()),
    ):
        with pytest.raises(Exception, match="cannot write"):
            verb()


def test_a_group_joined_meanwhile_is_no_way_round(moderator, ana, ben):
    decide(moderator, "user", ana.pk, "limit", days=3, features=["message"])

    group = make_group(ben, fresh(ana))

    assert group.memberships.get(user=ana).send_refusal == "policy.R43"
