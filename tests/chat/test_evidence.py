"""What reports of messages and conversations keep: what the reporter saw, ten messages around."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse

from accounts import actions as people
from accounts.models import Block, Report
from chat import actions
from chat.evidence import CONTEXT
from chat.models import Membership
from tests.chat.factories import ask, say
from tests.factories import befriend

pytestmark = pytest.mark.django_db(transaction=True)


def bodies(report: Report) -> list[str]:
    return [card["body"] for card in report.evidence["messages"] if card["body"]]


def test_a_message_is_kept_with_ten_around_it(ana, ben, group):
    said = [say(ben, group, f"words {number}") for number in range(30)]

    made = people.report(ana, "message", said[15].id, reason="harassment")

    assert bodies(made) == [f"words {n}" for n in range(15 - CONTEXT, 16 + CONTEXT)]
    assert made.evidence["message"] == str(said[15].id)
    assert made.owner == ben


def test_it_outlives_unsending_and_leaving(ana, ben, group):
    said = say(ben, group, "you idiot")
    made = people.report(ana, "message", said.id, reason="harassment")

    actions.unsend_message(ben, group, seq=said.seq)
    actions.leave(ben, group)

    made.refresh_from_db()
    assert bodies(made) == ["you idiot"]


def test_it_holds_nothing_that_the_reporter_may_not_see(ana, ben, zoe, group):
    group.shows_history = False
    group.save()
    say(ben, group, "before Zoe came")
    befriend(ana, zoe)
    actions.add_member(ana, group, zoe)
    said = say(ben, group, "and now")

    made = people.report(zoe, "message", said.id, reason="spam")

    assert "before Zoe came" not in str(made.evidence)


def test_nobody_in_it_learns_how_others_voted(ana, ben, group):
    asked = ask(ana, group, "Which film?", ["Meadow", "Chase"], anonymous=True)
    actions.vote(ben, group, seq=asked.seq, options=[1])

    made = people.report(ben, "message", asked.id, reason="spam")

    poll = next(card["poll"] for card in made.evidence["messages"] if card["poll"])
    assert poll["mine"] is None


def test_strangers_and_removed_members_have_nothing_to_report(ana, ben, zoe, kid, group):
    said = say(ana, group)
    actions.remove_member(ana, group, ben)

    for outsider in (zoe, ben, kid):
        for kind, key in (("message", said.id), ("conversation", group.pk)):
            with pytest.raises(Http404):
                people.report(outsider, kind, key, reason="spam")


def test_own_messages_and_system_lines_are_not_reported(ana, group):
    with pytest.raises(ValidationError):
        people.report(ana, "message", say(ana, group).id, reason="spam")
    with pytest.raises(Http404):
        people.report(ana, "message", group.messages.get(seq=1).pk, reason="spam")


def test_a_reported_request_is_declined_and_its_sender_sees_no_difference(ana, ben, zoe):
    request = actions.start_direct(zoe, ben)
    say(zoe, request, "buy this")

    made = people.report(ben, "conversation", request.pk, reason="spam", block=True)

    assert bodies(made) == ["buy this"]
    assert Block.objects.filter(blocker=ben, blocked=zoe).exists()
    side = Membership.objects.get(conversation=request, user=ben)
    assert side.state == Membership.State.ENDED
    assert Membership.objects.get(conversation=request, user=zoe).is_active


def test_an_invitation_tells_a_report_no_more_than_its_guest(ana, ben, zoe, group):
    say(ana, group, "secret plans")
    befriend(ana, zoe)
    zoe.asks_before_groups = True
    zoe.save()
    actions.add_member(ana, group, zoe)

    made = people.report(zoe, "conversation", group.pk, reason="spam")

    assert group.title not in str(made.evidence)
    assert "secret plans" not in str(made.evidence)
    assert made.title == "An invitation to a group"
    assert made.owner == ana
    assert not Membership.objects.current().filter(conversation=group, user=zoe).exists()


def test_a_report_of_a_message_by_rest(api, ana, ben, group):
    said = say(ben, group, "spam spam")

    answer = api(ana).post(
        "/api/v1/reports/", {"kind": "message", "id": str(said.id), "reason": "spam"}, format="json"
    )

    assert answer.status_code == 201
    assert answer.json()["title"] == "A message from @ben"


# --- Replies in a channel -------------------------------------------------------------------------


@pytest.fixture
def reply(ana, ben, zoe):
    """What Ben answered to a post of Ana's channel, which Zoe follows, too."""
    channel = actions.create_channel(ana, title="News", handle="news")
    actions.change_channel(ana, channel, opens_replies=True)
    for follower in (ben, zoe):
        actions.follow_channel(follower, channel)
    post = say(ana, channel, "first light")
    return actions.reply(ben, channel, seq=post.seq, body="you fool", client_id=uuid4())


def test_a_reply_is_kept_with_its_post(ana, ben, zoe, reply):
    made = people.report(zoe, "reply", reply.pk, reason="harassment", block=True)

    assert (made.owner, made.title) == (ben, "A reply from @ben")
    assert (made.evidence["reply"], made.evidence["body"]) == (str(reply.pk), "you fool")
    assert bodies(made) == ["first light"]
    assert Block.objects.filter(blocker=zoe, blocked=ben).exists()


def test_who_may_not_read_a_reply_does_not_report_it(ana, ben, zoe, kid, mod, reply):
    actions.leave(zoe, reply.post.conversation)

    for person in (zoe, kid, mod):
        with pytest.raises(Http404):
            people.report(person, "reply", reply.pk, reason="spam")
    with pytest.raises(ValidationError) as own:
        people.report(ben, "reply", reply.pk, reason="spam")
    actions.remove_reply(ben, reply.post.conversation, reply_id=reply.pk)
    with pytest.raises(Http404):
        people.report(ana, "reply", reply.pk, reason="spam")

    assert own.value.code == "report.self"


def test_others_replies_are_offered_to_be_reported(browser, ana, ben, reply):
    page = reverse("chat:replies", args=[reply.post.conversation_id, reply.post.seq])
    report = reverse("accounts:report", args=["reply", reply.pk])

    assert report in browser(ana).get(page).content.decode()
    assert report not in browser(ben).get(page).content.decode()
    assert "Block Ben, too" in browser(ana).get(report).content.decode()
