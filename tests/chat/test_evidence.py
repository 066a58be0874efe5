"""What reports of messages and conversations keep: what the reporter saw, ten messages around."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

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
