"""PostgreSQL's statement for reactions answers, tells and writes what the ORM does.

Collected on PostgreSQL only (conftest.py).
"""

import random
import time
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.errors import Unavailable
from accounts.models import OutboxJob, User
from chat import events, writer
from chat.models import Conversation, Message, Reaction
from chat.writing.commits import Commits
from chat.writing.drafts import Outcome, Reacted, Reacting
from chat.writing.engines import Engine, OrmEngine, StatementEngine
from tests.chat.factories import make_group, say
from tests.chat.test_commits import backends, failing, held, kill, until
from tests.chat.test_reacting import adding, reactions
from tests.chat.test_statement import (
    World,
    drafts_in,
    make_world,
    people,  # noqa: F401 - a fixture
    random_batches,
    remember,
)
from tests.chat.test_writer import at_once, commit, draft

pytestmark = pytest.mark.django_db(transaction=True)

SEEDS = range(15)
LARGEST_BATCH = 40
PLACES = [*range(1, 12), 10**30]
EMOJI = ("🔥", "👍🏽", "1️⃣")


def random_reactions(choice: random.Random, world: World) -> list[Reacting]:
    """None twice in one batch: there the engines may cut it (tests/chat/test_reacting.py)."""
    wanted = [
        Reacting(
            choice.choices(world.conversations, weights=[6, 4, 2, 1, 1])[0],
            choice.choice(world.people).pk,
            choice.choice(PLACES),
            choice.choice(EMOJI),
            choice.random() < 0.7,
        )
        for _ in range(choice.randint(1, LARGEST_BATCH))
    ]
    return list({each.key: each for each in wanted}.values())


def unsettle(world: World) -> None:
    """Unsend a message, hide some from Eve, freeze a group, and let Dan, who may write no more,
    have reacted."""
    plain, slow, *_others = world.conversations
    Conversation.objects.filter(pk=slow).update(frozen_at=timezone.now())
    remember(plain, world.people[4], from_seq=6)
    Message.objects.filter(conversation=plain, seq=4).update(body="", unsent_at=timezone.now())
    said = Message.objects.filter(conversation=slow, notice__isnull=True).order_by("seq")
    for message in said[:3]:
        Reaction.objects.get_or_create(message=message, user=world.people[3], emoji=EMOJI[0])


def told(outcome: Outcome) -> Any:
    if isinstance(outcome, Reacted):
        return outcome.seq, outcome.revision, outcome.changed
    return type(outcome).__name__, getattr(outcome, "code", None)


def jobs(world: World) -> list[Any]:
    """Who is told of whose reaction, and of whose no longer; and deletes the rows."""
    written = OutboxJob.objects.filter(arguments__kind="chat.reaction")
    places = dict(Message.objects.values_list("pk", "seq"))
    names = {str(person.pk): person.username for person in world.people}
    found = sorted(
        (
            job.task,
            [names[person] for person in job.arguments["to"]],
            names[job.arguments["actor"]],
            places[UUID(job.arguments["about"])],
            sorted(job.arguments),
        )
        for job in written
    )
    written.delete()
    return found


def told_news(world: World, announcements: list[events.Announcement]) -> list[Any]:
    return sorted(
        (
            world.conversations.index(news.conversation_id),
            (news.after, news.head, news.oldest),
            news.events,
        )
        for news in announcements
    )


def stored(world: World) -> list[Any]:
    fields = ("message__seq", "message__revision", "user", "emoji")
    return [
        list(Reaction.objects.filter(message__conversation=each).values_list(*fields))
        for each in world.conversations
    ]


def life(people: list[User], seed: int, engines: list[Engine]) -> tuple[Any, ...]:  # noqa: F811
    """All that is answered, told and stored in a world of its own, where people also talk."""
    world, commits, space = make_world(people), Commits(engines), uuid4()
    choice = random.Random(seed)
    answers, news = [], []
    for words in random_batches(seed, people):
        commits.commit(drafts_in(world, words, space), time.monotonic() + 10)
        unsettle(world)
        wanted = random_reactions(choice, world)
        done = commits.commit(wanted, time.monotonic() + 10)
        answers += [told(done.outcomes[each]) for each in wanted]
        news += [*told_news(world, done.announcements), *jobs(world)]
    return answers, news, world.numbers(), stored(world)


