"""One's own profile with the eyes of others: the same page that they get, and nothing of theirs."""

import re

import pytest
from django.test import Client

from accounts import viewing_as
from accounts.models import Follow, User
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video

pytestmark = pytest.mark.django_db


def body(page: str) -> str:
    """The profile itself, without what differs from one request to the next."""
    part = re.search(r'<div class="profile">.*?</main>', page, re.DOTALL)
    assert part is not None
    plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", part.group())
    return re.sub(r"\s+", " ", plain).replace(" inert>", " >").removesuffix("</main>").strip()


def seen_as(owner: User, who: str, query: str = "") -> str:
    client = Client()
    client.force_login(owner)
    answer = client.get(f"/settings/privacy/as/{who}/{query}")
    assert answer.status_code == 200
    return body(answer.content.decode())


def seen_by(viewer: User | None, owner: User, query: str = "") -> str:
    client = Client()
    if viewer is not None:
        client.force_login(viewer)
    return body(client.get(f"/@{owner.username}/{query}").content.decode())


@pytest.fixture
def ana(ana):
    """With a video for each audience."""
    for audience in ("public", "followers", "friends", "chosen", "private"):
        make_video(ana, caption=f"for {audience}", audience=audience)
    return ana


def captions(page: str) -> set[str]:
    return set(re.findall(r"for (public|followers|friends|chosen|private)", page))


@pytest.mark.parametrize("is_private", [False, True])
@pytest.mark.parametrize("messages_from", ["everyone", "following", "friends", "no_one"])
@pytest.mark.parametrize("who", ["stranger", "member", "teen", "follower", "friend"])
def test_it_is_what_such_a_viewer_gets(ana, who, is_private, messages_from):
    User.objects.filter(pk=ana.pk).update(is_private=is_private, messages_from=messages_from)
    ages = {"teen": 16}
    real = None if who == "stranger" else make_user("real", age=ages.get(who, 30))
    if real and who == "follower":
        follow(real, ana)
    if real and who == "friend":
        befriend(real, ana)

    theirs = seen_by(real, ana)
    if real is not None:
        Follow.objects.all().delete()  # the stand-in is one more, not one besides

    assert normal(seen_as(ana, who)) == normal(theirs)


def normal(page: str) -> str:
    """Counts of followers are of the moment; the way back after signing in is another page."""
    page = re.sub(r"<b>\d+</b>", "<b>n</b>", page)
    page = re.sub(r"follow(er|ers|ing)\b", "follow", page)
    return re.sub(r"next=[^\"]*", "next=", page)


def test_a_named_person_is_seen_with_what_ties_them(ana, ben):
    video = ana.videos.get(caption="for chosen")
    video.chosen.add(ben)

    assert captions(seen_as(ana, "@ben")) == {"public", "followers", "friends", "chosen"}
    assert captions(seen_as(ana, "friend")) == {"public", "followers", "friends"}
    assert normal(seen_as(ana, "@ben")) == normal(seen_by(ben, ana))


def test_an_app_looks_as_well_and_a_teen_cannot_be_written_to(api, ana, ben, zoe):
    def can_message(who: str) -> bool:
        return api(ana).get(f"/api/v1/me/as/{who}/").json()["can_message"]

    User.objects.filter(pk=ana.pk).update(messages_from="everyone", is_private=True)

    assert [can_message(who) for who in ("stranger", "member", "friend", "@ben")] == [
        *(False, True, True, True)
    ]
    seen = api(ana).get("/api/v1/me/as/member/").json()
    assert (seen["can_see_posts"], seen["username"]) == (False, "ana")
    assert api(ana).get("/api/v1/me/as/@zoe/").status_code == 404
    teen = make_user("una", age=16, messages_from="everyone")
    assert api(teen).get("/api/v1/me/as/member/").json()["can_message"] is False  # R14
    assert api(teen).get("/api/v1/me/as/teen/").json()["can_message"] is True
    assert not User.objects.filter(username__startswith="viewer.").exists()


@pytest.mark.parametrize("tab", ["?tab=reposts", "?tab=collections", "?tab=liked"])
def test_the_other_tabs_are_theirs_too(ana, ben, tab):
    assert normal(seen_as(ana, "@ben", tab)) == normal(seen_by(ben, ana, tab))


def test_it_tells_nothing_of_a_named_person(ana):
    young = make_user("xyz14", age=14, is_private=True)
    befriend(ana, young)
    old = make_user("xyz40", age=40)
    befriend(ana, old)

    assert seen_as(ana, "@xyz14") == seen_as(ana, "@xyz40")


@pytest.mark.parametrize("who", ["@zoe", "@nobody", "@ana", "martian"])
def test_only_people_with_a_tie_are_named(browser, ana, zoe, who):
    assert browser(ana).get(f"/settings/privacy/as/{who}/").status_code == 404


def test_who_blocks_or_is_gone_is_not_offered(browser, ana, ben):
    block(ben, ana)
    assert browser(ana).get("/settings/privacy/as/@ben/").status_code == 404


def test_nothing_of_it_stays(browser, ana, ben):
    before = (User.objects.count(), Follow.objects.count())

    for who in ("member", "friend", "@ben"):
        browser(ana).get(f"/settings/privacy/as/{who}/")

    assert (User.objects.count(), Follow.objects.count()) == before


def test_nothing_of_it_stays_when_the_page_fails(ana):
    before = User.objects.count()

    with pytest.raises(RuntimeError), viewing_as.viewer(ana, "friend"):
        raise RuntimeError

    assert User.objects.count() == before


def test_its_buttons_press_nothing_and_there_is_a_way_out(browser, ana, ben):
    shown = browser(ana).get("/settings/privacy/as/friend/").content.decode()

    assert '<div class="profile__acts" inert>' in shown
    assert 'href="/@ana/">Leave</a>' in shown
    assert "(@ben)" in shown


def test_a_name_that_is_chosen_leads_to_its_page(browser, ana, ben):
    answer = browser(ana).get("/settings/privacy/as/?who=@ben")

    assert answer["Location"] == "/settings/privacy/as/@ben/"


def test_somebody_of_14_can_look_too(kid):
    assert "This account is private" in seen_as(kid, "stranger")


def test_a_stranger_has_nothing_to_look_at(client):
    assert client.get("/settings/privacy/as/friend/")["Location"].startswith("/accounts/login/")


def test_it_asks_a_fixed_number_of_queries(browser, ana, ben, django_assert_max_num_queries):
    client = browser(ana)

    with django_assert_max_num_queries(26):
        client.get("/settings/privacy/as/@ben/")
