"""Polls: what is stored, what everybody hears of it, and what nobody may learn from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.errors import Refused
from accounts.pool import in_thread
from chat import actions, cards, changes, tasks
from chat.cards import polls
from chat.models import Message, Poll, PollVote
from tests.chat.client import connected
from tests.chat.factories import ask, make_group, say
from tests.factories import befriend, make_user

pytestmark = [pytest.mark.django_db(transaction=True)]

FILMS = ["Meadow", "Balloon", "Chase"]


def card_of(poll_message, viewer=None) -> dict:
    message = Message.objects.with_parts().get(pk=poll_message.id)
    return cards.message_cards([message], viewer)[0]["poll"]


def votes(card: dict) -> list[int | None]:
    return [option["votes"] for option in card["options"]]


def test_a_poll_is_a_message(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS, multiple=True)

    card = card_of(asked, ben)
    assert card == {
        "question": "Which film?",
        "multiple": True,
        "anonymous": False,
        "hidden": False,
        "adding": False,
        "closes_at": None,
        "closed": False,
        "voters": 0,
        "options": [
            {"id": place, "text": text, "votes": 0, "latest": []}
            for place, text in enumerate(FILMS, start=1)
        ],
        "mine": [],
    }


def test_the_same_client_id_asks_once(ana, group):
    said = {"client_id": uuid4()}

    first = ask(ana, group, "Which film?", FILMS, **said)
    again = ask(ana, group, "Which film?", FILMS, **said)

    assert (again.seq, again.replayed) == (first.seq, True)
    assert Poll.objects.count() == 1


def test_votes_are_counted_and_minds_are_changed(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS)

    actions.vote(ana, group, seq=asked.seq, options=[1])
    actions.vote(ben, group, seq=asked.seq, options=[1])
    actions.vote(ben, group, seq=asked.seq, options=[3])

    card = card_of(asked, ben)
    assert votes(card) == [1, 0, 1]
    assert card["voters"] == 2
    assert card["mine"] == [3]
    assert [option["latest"] for option in card["options"]] == [[str(ana.pk)], [], [str(ben.pk)]]


def test_a_vote_can_be_taken_back(ana, group):
    asked = ask(ana, group, "Which film?", FILMS, multiple=True)
    actions.vote(ana, group, seq=asked.seq, options=[1, 2])

    actions.vote(ana, group, seq=asked.seq, options=[])

    card = card_of(asked, ana)
    assert (votes(card), card["voters"], card["mine"]) == ([0, 0, 0], 0, [])


def test_the_same_vote_again_takes_no_number(ana, group):
    asked = ask(ana, group, "Which film?", FILMS)
    first = actions.vote(ana, group, seq=asked.seq, options=[2])

    again = actions.vote(ana, group, seq=asked.seq, options=[2])

    assert again.revision == first.revision


def test_the_database_itself_lets_nobody_vote_twice(ana, group):
    asked = ask(ana, group, "Which film?", FILMS)
    poll = Poll.objects.get(pk=asked.id)
    one, other, _third = poll.options.all()
    vote = {"poll": poll, "user": ana, "is_only": True}
    PollVote.objects.create(option=one, **vote)

    for option in (one, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            PollVote.objects.create(option=option, **vote)


def test_results_stay_hidden_until_it_is_closed(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS, hidden=True)
    actions.vote(ben, group, seq=asked.seq, options=[1])

    for viewer in (None, ana, ben):
        card = card_of(asked, viewer)
        assert votes(card) == [None, None, None]
        assert [option["latest"] for option in card["options"]] == [[], [], []]
    assert card_of(asked, ben)["mine"] == [1]

    actions.close_poll(ana, group, seq=asked.seq)

    assert votes(card_of(asked)) == [1, 0, 0]
    assert card_of(asked)["options"][0]["latest"] == [str(ben.pk)]


def test_an_anonymous_poll_keeps_no_face(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS, anonymous=True)

    actions.vote(ben, group, seq=asked.seq, options=[1])

    poll = Poll.objects.get(pk=asked.id)
    assert [option.latest for option in poll.options.all()] == [[], [], []]
    assert str(ben.pk) not in str(card_of(asked, ana))


def test_the_others_may_add_answers_where_it_says_so(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS, adding=True)

    before = asked.revision
    actions.add_poll_option(ben, group, seq=asked.seq, text="  The   rabbit ")

    added = {"id": 4, "text": "The rabbit", "votes": 0, "latest": []}
    assert card_of(asked)["options"][3] == added
    assert changes.changes_after(group.pk, before).events[0]["poll"]["options"][3] == added


async def test_an_added_answer_is_heard_at_once(live_hub, ana, ben):
    group = await in_thread(make_group, ana, ben)
    asked = await in_thread(lambda: ask(ana, group, "Which film?", FILMS, adding=True))

    async with connected(ana) as hers, connected(ben) as his:
        said = {"conversation": str(group.pk), "seq": asked.seq, "text": "Rabbit"}
        assert (await his.ask("poll.add_option", **said))["type"] == "ack"
        heard = await hers.hear_event("poll.changed")

    assert [option["text"] for option in heard["poll"]["options"]] == [*FILMS, "Rabbit"]


def test_its_time_closes_it_and_the_job_tells(ana, ben, group):
    soon = timezone.now() + timedelta(minutes=1)
    asked = ask(ana, group, "Which film?", FILMS, closes_at=soon.isoformat(), hidden=True)
    actions.vote(ben, group, seq=asked.seq, options=[1])
    before = Message.objects.get(pk=asked.id).revision
    tasks.close_polls()
    assert not card_of(asked)["closed"]

    Poll.objects.update(closes_at=timezone.now())
    tasks.close_polls()
    tasks.close_polls()

    message = Message.objects.get(pk=asked.id)
    assert message.revision == before + 1
    event = changes.changes_after(group.pk, before).events[0]
    assert event["poll"]["closed"]
    assert votes(event["poll"]) == [1, 0, 0]


def test_an_unsent_poll_is_gone_with_its_votes(ana, ben, group):
    asked = ask(ana, group, "Which film?", FILMS)
    actions.vote(ben, group, seq=asked.seq, options=[1])

    actions.unsend_message(ana, group, seq=asked.seq)

    assert not Poll.objects.exists()
    assert not PollVote.objects.exists()
    assert card_of(asked) is None


def test_a_page_of_polls_costs_two_queries(ana, ben, group):
    for _ in range(5):
        asked = ask(ana, group, "Which film?", FILMS)
        actions.vote(ben, group, seq=asked.seq, options=[1])

    def read() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            messages = list(Message.objects.filter(conversation=group).with_parts())
            polls.references(messages, ben)
        return len(queries)

    many = read()
    Poll.objects.all().delete()
    assert many - read() == 2


async def test_everybody_hears_how_it_stands_and_only_the_voter_their_own(live_hub, ana, ben):
    group = await in_thread(make_group, ana, ben)
    asked = await in_thread(ask, ana, group, "Which film?", FILMS)

    async with connected(ana) as hers, connected(ben) as his:
        answer = await his.ask("poll.vote", conversation=str(group.pk), seq=asked.seq, options=[2])
        assert answer["type"] == "ack"
        heard = await hers.hear_event("poll.changed")
        assert heard["seq"] == asked.seq
        assert votes(heard["poll"]) == [0, 1, 0]
        assert heard["poll"]["mine"] is None
        own = [frame for frame in his.heard if frame["type"] == "poll.voted"]
        assert [frame["mine"] for frame in own] == [[2]]
        assert await hers.is_silent()


def test_a_member_without_the_right_makes_no_polls(ana, ben, group):
    group.rights = {"poll": "admin"}
    group.save()

    with pytest.raises(Refused) as refusal:
        ask(ben, group, "Which film?", FILMS)
    assert refusal.value.code == "role.missing"
    assert ask(ana, group, "Which film?", FILMS).seq
    assert say(ben, group, "words are fine").seq


def test_many_voters_leave_three_faces(ana, group):
    asked = ask(ana, group, "Which film?", FILMS)
    for _ in range(5):
        friend = make_user()
        befriend(ana, friend)
        actions.add_member(ana, group, friend)
        actions.vote(friend, group, seq=asked.seq, options=[1])

    first = card_of(asked)["options"][0]
    assert first["votes"] == 5
    assert len(first["latest"]) == 3
    assert first["latest"][0] == str(friend.pk)
