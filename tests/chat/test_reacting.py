"""Reactions through the writer: one number and one event a message, and nobody's refusal is

another's.
"""

import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.http import Http404

from accounts import actions as people
from accounts.errors import Unavailable
from accounts.models import User
from accounts.pool import in_thread
from chat import actions, consumers, writer
from chat.models import Conversation, Membership, Message
from chat.writing.batch import Committed
from chat.writing.commits import Commits
from chat.writing.drafts import Draft, Reacted, Reacting, Submission, draft_reaction
from chat.writing.engines import OrmEngine
from tests.chat.client import connected
from tests.chat.factories import say
from tests.chat.test_writer import commit, draft, numbers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


def adding(actor: User, conversation: Conversation, seq: int, emoji: str = "🔥") -> Reacting:
    return draft_reaction(actor.pk, conversation.pk, seq, emoji, adds=True)


def removing(actor: User, conversation: Conversation, seq: int, emoji: str = "🔥") -> Reacting:
    return draft_reaction(actor.pk, conversation.pk, seq, emoji, adds=False)


def committed(submitted: Sequence[Submission]) -> Committed:
    """The same as `commit`, with the news."""
    commits = Commits()
    try:
        return commits.commit(submitted, time.monotonic() + 5)
    finally:
        commits.close()


def reactions(conversation: Conversation, seq: int) -> list[tuple[str, str]]:
    message = Message.objects.get(conversation=conversation, seq=seq)
    return [(each.user.username, each.emoji) for each in message.reactions.all()]


def revision_of(conversation: Conversation) -> int:
    return Conversation.objects.get(pk=conversation.pk).revision


# --- What a commit makes of them ------------------------------------------------------------------


def test_reactions_to_one_message_in_one_commit_are_one_change(ana, ben, group):
    seq = say(ana, group).seq
    before = revision_of(group)

    done = committed(
        [adding(ana, group, seq), adding(ben, group, seq), adding(ben, group, seq, "👍")]
    )

    assert list(done.outcomes.values()) == [Reacted(group.pk, seq, before + 1, True)] * 3
    assert Message.objects.get(conversation=group, seq=seq).revision == before + 1
    (news,) = done.announcements
    assert (news.after, news.head, news.oldest) == (before, before + 1, seq)
    assert news.events == [
        {
            "type": "reaction.changed",
            "revision": before + 1,
            "seq": seq,
            "reactions": [
                {"emoji": "🔥", "count": 2, "users": [str(ana.pk), str(ben.pk)]},
                {"emoji": "👍", "count": 1, "users": [str(ben.pk)]},
            ],
        }
    ]


def test_numbers_follow_those_of_the_messages_in_order_of_place(ana, ben, group):
    first, second = say(ana, group).seq, say(ana, group).seq
    before = revision_of(group)

    done = committed(
        [
            adding(ana, group, second),
            draft(ben, group),
            adding(ben, group, first),
            draft(ana, group),
        ]
    )

    (news,) = done.announcements
    assert (news.after, news.head, news.oldest) == (before, before + 4, first)
    assert [(e["type"], e["revision"] - before, e["seq"]) for e in news.events] == [
        ("message.created", 1, second + 1),
        ("message.created", 2, second + 2),
        ("reaction.changed", 3, first),
        ("reaction.changed", 4, second),
    ]
    assert revision_of(group) == before + 4


@pytest.mark.parametrize("steps", ["+-", "+-+", "+-+-", "++-", "-+"])
def test_whoever_changes_their_mind_in_one_batch_ends_as_they_said_last(ana, group, steps):
    seq = say(ana, group).seq
    wanted = [{"+": adding, "-": removing}[step](ana, group, seq) for step in steps]

    outcomes = commit(wanted)

    was = [False, *(step == "+" for step in steps)]
    assert [each.changed for each in outcomes] == [
        before != after for before, after in pairwise(was)
    ]
    assert reactions(group, seq) == [("ana", "🔥")] * (steps[-1] == "+")


