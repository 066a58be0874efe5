"""Mentions: who counts, who is marked, what is shown of them after a name changed."""

import pytest
from django.template import Context, Template

from accounts import actions as people
from accounts.models import User
from chat import actions, mentions, picking
from chat.models import Conversation, Membership
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crew(ana, ben) -> Conversation:
    mei = make_user("mei")
    befriend(ana, mei)
    return make_group(ana, ben, mei)


def part_of(user: User, conversation: Conversation) -> Membership:
    return conversation.memberships.select_related("conversation").get(user=user)


def test_mention_marks_whom_it_calls(ana, ben, crew):
    seq = say(ana, crew, "@ben", mentions=[ben.pk]).seq

    assert part_of(ben, crew).mention_seq == seq
    assert part_of(ben, crew).is_mentioned
    assert not part_of(User.objects.get(username="mei"), crew).is_mentioned


def test_mention_that_was_read_calls_no_more(ana, ben, crew):
    seq = say(ana, crew, "@ben", mentions=[ben.pk]).seq

    say(ben, crew, "yes?")

    assert not part_of(ben, crew).is_mentioned
    assert part_of(ben, crew).mention_seq == seq


def test_nobody_is_mentioned_across_a_block(ana, ben, crew):
    mei = User.objects.get(username="mei")
    befriend(ben, mei)
    people.block(mei, ben)

    plain = say(ben, crew, "@mei @ana", mentions=[mei.pk, ana.pk])
    # With something that takes the other way of storing.
    threaded = say(ben, crew, "@mei @ana", mentions=[mei.pk, ana.pk], thread=plain.seq)

    assert plain.message.mentions == threaded.message.mentions == [str(ana.pk)]
    assert not part_of(mei, crew).is_mentioned


def test_everybody_is_called_but_those_behind_a_block(ana, ben, crew):
    people.block(ben, ana)

    say(ana, crew, "@all", mentions=["all"])

    assert not part_of(ben, crew).is_mentioned
    assert part_of(User.objects.get(username="mei"), crew).is_mentioned


def test_mention_in_an_edit_takes_the_place_of_the_earlier_ones(ana, ben, crew):
    seq = say(ana, crew, "@ben", mentions=[ben.pk]).seq
    mei = User.objects.get(username="mei")

    edited = actions.edit_message(ana, crew, seq=seq, body="@mei", mentions=[mei.pk])

    assert edited.mentions == [str(mei.pk)]


def test_unread_mentions_are_found_in_order_and_cost_nothing_without(
    ana, ben, crew, django_assert_num_queries
):
    first = say(ana, crew, "@ben", mentions=[ben.pk]).seq
    say(ana, crew, "something else")
    second = say(ana, crew, "@all", mentions=["all"]).seq

    with django_assert_num_queries(1):
        part = Membership.objects.get(conversation=crew, user=ben)
    assert mentions.unread(part) == [first, second]
    part.read_seq = second
    with django_assert_num_queries(0):
        assert mentions.unread(part) == []


def render(words: str, cards: list[dict]) -> str:
    template = Template("{% load chat %}{{ words|linkified:cards }}")
    return template.render(Context({"words": words, "cards": cards}))


def test_name_in_words_leads_to_the_profile(ben):
    shown = render("hi @Ben, mail ben@ben.example", [ben.card()])

    assert shown == 'hi <a class="mention" href="/@ben/" title="Ben">@Ben</a>, mail ben@ben.example'


def test_mention_survives_another_username(ben):
    ben.username = "benny"

    assert 'href="/@benny/"' in render("hi @ben", [ben.card()])
    # Of two unknown names nobody can say which it was.
    assert "<a" not in render("hi @ben and @bob", [ben.card()])


def test_name_of_somebody_who_is_not_mentioned_is_only_a_word(ben):
    assert render("hi @zoe", []) == "hi @zoe"
    assert render("<b>@ben</b>", [ben.card()]).startswith("&lt;b&gt;<a")


# --- Whom "@" offers ------------------------------------------------------------------------------


def offered(user: User, conversation: Conversation, words: str = "") -> list[str]:
    found = picking.mentionable(part_of(user, conversation), words)
    return [member.user.username for member, _is_friend in found]


@pytest.fixture
def hall(ana, ben, zoe) -> Conversation:
    """Ana's group, in which Ben has one friend, Ana; the others came by her."""
    others = [make_user(name) for name in ("dan", "eve", "cat")]
    for other in (*others, zoe):
        befriend(ana, other)
    return make_group(ana, ben, zoe, *others)


def test_friends_are_offered_first_then_who_spoke_last_then_the_rest(ana, ben, zoe, hall):
    say(zoe, hall)
    say(User.objects.get(username="dan"), hall)

    assert offered(ben, hall) == ["ana", "dan", "zoe", "cat", "eve"]
    assert offered(ben, hall, "z") == ["zoe"]


def test_nobody_is_offered_across_a_block(ben, zoe, hall):
    people.block(zoe, ben)

    assert "zoe" not in offered(ben, hall)


def test_rest_offers_members_to_those_who_take_part(
    api, ana, ben, kid, hall, django_assert_max_num_queries
):
    url = f"/api/v1/conversations/{hall.pk}/mentionable/"
    with django_assert_max_num_queries(6):
        results = api(ben).get(url, {"search": "an"}).json()["results"]

    assert [(each["username"], each["is_friend"]) for each in results] == [
        ("ana", True),
        ("dan", False),
    ]
    direct = actions.start_direct(ana, ben)
    refused = api(ben).get(f"/api/v1/conversations/{direct.pk}/mentionable/")
    assert refused.json()["code"] == "group.only"
    assert api(make_user("outside")).get(url).status_code == 404
    assert api(kid).get(url).status_code == 403
