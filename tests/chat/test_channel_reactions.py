"""Reactions to a channel's posts: counts for everybody, one's own for oneself, names for nobody,
through both ways to store them."""

import time
from contextlib import closing

import pytest
from django.db import connection

from accounts.models import User
from chat import actions, cards, changes, pages
from chat.models import Membership, Message, Reaction
from chat.writing.drafts import draft_reaction
from chat.writing.engines import OrmEngine, StatementEngine
from tests.chat.channels import make_channel
from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)


def post_of(channel) -> Message:
    return Message.objects.with_parts().get(conversation=channel, notice__isnull=True)


def told(message: Message, viewer: User | None = None) -> list[dict]:
    return cards.message_cards([message], viewer)[0]["reactions"]


@pytest.fixture
def channel(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)
    say(ana, channel, "look")
    return channel


def test_reactions_are_counted_and_name_nobody(ana, ben, zoe, channel):
    for person, emoji in ((ben, "🔥"), (zoe, "🔥"), (zoe, "👏"), (zoe, "🔥")):
        actions.add_reaction(person, channel, seq=2, emoji=emoji)

    assert post_of(channel).reaction_counts == {"🔥": 2, "👏": 1}
    assert told(post_of(channel)) == [
        {"emoji": "🔥", "count": 2, "users": []},
        {"emoji": "👏", "count": 1, "users": []},
    ]
    assert told(post_of(channel), ben) == [
        {"emoji": "🔥", "count": 2, "users": [str(ben.pk)]},
        {"emoji": "👏", "count": 1, "users": []},
    ]


def test_page_shows_counts_and_ones_own(ben, zoe, channel):
    actions.add_reaction(ben, channel, seq=2, emoji="🔥")
    actions.add_reaction(zoe, channel, seq=2, emoji="👏")

    talk = pages.talk_of(ben, Membership.objects.get(user=ben, conversation=channel))

    assert talk.messages[-1].reactions == [
        {"emoji": "👏", "count": 1, "is_mine": False},
        {"emoji": "🔥", "count": 1, "is_mine": True},
    ]


def test_reaction_taken_back_is_counted_no_more(ben, zoe, channel):
    for person in (ben, zoe):
        actions.add_reaction(person, channel, seq=2, emoji="🔥")

    actions.remove_reaction(ben, channel, seq=2, emoji="🔥")
    one = post_of(channel).reaction_counts
    actions.remove_reaction(zoe, channel, seq=2, emoji="🔥")

    assert (one, post_of(channel).reaction_counts) == ({"🔥": 1}, {})
    assert told(post_of(channel)) == []
    assert not Reaction.objects.exists()


def test_what_changed_names_nobody(ben, channel):
    actions.add_reaction(ben, channel, seq=2, emoji="🔥")

    found = changes.changes_after(channel.pk, 0).events

    said = [event for event in found if event.get("seq") == 2]
    assert [event["reactions"] for event in said] == [[{"emoji": "🔥", "count": 1, "users": []}]]
    assert str(ben.pk) not in str(found)


def test_unsending_takes_the_counts_along(ana, ben, channel):
    actions.add_reaction(ben, channel, seq=2, emoji="🔥")

    actions.unsend_message(ana, channel, seq=2)

    assert post_of(channel).reaction_counts is None
    assert told(post_of(channel)) == []


def test_reactions_to_a_group_stay_named(ana, ben, group):
    seq = say(ana, group).seq

    message = actions.add_reaction(ben, group, seq=seq, emoji="🔥")

    assert message.reaction_counts is None
    assert told(message) == [{"emoji": "🔥", "count": 1, "users": [str(ben.pk)]}]


def test_counted_reactions_are_not_fetched(ben, channel, django_assert_num_queries):
    actions.add_reaction(ben, channel, seq=2, emoji="🔥")

    message = post_of(channel)

    with django_assert_num_queries(0):
        assert message.given == []
    assert Reaction.objects.filter(message=message).count() == 1


ENGINES = [OrmEngine] if connection.vendor == "sqlite" else [OrmEngine, StatementEngine]


@pytest.mark.parametrize("engine", ENGINES)
def test_batches_count_the_same_through_both_engines(engine, ben, zoe, channel, group):
    other = say(ben, group).seq
    wanted = [
        draft_reaction(ben.pk, channel.pk, 2, "🔥", adds=True),
        draft_reaction(zoe.pk, channel.pk, 2, "🔥", adds=True),
        draft_reaction(zoe.pk, channel.pk, 2, "👏", adds=True),
        draft_reaction(ben.pk, group.pk, other, "🔥", adds=True),
    ]
    back = [draft_reaction(zoe.pk, channel.pk, 2, "🔥", adds=False)]

    with closing(engine()) as store:
        first = store.store(wanted, time.monotonic() + 5)
        second = store.store(back, time.monotonic() + 5)

    said = {
        each.conversation_id: each.events[-1]["reactions"]
        for each in [*first.announcements, *second.announcements]
    }
    assert said == {
        channel.pk: [
            {"emoji": "👏", "count": 1, "users": []},
            {"emoji": "🔥", "count": 1, "users": []},
        ],
        group.pk: [{"emoji": "🔥", "count": 1, "users": [str(ben.pk)]}],
    }
    assert post_of(channel).reaction_counts == {"👏": 1, "🔥": 1}
    assert Message.objects.get(conversation=group, seq=other).reaction_counts is None
