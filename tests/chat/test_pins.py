"""Pins: what everybody hears of them, what becomes of them when a message goes."""

import pytest

from chat import actions, changes, pages
from chat.models import Conversation
from tests.chat.factories import say
from tests.factories import block

pytestmark = pytest.mark.django_db(transaction=True)


def pins_of(conversation: Conversation) -> list[int] | None:
    return Conversation.objects.get(pk=conversation.pk).pins


def test_newest_pin_comes_first_and_twice_is_once(ana, group):
    one, two = say(ana, group).seq, say(ana, group).seq

    for seq in (one, two, one):
        actions.pin_message(ana, group, seq=seq)

    assert pins_of(group) == [two, one]


def test_pin_is_said_in_the_talk_an_unpin_is_not(ana, group):
    seq = say(ana, group).seq

    actions.pin_message(ana, group, seq=seq)
    actions.unpin_message(ana, group, seq=seq)

    notices = group.messages.filter(notice__isnull=False).order_by("seq")
    assert [notice.notice["code"] for notice in notices] == ["group.created", "message.pinned"]
    assert pins_of(group) == []


def test_who_was_away_learns_the_pins(ana, group):
    seq = say(ana, group).seq
    after = Conversation.objects.get(pk=group.pk).revision

    actions.pin_message(ana, group, seq=seq)

    events = changes.changes_after(group.pk, after, viewer=ana).events
    assert [event["pins"] for event in events if event["type"] == "conversation.changed"] == [[seq]]


def test_unsent_message_is_pinned_no_more(ana, group):
    seq = say(ana, group).seq
    actions.pin_message(ana, group, seq=seq)

    actions.unsend_message(ana, group, seq=seq)

    assert pins_of(group) == []


def test_both_of_a_direct_conversation_pin(ana, ben):
    direct = actions.start_direct(ana, ben)
    seq = say(ana, direct).seq

    actions.pin_message(ben, direct, seq=seq)

    assert pins_of(direct) == [seq]


def test_pin_of_somebody_behind_a_block_is_not_shown(ana, ben, group):
    seq = say(ben, group, "look").seq
    actions.pin_message(ana, group, seq=seq)
    assert [line.words for line in pages.pinned_lines(ana, group_now(group), frozenset())] == [
        "look"
    ]
    block(ana, ben)

    assert pages.pinned_lines(ana, group_now(group), pages.blocked_ids(ana)) == []


def group_now(group: Conversation) -> Conversation:
    return Conversation.objects.get(pk=group.pk)
