"""Threads under a group's messages: where they stand, what their root tells, what unsending
does."""

from typing import Any

import pytest
from django.urls import reverse

from chat import actions, changes
from chat.models import Conversation, Membership, Message
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei(ana):
    mei = make_user("mei")
    befriend(ana, mei)
    return mei


@pytest.fixture
def crew(ana, ben, mei) -> Conversation:
    return make_group(ana, ben, mei)


def root_of(group: Conversation, seq: int) -> Message:
    return Message.objects.get(conversation=group, seq=seq)


def test_root_tells_how_many_and_who_the_latest_first(ana, ben, mei, crew):
    root = say(ana, crew, "what shall we watch").seq

    for author in (ben, mei, ben):
        last = say(author, crew, "this", thread=root).seq

    assert root_of(crew, root).replies == {
        "count": 3,
        "last": last,
        "people": [str(ben.pk), str(mei.pk)],
    }


def test_thread_message_has_a_place_of_its_own_and_counts_as_unread(ana, ben, crew):
    root = say(ana, crew).seq
    before = Membership.objects.get(conversation=crew, user=ana).read_seq

    stored = say(ben, crew, "under it", thread=root)

    assert stored.seq == root + 1
    assert stored.message.thread == root
    mine: Any = Membership.objects.inbox(ana).get()
    assert mine.unread == stored.seq - before


def test_who_was_away_learns_of_both_the_message_and_its_root(ana, ben, crew):
    root = say(ana, crew).seq
    after = Conversation.objects.get(pk=crew.pk).revision

    say(ben, crew, "under it", thread=root)

    found = changes.changes_after(crew.pk, after).events
    assert [(event["seq"], event["thread"]) for event in found] == [(root + 1, root), (root, None)]
    assert found[1]["replies"]["count"] == 1


def test_unsending_in_a_thread_counts_it_anew(ana, ben, mei, crew):
    root = say(ana, crew).seq
    say(ben, crew, thread=root)
    gone = say(mei, crew, thread=root).seq

    actions.unsend_message(mei, crew, seq=gone)

    assert root_of(crew, root).replies == {"count": 1, "last": root + 1, "people": [str(ben.pk)]}
    actions.unsend_message(ben, crew, seq=root + 1)
    assert root_of(crew, root).replies is None


def test_new_member_without_history_reads_what_answers_what_they_cannot_see(ana, ben, crew):
    root = say(ana, crew).seq
    Conversation.objects.filter(pk=crew.pk).update(shows_history=False)
    eve = make_user("eve")
    befriend(ana, eve)
    actions.add_member(ana, crew, eve)

    seq = say(ben, crew, "still on it", thread=root).seq

    theirs = Membership.objects.get(conversation=crew, user=eve)
    assert root <= theirs.from_seq
    shown = Message.objects.visible_to(eve).in_main_list(theirs.from_seq)
    assert seq in shown.values_list("seq", flat=True)


def test_a_place_inside_a_thread_leads_to_its_root(browser, api, ana, ben, group):
    root = say(ana, group, "who drives").seq
    inside = say(ben, group, "me", thread=root).seq
    later = say(ana, group, "good").seq
    url = reverse("chat:history", args=[group.pk])

    told = browser(ana).get(url, {"around": inside})
    plain = browser(ana).get(url, {"around": later})
    near = {"thread": root, "around": inside}
    by_rest = api(ana).get(f"/api/v1/conversations/{group.pk}/messages/", near).json()["results"]

    assert told["X-Thread"] == str(root)
    assert f'data-seq="{root}"' in told.content.decode()
    assert "X-Thread" not in plain
    assert [(each["seq"], each["thread"]) for each in by_rest] == [(inside, root), (root, None)]