def test_what_is_so_already_takes_no_number_and_is_not_told(ana, ben, group):
    seq = say(ana, group).seq
    commit([adding(ana, group, seq)])
    before = revision_of(group)

    done = committed([adding(ana, group, seq), removing(ben, group, seq)])

    assert list(done.outcomes.values()) == [Reacted(group.pk, seq, before, False)] * 2
    assert done.announcements == []
    assert revision_of(group) == before


def test_conversations_of_a_batch_have_numbers_of_their_own(ana, ben, group):
    other = actions.start_direct(ana, ben)
    places = {each.pk: say(ana, each).seq for each in (group, other)}
    before = {each.pk: revision_of(each) for each in (group, other)}

    done = committed([adding(ben, each, places[each.pk]) for each in (group, other)])

    assert {news.conversation_id: news.head for news in done.announcements} == {
        key: revision + 1 for key, revision in before.items()
    }


# --- Who may --------------------------------------------------------------------------------------


def codes(outcomes: list[Any]) -> list[Any]:
    return [
        "not_found" if isinstance(each, Http404) else getattr(each, "code", "ok")
        for each in outcomes
    ]


def test_a_refusal_blocks_no_other(ana, ben, zoe, group):
    seq = say(ana, group).seq

    outcomes = commit(
        [
            adding(zoe, group, seq),
            adding(ana, group, seq),
            adding(ben, group, 99),
            draft(ben, group),
        ]
    )

    assert codes(outcomes) == ["not_found", "ok", "not_found", "ok"]
    assert reactions(group, seq) == [("ana", "🔥")]


def test_words_that_are_refused_keep_no_reaction_out(ana, ben, zoe, group):
    """Nor the words beside them, which are said again without those."""
    seq = say(ana, group).seq
    before = revision_of(group)

    done = committed([draft(zoe, group), adding(ben, group, seq), draft(ana, group)])

    assert codes(list(done.outcomes.values())) == ["not_found", "ok", "ok"]
    assert reactions(group, seq) == [("ben", "🔥")]
    told = sorted((news.after, news.head, len(news.events)) for news in done.announcements)
    assert told in (
        [(before, before + 2, 2)],
        [(before, before + 1, 1), (before + 1, before + 2, 1)],
    )


def test_what_only_the_orm_takes_takes_reactions_along(ana, ben, group):
    seq = say(ana, group).seq
    line = Draft(group.pk, notice={"code": "renamed", "actor": ana.card()})

    outcomes = commit([line, adding(ben, group, seq)])

    assert codes(outcomes) == ["ok", "ok"]
    assert reactions(group, seq) == [("ben", "🔥")]
    assert numbers(group) == [1, 2, 3]


def test_whoever_may_not_write_may_take_back(ana, ben):
    direct = actions.start_direct(ana, ben)
    seq = say(ana, direct).seq
    commit([adding(ana, direct, seq)])
    people.block(ben, ana)

    outcomes = commit([adding(ana, direct, seq, "👍"), removing(ana, direct, seq)])

    assert codes(outcomes) == ["policy.unreachable", "ok"]
    assert reactions(direct, seq) == []


def test_what_was_unsent_takes_none(ana, ben, group):
    seq = say(ana, group).seq
    actions.unsend_message(ana, group, seq=seq)

    assert codes(commit([adding(ben, group, seq), removing(ben, group, seq)])) == [
        "message.unsent",
        "ok",
    ]


@pytest.mark.parametrize("change", [{"from_seq": 2}, {"state": "ended"}, {"state": "invited"}])
def test_messages_that_are_not_theirs_to_see_are_not_there(ana, ben, group, change):
    seq = say(ana, group).seq
    Membership.objects.filter(conversation=group, user=ben).update(**change)

    assert codes(commit([adding(ben, group, seq), removing(ben, group, seq)])) == ["not_found"] * 2


