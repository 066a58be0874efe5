"""Rules about people in conversations that are there already, through every door."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio
import time_machine
from django.urls import reverse

from accounts import actions as people
from accounts import ports
from accounts.models import User
from accounts.pool import in_thread
from chat import actions
from chat.models import Membership
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor, words
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

BEFORE, AFTER = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC)


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def door(request, api):
    doors = {"rest": lambda: RestDoor(api), "socket": SocketDoor, "form": FormDoor}
    return doors[request.param]()


def set_messages_from(user: User, setting: str) -> None:
    User.objects.filter(pk=user.pk).update(messages_from=setting)
    ports.relation_changed(user.pk)


@rule("R11", "page", "api", "socket")
async def test_after_no_one_nothing_arrives_and_what_there_was_is_read(door, api, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    assert await door.send(ana, direct, **words("before")) == OK

    await in_thread(set_messages_from, ben, "no_one")

    assert await door.send(ana, direct, **words("after")) == "policy.unreachable"
    url = f"/api/v1/conversations/{direct.pk}/messages/"
    read = (await in_thread(api(ben).get, url)).json()["results"]
    assert [message["body"] for message in read] == ["before"]


def nearly_grown() -> User:
    """Somebody who turns 18 between `BEFORE` and `AFTER`."""
    person = make_user("eli")
    User.objects.filter(pk=person.pk).update(birth_date=datetime(2008, 6, 2).date())
    return User.objects.get(pk=person.pk)


@rule("R14", "page", "api", "socket")
@rule("R10", "page", "api", "socket")
async def test_who_turns_18_presses_no_further_on_a_minor(door, teo):
    """A request between two under 18 waits; then one of them is an adult."""

    def asked():
        User.objects.filter(pk=teo.pk).update(messages_from="everyone")
        return actions.start_direct(nearly_grown(), User.objects.get(pk=teo.pk))

    with time_machine.travel(BEFORE):
        direct = await in_thread(asked)
    with time_machine.travel(AFTER):
        await in_thread(people.keep_birthdays)
        eli = await in_thread(User.objects.get, username="eli")
        assert await door.send(eli, direct, **words()) == "policy.unreachable"


@rule("R24", "page", "api")
@pytest.mark.parametrize("form", [False, True])
def test_an_owner_who_leaves_is_followed_by_an_admin(api, browser, ana, ben, form):
    mei = make_user("mei")
    befriend(ana, mei)
    group = make_group(ana, ben, mei)
    actions.give_role(ana, group, mei, role="admin")

    if form:
        browser(ana).post(reverse("chat:leave", args=[group.pk]))
    else:
        api(ana).post(f"/api/v1/conversations/{group.pk}/leave/")

    roles = Membership.objects.active().filter(conversation=group)
    assert dict(roles.values_list("user__username", "role")) == {"ben": "member", "mei": "owner"}


@rule("R25", "page", "api")
@pytest.mark.parametrize("shows", [False, True])
def test_who_comes_later_reads_earlier_words_where_the_group_says_so(
    api, browser, ana, ben, zoe, shows
):
    befriend(ana, zoe)
    group = make_group(ana, ben)
    actions.set_joining(ana, group, shows_history=shows)
    say(ben, group, "the early words")
    actions.add_member(ana, group, zoe)

    page = browser(zoe).get(group.get_absolute_url()).content.decode()
    read = api(zoe).get(f"/api/v1/conversations/{group.pk}/messages/").json()["results"]

    assert ("the early words" in page) is shows
    assert ("the early words" in [message["body"] for message in read]) is shows
