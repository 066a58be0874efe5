"""PostgreSQL's statement answers, tells and writes what the ORM does.

Collected on PostgreSQL only (conftest.py).
"""

import random
import re
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat import actions, events
from chat.models import Conversation, Membership, Message
from chat.writing import reaction_statement, statement
from chat.writing.commits import Commits
from chat.writing.drafts import Draft, Outcome, Stored
from chat.writing.engines import Engine, OrmEngine, StatementEngine
from tests.chat.factories import make_group
from tests.chat.test_writer import draft
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# --- Parity ---------------------------------------------------------------------------------------

SEEDS = range(25)
BATCHES, LARGEST_BATCH = 6, 25


@dataclass
class World:
    """Conversations of every kind, among people of whom some may not write in some."""

    people: list[User]
    conversations: list[UUID]

    def numbers(self) -> list[Any]:
        return [
            Conversation.objects.filter(pk=each).values_list("last_seq", "revision").first()
            for each in self.conversations
        ]

    def messages(self) -> list[Any]:
        """What is stored, without what is new each time."""
        fields = ("seq", "revision", "author", "body", "notice", "reply_to", "mentions")
        return [
            list(Message.objects.filter(conversation=each).order_by("seq").values_list(*fields))
            for each in self.conversations
        ]

    def memberships(self) -> list[Any]:
        fields = ("user", "role", "state", "read_seq", "mention_seq", "revision", "joined_revision")
        found = [
            Membership.objects.filter(conversation=each).order_by("user")
            for each in self.conversations
        ]
        return [
            [(*row, said_at is None) for *row, said_at in rows.values_list(*fields, "said_at")]
            for rows in found
        ]


def make_world(people: list[User]) -> World:
    """The same one each time it is made for the same people."""
    ana, ben, cat, dan, eve, fay, zoe = people
    User.objects.filter(pk=fay.pk).update(is_active=True)
    plain, slow = make_group(ana, *people[1:-1]), make_group(ana, *people[1:-1])
    Conversation.objects.filter(pk=slow.pk).update(slow_seconds=3600)
    remember(plain, dan, silenced_until=timezone.now() + timedelta(hours=1))
    remember(slow, dan, send_refusal="policy.R11")
    remember(slow, cat, role=Membership.Role.ADMIN)
    remember(plain, eve, from_seq=1)
    remember(slow, eve, state=Membership.State.INVITED)
    Conversation.objects.filter(direct_key__isnull=False).delete()
    direct, request = actions.start_direct(ana, ben), actions.start_direct(zoe, ana)
    actions.remove_member(ana, plain, cat)
    User.objects.filter(pk=fay.pk).update(is_active=False)
    return World(people, [each.pk for each in (plain, slow, direct, request)] + [uuid4()])


def remember(conversation: Conversation | UUID, user: User, **values: Any) -> None:
    Membership.objects.filter(conversation=conversation, user=user).update(**values)


@pytest.fixture
def people(ana, ben, zoe) -> list[User]:
    others = [make_user(name) for name in ("cat", "dan", "eve", "fay")]
    for other in others:
        befriend(ana, other)
    return [ana, ben, *others, zoe]


Words = dict[str, Any]


