"""A day's end on the socket (R9), what arrives over it, and with whom somebody talked (R30)."""

import datetime

import pytest
from django.utils import timezone

from accounts import families
from accounts.models import User
from accounts.pool import in_thread
from chat import actions, contacts
from tests.accounts.test_families import linked
from tests.accounts.test_screen_time import fresh, used
from tests.chat.client import connected
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


@pytest.fixture
def talk(ana, teo):
    befriend(ana, teo)
    conversation = actions.start_direct(ana, teo)
    say(ana, conversation, "hi")
    return conversation


@rule("R9", "socket")
async def test_what_is_said_after_the_days_end_is_refused_and_what_is_heard_arrives(ana, teo, talk):
    person = await in_thread(used, teo, 60)
    async with connected(person) as client:
        about = {"conversation": str(talk.pk), "seq": 1}
        answers = [
            await client.send(talk, "hello"),
            await client.ask("reaction.add", emoji="👍", **about),
            await client.ask("read", **about),
        ]
        assert [(each["type"], each["code"]) for each in answers] == [("refused", "policy.R9")] * 3
        await in_thread(say, ana, talk, "good night")
        heard = await client.hear_event("message.created")

    assert heard["body"] == "good night"


@rule("R30", "socket")
async def test_who_may_write_is_narrowed_at_once_and_back_when_the_link_ends(ana, ben, teo, talk):
    link = await in_thread(lambda: linked(ben, teo, messages_from="no_one"))
    async with connected(ana) as client:
        narrowed = await client.send(talk, "hello?")
        await in_thread(families.end_link, teo, link)
        after = await client.send(talk, "hello!")

    assert (narrowed["type"], narrowed["code"]) == ("refused", "policy.unreachable")
    assert after["type"] == "ack"


async def test_a_yes_is_heard_and_lets_the_socket_go_on(ana, teo, talk):
    await in_thread(linked, ana, teo)
    person = await in_thread(used, teo, 60)
    asked = await in_thread(families.ask_for_more, person)
    async with connected(await in_thread(fresh, teo)) as client:
        await in_thread(lambda: families.answer_request(ana, asked.pk, grants=True))
        told = await client.hear_type("screen_time")
        answer = await client.send(talk, "thank you")

    assert (told["left"], told["is_over"]) == (15, False)
    assert answer["type"] == "ack"


async def test_speaking_on_the_socket_counts_the_minute(teo, ana, talk):
    async with connected(teo) as client:
        await client.send(talk, "one")
        await client.send(talk, "two")

    day = (await in_thread(fresh, teo)).allowance()
    assert 1 <= day.used <= 2  # a minute may turn between the two


def test_contacts_are_people_who_spoke_and_no_requests(ana, ben, zoe, teo):
    befriend(ana, teo)
    befriend(ben, teo)
    befriend(ben, zoe)
    direct = actions.start_direct(ana, teo)
    group = make_group(ben, teo, zoe)
    since = timezone.now() - datetime.timedelta(days=7)
    assert contacts.of(teo, since) == set()

    say(ana, direct)
    say(zoe, group)
    assert contacts.of(teo, since) == {ana.pk}  # not who spoke where teo was silent
    say(teo, group)

    assert contacts.of(teo, since) == {ana.pk, zoe.pk}
    assert contacts.of(teo, timezone.now() + datetime.timedelta(hours=1)) == set()


def test_requests_of_strangers_are_no_contacts(teo):
    User.objects.filter(pk=teo.pk).update(messages_from="everyone")
    stranger = make_user(age=17)
    say(stranger, actions.start_direct(stranger, fresh(teo)))

    assert contacts.of(teo, timezone.now() - datetime.timedelta(days=7)) == set()
