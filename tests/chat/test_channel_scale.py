"""No path of a channel looks through those who follow it: the same queries with three and with
three thousand, and little time (R27)."""

import time
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.pool import in_thread
from chat import actions, changes, pages, receipts
from chat.changes import Cursors
from chat.live import knowledge
from chat.models import Conversation, Membership, Message
from tests.chat.channels import add_crowd, make_channel
from tests.chat.client import connected
from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 3000


@pytest.fixture
def channel(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)
    actions.change_channel(ana, channel, opens_replies=True)
    say(ana, channel, "look")
    return channel


def asks(ben, channel, api):
    """What a follower's devices and pages ask of the server, by name."""
    client = api(ben)
    url = f"/api/v1/conversations/{channel.pk}/"

    def part() -> Membership:
        return Membership.objects.select_related("conversation").get(user=ben, conversation=channel)

    return {
        "hello": lambda: knowledge.of_users({ben.pk}),
        "resume": lambda: changes.resumptions([Cursors(ben.pk, {channel.pk: 1})]),
        "changes": lambda: changes.changes_after(channel.pk, 0),
        "read": lambda: receipts.remember({(str(channel.pk), str(ben.pk)): 1}),
        "talk": lambda: pages.talk_of(ben, part()),
        "info": lambda: pages.info(ben, part()),
        "inbox": lambda: pages.inbox_rows(ben),
        "unread": lambda: pages.unread_total(ben),
        "detail": lambda: client.get(url),
        "history": lambda: client.get(f"{url}messages/"),
        "replies": lambda: client.get(f"{url}messages/2/replies/"),
        "list": lambda: client.get("/api/v1/conversations/"),
        "post": lambda: say(owner_of(channel), channel, "more"),
        "react": lambda: actions.add_reaction(ben, channel, seq=2, emoji="🔥"),
        "follow": lambda: actions.follow_channel(ben, channel),
    }


def owner_of(channel):
    return Conversation.objects.select_related("creator").get(pk=channel.pk).creator


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_every_question_costs_the_same_with_three_thousand(ben, channel, api):
    questions = asks(ben, channel, api)
    for ask in questions.values():  # what is asked once a process is asked now
        ask()
    few = {name: queries_of(ask) for name, ask in questions.items()}

    add_crowd(channel, CROWD)

    assert {name: queries_of(ask) for name, ask in questions.items()} == few


def test_rows_read_do_not_grow_with_followers(ben, channel, api):
    if connection.vendor != "postgresql":
        return
    add_crowd(channel, CROWD)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    plans = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT") and not many and "FOR " not in sql:
            numbered = "$1" in sql  # prepared once (accounts/reading/)
            kind = psycopg.RawCursor if numbered else psycopg.ClientCursor
            with kind(connection.connection) as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                (found,) = cursor.fetchall()
                plans.append((sql, found[0][0]["Plan"]))
        return execute(sql, params, many, context)

    questions = asks(ben, channel, api)
    with connection.execute_wrapper(explain):
        for name in ("hello", "changes", "talk", "info", "inbox", "unread", "detail", "history"):
            questions[name]()

    read = [(rows_read(plan), sql) for sql, plan in plans]
    assert len(read) > 35
    assert [sql for rows, sql in read if rows >= CROWD] == []


def rows_read(plan: dict) -> int:
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(max([own, *(rows_read(each) for each in plan.get("Plans", []))]))


def test_post_to_a_crowd_writes_one_message_and_no_row_for_anybody(ana, channel):
    add_crowd(channel, CROWD)
    before = Membership.objects.filter(conversation=channel).count(), Message.objects.count()

    began = time.monotonic()
    stored = say(ana, channel, "to all of you")
    took = time.monotonic() - began

    after = Membership.objects.filter(conversation=channel).count(), Message.objects.count()
    assert after == (before[0], before[1] + 1)
    untouched = Membership.objects.filter(conversation=channel, read_seq__lt=stored.seq)
    assert untouched.count() == before[0] - 1
    assert took < 1


def test_hosts_page_through_followers(ana, channel, api, django_assert_max_num_queries):
    add_crowd(channel, 120)
    client, url = api(ana), f"/api/v1/conversations/{channel.pk}/members/?limit=100"

    with django_assert_max_num_queries(5):
        first = client.get(url).json()
    rest = client.get(first["next"]).json()

    names = [each["username"] for each in (*first["results"], *rest["results"])]
    assert (len(names), len(set(names)), rest["next"]) == (123, 123, None)
    assert {each["read_seq"] for each in first["results"][1:]} == {0}


async def test_followers_hear_posts_and_nothing_of_each_other(ana, ben, zoe, channel, live_hub):
    async with connected(ana) as host, connected(ben) as one, connected(zoe) as other:
        await one.say({"type": "typing", "conversation": str(channel.pk)})
        await one.say({"type": "read", "conversation": str(channel.pk), "seq": 2})
        await host.say({"type": "typing", "conversation": str(channel.pk)})
        quiet = await other.is_silent(1.2)
        await host.send(channel, "news")
        heard = await other.hear_event("message.created")
        await one.ask("reaction.add", conversation=str(channel.pk), seq=heard["seq"], emoji="🔥")
        reacted = await other.hear_event("reaction.changed")

    assert quiet
    assert heard["body"] == "news"
    assert reacted["reactions"] == [{"emoji": "🔥", "count": 1, "users": []}]
    assert "presence" not in {frame["type"] for frame in (*other.heard, *host.heard)}


async def test_who_follows_now_hears_it_on_every_device_and_the_others_do_not(
    ana, zoe, teo, channel, live_hub
):
    async with connected(teo) as new, connected(zoe) as other:
        await in_thread(actions.follow_channel, teo, channel)
        joined = await new.hear_event("membership.joined")
        silent = await other.is_silent(0.6)
        await in_thread(say, ana, channel, "welcome")
        heard = await new.hear_event("message.created")

    assert joined["card"]["id"] == str(channel.pk)
    assert (silent, heard["body"]) == (True, "welcome")


async def test_removed_follower_hears_nothing_more(ana, ben, zoe, channel, live_hub):
    async with connected(ben) as gone, connected(zoe) as other:
        await in_thread(actions.remove_follower, ana, channel, ben)
        ended = await gone.hear_event("membership.ended")
        await in_thread(say, ana, channel, "without you")
        await other.hear_event("message.created")
        silent = await gone.is_silent()

    assert (ended["user"]["id"], silent) == (str(ben.pk), True)


async def test_reply_counts_reach_those_who_are_there(ana, ben, zoe, channel, live_hub):
    async with connected(zoe) as other:
        await in_thread(lambda: actions.reply(ben, channel, seq=2, body="nice", client_id=uuid4()))
        told = await other.hear_type("replies")

    assert told["counts"] == {"2": 1}