@pytest.mark.parametrize("seed", SEEDS)
def test_statement_and_orm_agree(people, seed):  # noqa: F811
    statement_engine = StatementEngine()

    with closing(statement_engine):
        by_statement = life(people, seed, [statement_engine, OrmEngine()])

    assert by_statement == life(people, seed, [OrmEngine()])


def test_random_batches_meet_every_verdict(people):  # noqa: F811
    """Or the test above would prove little."""
    heard = {answer[-1] for seed in SEEDS[:6] for answer in life(people, seed, [OrmEngine()])[0]}

    assert heard == {
        None, True, False, "account.inactive", "group.frozen", "member.silenced", "message.unsent",
        "policy.R11",
    }  # fmt: skip


def test_reactions_and_words_of_a_batch_are_one_round_trip(
    ana, ben, group, django_assert_num_queries
):
    seq, engine = say(ana, group).seq, StatementEngine()
    submitted = [draft(ana, group), adding(ana, group, seq), adding(ben, group, seq)]

    with closing(engine), django_assert_num_queries(0):
        done = engine.store(submitted, time.monotonic() + 5)

    assert [news.head - news.after for news in done.announcements] == [2]


# --- Failures -------------------------------------------------------------------------------------


def test_connection_lost_under_way_is_neither_ack_nor_refusal(ana, group):
    seq = say(ana, group).seq
    with held(group):
        answer = writer.submit(adding(ana, group, seq))
        until(lambda: backends(waiting=True))
        kill(backends(waiting=True))

        assert isinstance(answer.exception(5), Unavailable)

    assert reactions(group, seq) == []
    assert writer.save(adding(ana, group, seq)).changed


@pytest.mark.parametrize("state", ["57014", "53100", "25006", "42703"])
def test_trouble_of_the_server_is_no_persons_fault(ana, ben, group, state):
    seq = say(ana, group).seq
    with failing("before insert", "chat_reaction", state):
        outcomes = commit([adding(ana, group, seq), draft(ben, group)])

    assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]


def test_row_that_fails_the_commit_itself_is_not_acked(ana, ben, group):
    """Foreign keys are checked when the transaction ends, after the last row has answered."""
    seq = say(ana, group).seq
    with failing("after insert", "chat_reaction", "23503"):
        outcomes = commit([draft(ana, group), adding(ana, group, seq), draft(ben, group)])

    assert [getattr(each, "code", "ok") for each in outcomes] == ["ok", "message.unstorable", "ok"]
    assert reactions(group, seq) == []


def test_reactions_of_two_processes_take_each_number_once(ana, ben):
    here, there = make_group(ana, ben), make_group(ana, ben)
    places = [(each, say(ana, each).seq) for each in (here, there)]
    before = {
        each.pk: Message.objects.get(conversation=each, seq=seq).revision for each, seq in places
    }
    pair = (writer.Writer(), writer.Writer())

    def react_all(by: writer.Writer, actor: User) -> list[int]:
        wanted = [
            adding(actor, each, seq, emoji)
            for emoji in ("🔥", "👍", "😂", "😮", "😢", "👏")
            for each, seq in places
        ]
        return [answer.result(9).revision for answer in [by.submit(each) for each in wanted]]

    at_once(lambda: react_all(pair[0], ana), lambda: react_all(pair[1], ben))
    for each in pair:
        each.close()

    for conversation, seq in places:
        assert len(reactions(conversation, seq)) == 12
        conversation.refresh_from_db()
        message = Message.objects.get(conversation=conversation, seq=seq)
        assert before[conversation.pk] < message.revision == conversation.revision