@pytest.mark.parametrize("seq", [0, 1, 99, 2**62, 10**30])
def test_places_without_words_are_not_there(ana, group, seq):
    """The first is a system line's."""
    assert codes(commit([adding(ana, group, seq)])) == ["not_found"]


def test_inactive_person_reacts_no_more(ana, group):
    seq = say(ana, group).seq
    ana.is_active = False
    ana.save()

    assert codes(commit([adding(ana, group, seq)])) == ["account.inactive"]


# --- Failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [True, False])
def test_lost_connection_is_neither_ack_nor_refusal(ana, group, lost):
    """Whether the commit came through is unknown; reacting again settles it."""

    class Broken(OrmEngine):
        def store(self, submitted, deadline):
            if not lost:
                super().store(submitted, deadline)
            raise OperationalError("server closed the connection")

    seq = say(ana, group).seq
    broken, reacting = writer.Writer(lambda: Commits([Broken()])), adding(ana, group, seq)
    with pytest.raises(Unavailable):
        broken.save(reacting)
    broken.close()

    assert writer.save(reacting).changed is lost
    assert reactions(group, seq) == [("ana", "🔥")]


def test_row_that_no_database_holds_refuses_only_its_own(ana, ben, group):
    """The doors let no such emoji through; were one to forget, the others must not suffer."""
    seq = say(ana, group).seq
    bad = Reacting(group.pk, ana.pk, seq, "half a pair \ud83d", True)

    outcomes = commit([adding(ana, group, seq), bad, adding(ben, group, seq), draft(ben, group)])

    assert codes(outcomes) == ["ok", "message.unstorable", "ok", "ok"]
    assert reactions(group, seq) == [("ana", "🔥"), ("ben", "🔥")]


def test_waiting_inside_a_transaction_is_a_mistake(ana, group):
    seq = say(ana, group).seq

    with transaction.atomic(), pytest.raises(AssertionError):
        actions.add_reaction(ana, group, seq=seq, emoji="🔥")


# --- The socket -----------------------------------------------------------------------------------


async def test_socket_reacts_in_its_loop(ana, group, monkeypatch):
    """No thread and no queue of verbs: nothing could hold it up but the commit."""
    seq = (await in_thread(say, ana, group)).seq
    before = await in_thread(revision_of, group)
    async with connected(ana) as client:
        monkeypatch.setattr(consumers.ChatConsumer, "do_later", None)

        acks = [
            await client.ask(
                "reaction.add", conversation=str(group.pk), seq=seq, emoji="🔥", id="7"
            )
            for _ in range(2)
        ]

    ack = {"type": "ack", "id": "7", "conversation": str(group.pk), "seq": seq}
    assert acks == [{**ack, "revision": before + 1}] * 2


async def test_reactions_of_one_client_keep_their_order(ana, group):
    seq = (await in_thread(say, ana, group)).seq
    about = {"conversation": str(group.pk), "seq": seq, "emoji": "🔥"}
    async with connected(ana) as client:
        for n in range(9):
            await client.say({"type": "reaction.remove" if n % 2 else "reaction.add", **about})
        acks = [await client.hear_type("ack") for _ in range(9)]

    revisions = [ack["revision"] for ack in acks]
    assert revisions == sorted(revisions)
    assert await in_thread(reactions, group, seq) == [("ana", "🔥")]


async def test_whoever_may_not_see_the_message_is_told_to_fetch(ana, ben, group):
    """R25: the event names a message from before their time."""
    seq = (await in_thread(say, ana, group)).seq
    await in_thread(Membership.objects.filter(conversation=group, user=ben).update, from_seq=seq)
    async with connected(ben) as client:
        await in_thread(actions.add_reaction, ana, group, seq=seq, emoji="🔥")

        assert (await client.hear_type("resync", "events"))["type"] == "resync"
