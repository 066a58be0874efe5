"""Replies to a channel's posts: where hosts open them, beside the number line (R27)."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.errors import Conflict, Refused
from chat import actions
from chat.models import Conversation, Membership, Message, Reply
from tests.chat.channels import make_channel
from tests.chat.factories import say
from tests.factories import block

pytestmark = pytest.mark.django_db(transaction=True)

POST = 2  # behind the system line


@pytest.fixture
def channel(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)
    actions.change_channel(ana, channel, opens_replies=True)
    say(ana, channel, "look")
    return channel


@pytest.fixture(autouse=True)
def quick_replies(monkeypatch):
    """Replies may follow each other at once, but where a test is about that."""
    from datetime import timedelta

    monkeypatch.setattr("chat.actions.replies.REPLY_EVERY", timedelta())


def answer(person, channel, body="nice", **options) -> Reply:
    options.setdefault("client_id", uuid4())
    return actions.reply(person, channel, seq=POST, body=body, **options)


def count(channel) -> int | None:
    return Message.objects.get(conversation=channel, seq=POST).reply_count


def test_reply_raises_nobodys_unread_and_takes_no_number(ben, zoe, channel):
    before = Conversation.objects.get(pk=channel.pk)

    answer(ben, channel)

    after = Conversation.objects.get(pk=channel.pk)
    assert (after.last_seq, after.revision) == (before.last_seq, before.revision)
    assert Membership.objects.count() == 3
    assert count(channel) == 1


def test_same_client_id_is_said_once(ben, channel):
    key = uuid4()

    first, second = (answer(ben, channel, client_id=key) for _ in range(2))

    assert (first.pk, count(channel)) == (second.pk, 1)
    with pytest.raises(Conflict):
        answer(ben, channel, "other words", client_id=key)


def test_replies_are_closed_until_hosts_open_them(ana, ben, channel):
    actions.change_channel(ana, channel, opens_replies=False)

    with pytest.raises(Refused) as refusal:
        answer(ben, channel)

    assert refusal.value.code == "replies.closed"


def test_one_person_replies_every_two_seconds(ben, channel, monkeypatch):
    from datetime import timedelta

    monkeypatch.setattr("chat.actions.replies.REPLY_EVERY", timedelta(seconds=2))
    answer(ben, channel)

    with pytest.raises(Refused) as refusal:
        answer(ben, channel)

    assert refusal.value.code == "rate.flood"


@pytest.mark.parametrize(("body", "code"), [(" ", "message.empty"), ("x" * 1001, "reply.too_long")])
def test_reply_has_words_but_not_too_many(ben, channel, body, code):
    with pytest.raises(ValidationError) as error:
        answer(ben, channel, body)

    assert error.value.code == code


def test_only_who_follows_replies_and_only_to_a_post(ana, teo, ben, group, channel):
    with pytest.raises(Http404):
        answer(teo, channel)
    with pytest.raises(Http404):
        actions.reply(ben, channel, seq=1, body="to a system line", client_id=uuid4())
    with pytest.raises(Refused) as refusal:
        actions.reply(ben, group, seq=1, body="hello", client_id=uuid4())
    assert refusal.value.code == "channel.only"


def test_nobody_replies_to_what_was_unsent(ana, ben, channel):
    actions.unsend_message(ana, channel, seq=POST)

    with pytest.raises(Refused) as refusal:
        answer(ben, channel)

    assert refusal.value.code == "message.unsent"


def test_author_and_hosts_take_a_reply_away(ana, ben, zoe, channel):
    mine, other = answer(ben, channel), answer(ben, channel)

    with pytest.raises(Refused) as refusal:
        actions.remove_reply(zoe, channel, mine.pk)
    actions.remove_reply(ben, channel, mine.pk)
    actions.remove_reply(ana, channel, other.pk)
    actions.remove_reply(ana, channel, other.pk)

    assert refusal.value.code == "message.not_yours"
    assert count(channel) == 0
    assert not Reply.objects.visible_to(zoe).exists()


def test_block_hides_replies_from_each_other(ben, zoe, ana, channel):
    answer(ben, channel)
    block(zoe, ben)

    assert Reply.objects.visible_to(zoe).count() == 0
    assert Reply.objects.visible_to(ana).count() == 1