def random_batches(seed: int, people: list[User]) -> list[list[Words]]:
    """What is said, by index, so that it can be said in any world; the same for the same seed.

    About one in five was said in an earlier batch, some of these with other words.
    """
    choice = random.Random(seed)
    batches: list[list[Words]] = []
    for batch in range(BATCHES):
        size = choice.randint(1, LARGEST_BATCH)
        words = [random_words(choice, people, 100 * batch + n) for n in range(size)]
        said = [each for earlier in batches for each in earlier]
        again = choice.sample(said, min(len(said), size // 4))
        words += [each | choice.choice([{}, {}, {"body": "other words"}]) for each in again]
        # Twice in one batch is tests/chat/test_writer.py's: there the engines may cut it.
        words = list({each["client"]: each for each in words}.values())
        batches.append(choice.sample(words, len(words)))
    return batches


def random_words(choice: random.Random, people: list[User], client: int) -> Words:
    return {
        "author": choice.randrange(len(people)),
        "conversation": choice.choices(range(5), weights=[5, 5, 2, 1, 1])[0],
        "body": choice.choice(["hello", "", "a, b", '{"x"}', "\\ \" '", "ñ 🙂 漢字", "null"]),
        "reply_to": choice.choice([None, None, None, 1, 2, choice.randrange(1, 30), 10**30]),
        "mentions": choice.sample(range(len(people)), choice.choice([0, 0, 0, 2])),
        "client": client,
    }


def drafts_in(world: World, words: list[dict[str, Any]], space: UUID) -> list[Draft]:
    return [
        Draft(
            conversation_id=world.conversations[each["conversation"]],
            author_id=world.people[each["author"]].pk,
            client_id=uuid5(space, str(each["client"])),
            body=each["body"],
            reply_to=each["reply_to"],
            mentions=tuple(str(world.people[n].pk) for n in each["mentions"]),
        )
        for each in words
    ]


def told(outcome: Outcome) -> Any:
    """What the sender hears."""
    if isinstance(outcome, Stored):
        return outcome.seq, outcome.revision, outcome.replayed
    return type(outcome).__name__, getattr(outcome, "code", None)


def told_news(world: World, announcements: list[events.Announcement]) -> list[Any]:
    """What the members hear: by conversation, number for number."""
    return [
        (world.conversations.index(news.conversation_id), said["revision"], said["type"], *rest)
        for news in announcements
        for said in news.events
        for rest in [(said.get("seq"), said.get("body"), said.get("mentions"))]
        if news.after < said["revision"] <= news.head
    ]


def life(people: list[User], seed: int, engines: list[Engine]) -> tuple[Any, ...]:
    """All that is answered, told and stored in a world of its own."""
    world, commits, space = make_world(people), Commits(engines), uuid4()
    answers, news = [], []
    for words in random_batches(seed, people):
        drafts = drafts_in(world, words, space)
        done = commits.commit(drafts, time.monotonic() + 10)
        answers += [told(done.outcomes[each]) for each in drafts]
        news += told_news(world, done.announcements)
    return answers, sorted(news), world.numbers(), world.messages(), world.memberships()


@pytest.mark.parametrize("seed", SEEDS)
def test_statement_and_orm_agree(people, seed):
    statement_engine = StatementEngine()

    with closing(statement_engine):
        by_statement = life(people, seed, [statement_engine, OrmEngine()])

    assert by_statement == life(people, seed, [OrmEngine()])


def test_random_batches_meet_every_verdict(people):
    """Or the test above would prove little."""
    heard = {answer[-1] for seed in SEEDS[:8] for answer in life(people, seed, [OrmEngine()])[0]}

    codes = {"account.inactive", "client_id.conflict", "member.only", "member.silenced", None, True}
    codes |= {False, "policy.R11", "rate.slow", "reply.unknown"}
    assert heard >= codes


# --- What it costs --------------------------------------------------------------------------------


def test_plan_walks_no_table(group):
    """It is made once, perhaps while the tables are new: an index must be the only way."""
    parameters = connection.get_connection_params()
    parameters["options"] += f" {statement.SETTINGS}"
    with psycopg.connect(**parameters) as server:
        # As if no vacuum had come by yet, which in these tests may have found three rows.
        server.execute(
            "update pg_class set reltuples = -1, relpages = 0 "
            "where relnamespace = 'public'::regnamespace"
        )
        for name, sql in (statement.PREPARED | reaction_statement.PREPARED).items():
            server.execute(f"prepare {name.decode()} as {sql}")
            nothing = ", ".join(["null"] * len(set(re.findall(r"\$\d+", sql))))
            rows = server.execute(f"explain (costs off) execute {name.decode()} ({nothing})")
            plan = [row[0].strip(" ->") for row in rows]

            tables = [
                line for line in plan if re.search("(chat|accounts)_", line) and "Scan" in line
            ]
            assert tables
            for each in tables:
                assert each.startswith("Index"), each
            assert sum(line.startswith("Index Cond") for line in plan) >= len(tables), plan
        server.rollback()


def test_one_batch_is_one_round_trip(ana, group, django_assert_num_queries):
    engine = StatementEngine()

    with closing(engine), django_assert_num_queries(0):
        done = engine.store([draft(ana, group) for _ in range(50)], time.monotonic() + 5)

    assert list(map(told, done.outcomes.values()))[-1] == (51, 53, False)
