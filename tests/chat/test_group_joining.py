"""Coming into a group: links (R22), approval (R23), questions, doors that are closed (R15, R28)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Refused
from chat import actions, entrances
from chat.actions.invites import digest_of
from chat.models import Conversation, Invite, JoinRequest, Membership, Message
from tests.chat.factories import make_group, say
from tests.chat.test_actions_direct import code_of, state_of
from tests.chat.test_actions_groups import notices
from tests.chat.test_writer import at_once
from tests.factories import befriend, block, make_user

pytestmark = pytest.mark.django_db(transaction=True)

State = Membership.State


@pytest.fixture
def link(ana, group) -> str:
    """The token of a link that lets everybody in."""
    return actions.make_invite(ana, group).token


def join(person, token, **options):
    return actions.join(person, token, accepted=True, **options)


def invalid_code(call) -> str:
    with pytest.raises(ValidationError) as refusal:
        call()
    return str(refusal.value.code)


# --- Links ----------------------------------------------------------------------------------------


def test_a_link_is_long_and_kept_as_a_digest(ana, group):
    made = actions.make_invite(ana, group, label=" Choir ")

    assert len(made.token) >= 22  # 128 bits in base64
    assert made.invite.digest == digest_of(made.token)
    assert made.token not in str(Invite.objects.values().get())
    assert made.invite.label == "Choir"


def test_whoever_holds_a_link_joins_by_it(zoe, group, link):
    request = join(zoe, link)

    assert request.state == JoinRequest.State.JOINED
    assert state_of(zoe, group) == State.ACTIVE
    assert notices(group)[-1] == "member.linked"
    assert Invite.objects.get().used == 1


def test_who_came_by_which_link_is_known(ana, zoe, group, link):
    actions.make_invite(ana, group)
    join(zoe, link)

    came = {invite.digest: people for invite, people in entrances.invites_of(group)}

    assert came[digest_of(link)] == [zoe]
    assert sum(len(people) for people in came.values()) == 1


def test_joining_twice_is_once(zoe, group, link):
    join(zoe, link)
    join(zoe, link)

    assert Invite.objects.get().used == 1
    assert notices(group).count("member.linked") == 1


def test_nobody_joins_unasked(zoe, group, link):
    assert invalid_code(lambda: actions.join(zoe, link)) == "join.unaccepted"
    assert not Membership.objects.filter(user=zoe).exists()


def test_a_token_that_never_was_leads_nowhere(zoe):
    with pytest.raises(Http404):
        join(zoe, "nothing")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "invite.expired"),
        ({"use_limit": 2, "used": 2}, "invite.used_up"),
        ({"revoked_at": timezone.now()}, "invite.revoked"),
    ],
)
def test_a_link_that_is_over_lets_nobody_in(zoe, group, link, fields, code):
    Invite.objects.update(**fields)

    assert code_of(lambda: join(zoe, link)) == code
    assert code_of(lambda: actions.open_invite(zoe, link)) == code


def test_a_withdrawn_link_is_over(ana, zoe, group, link):
    actions.revoke_invite(ana, group, Invite.objects.get().pk)

    assert code_of(lambda: join(zoe, link)) == "invite.revoked"


def test_the_last_use_goes_to_one(ana, group):
    token = actions.make_invite(ana, group, use_limit=1).token
    people = [make_user() for _ in range(3)]

    outcomes = at_once(*[lambda who=person: join(who, token) for person in people])

    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused == ["invite.used_up"] * 2


def test_the_last_place_goes_to_one(ana, group, link, monkeypatch):
    people = [make_user() for _ in range(3)]
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY", 3)

    outcomes = at_once(*[lambda who=person: join(who, link) for person in people])

    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused == ["policy.R21"] * 2
    assert Invite.objects.get().used == 1


@pytest.mark.parametrize(
    "wanted", [{"seconds": 5}, {"seconds": 400 * 86400}, {"use_limit": 0}, {"use_limit": 1025}]
)
def test_links_have_their_limits(ana, group, wanted):
    assert invalid_code(lambda: actions.make_invite(ana, group, **wanted)) == "invite.range"


def test_labels_have_a_limit(ana, group):
    assert invalid_code(lambda: actions.make_invite(ana, group, label="x" * 41)) == "label.too_long"


def test_links_are_for_those_who_run_the_group(ana, ben, group, link):
    invite = Invite.objects.get()

    assert code_of(lambda: actions.make_invite(ben, group)) == "role.missing"
    assert code_of(lambda: actions.revoke_invite(ben, group, invite.pk)) == "role.missing"


# --- Whom a link does not let in ------------------------------------------------------------------


def test_a_banned_person_is_refused_by_new_links_too(ana, ben, group):
    actions.ban(ana, group, ben)
    token = actions.make_invite(ana, group).token

    assert code_of(lambda: join(ben, token)) == "member.banned"
    assert code_of(lambda: actions.open_invite(ben, token)) == "member.banned"


def test_a_block_with_the_owner_is_not_told(ana, zoe, group, link):
    block(ana, zoe)

    assert code_of(lambda: join(zoe, link)) == "policy.unreachable"
    assert code_of(lambda: actions.open_invite(zoe, link)) == "policy.unreachable"


def test_children_do_not_join(kid, group, link):
    assert code_of(lambda: join(kid, link)) == "policy.R2"


def test_a_minor_joins_where_a_friend_is(ben, teo, group, link):
    assert code_of(lambda: join(teo, link)) == "policy.R22"

    befriend(teo, ben)
    assert invalid_code(lambda: actions.join(teo, link)) == "join.unaccepted"
    assert join(teo, link).state == JoinRequest.State.JOINED


def test_a_friend_who_left_lets_no_minor_in(ben, teo, group, link):
    befriend(teo, ben)
    actions.leave(ben, group)

    assert code_of(lambda: join(teo, link)) == "policy.R22"


def test_a_big_group_takes_no_minor_by_link(ben, teo, group, link, monkeypatch):
    befriend(teo, ben)
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY_WITH_MINOR", 2)

    assert code_of(lambda: join(teo, link)) == "policy.R21"


# --- Questions and approval -----------------------------------------------------------------------


def test_questions_are_answered_first(ana, zoe, group, link):
    actions.set_joining(ana, group, questions=["Who are you?", " ", "Why?"])

    assert invalid_code(lambda: join(zoe, link, answers=["Zoe", " "])) == "join.unanswered"
    assert invalid_code(lambda: join(zoe, link, answers=["Zoe", "x" * 501])) == "answer.too_long"
    join(zoe, link, answers=["Zoe", "Films"])

    assert JoinRequest.objects.get().answers == [
        {"question": "Who are you?", "answer": "Zoe"},
        {"question": "Why?", "answer": "Films"},
    ]


def test_a_group_asks_three_short_questions(ana, group):
    four = lambda: actions.set_joining(ana, group, questions=["a", "b", "c", "d"])  # noqa: E731
    long = lambda: actions.set_joining(ana, group, questions=["x" * 141])  # noqa: E731

    assert (invalid_code(four), invalid_code(long)) == ("questions.too_many", "questions.too_long")


def test_whoever_waits_is_let_in_by_a_yes(ana, zoe, group):
    token = actions.make_invite(ana, group, asks_approval=True).token

    assert join(zoe, token).state == JoinRequest.State.WAITING
    assert not Membership.objects.filter(user=zoe).exists()
    actions.approve(ana, group, zoe)

    assert state_of(zoe, group) == State.ACTIVE
    assert notices(group)[-1] == "member.approved"
    assert Invite.objects.get().used == 1


def test_whoever_is_turned_away_may_ask_again(ana, zoe, group):
    token = actions.make_invite(ana, group, asks_approval=True).token
    join(zoe, token)

    actions.turn_away(ana, group, zoe)

    assert not Membership.objects.filter(user=zoe).exists()
    assert notices(group) == ["group.created"]
    assert join(zoe, token).state == JoinRequest.State.WAITING


def test_whoever_asked_may_think_again(ana, zoe, group):
    token = actions.make_invite(ana, group, asks_approval=True).token
    join(zoe, token)

    actions.withdraw(zoe, token)

    with pytest.raises(Http404):
        actions.approve(ana, group, zoe)


def test_whoever_was_banned_while_waiting_is_not_let_in(ana, zoe, group):
    token = actions.make_invite(ana, group, asks_approval=True).token
    join(zoe, token)

    actions.ban(ana, group, zoe)

    with pytest.raises(Http404):
        actions.approve(ana, group, zoe)
    assert code_of(lambda: join(zoe, token)) == "member.banned"


def test_members_approve_nobody(ana, ben, zoe, group):
    join(zoe, actions.make_invite(ana, group, asks_approval=True).token)

    assert code_of(lambda: actions.approve(ben, group, zoe)) == "role.missing"
    assert code_of(lambda: actions.turn_away(ben, group, zoe)) == "role.missing"


def test_with_approval_on_friends_of_members_wait_too(ana, ben, zoe, group):
    actions.set_joining(ana, group, approves=True)
    befriend(ben, zoe)

    waiting = actions.add_member(ben, group, zoe)

    assert isinstance(waiting, JoinRequest)
    assert (waiting.state, waiting.added_by) == (JoinRequest.State.WAITING, ben)
    assert actions.add_member(ben, group, zoe).pk == waiting.pk
    actions.approve(ana, group, zoe)
    assert state_of(zoe, group) == State.ACTIVE


def test_with_approval_on_an_accepted_invitation_of_a_member_waits(ana, ben, zoe, group):
    actions.set_joining(ana, group, approves=True)
    befriend(ben, zoe)
    zoe.asks_before_groups = True
    zoe.save()
    actions.add_member(ben, group, zoe)

    actions.accept(zoe, group)

    assert state_of(zoe, group) == State.ENDED
    assert JoinRequest.objects.waiting().get().user == zoe


# --- Groups that minors make (R23) ----------------------------------------------------------------


@pytest.fixture
def teens(teo):
    """Teo's group with Eve, whom he made an admin."""
    eve = make_user("eve")
    befriend(teo, eve)
    group = make_group(teo, eve)
    actions.give_role(teo, group, eve, role="admin")
    return group


def test_a_minor_s_group_approves_whoever_joins(teo, zoe, teens):
    eve = teens.memberships.get(role="admin").user
    befriend(eve, zoe)

    assert actions.add_member(eve, teens, zoe).state == JoinRequest.State.WAITING
    assert code_of(lambda: actions.approve(eve, teens, zoe)) == "role.missing"
    actions.approve(teo, teens, zoe)
    assert state_of(zoe, teens) == State.ACTIVE


def test_whom_the_creator_adds_is_approved(teo, teens):
    friend = make_user()
    befriend(teo, friend)

    assert actions.add_member(teo, teens, friend).state == State.ACTIVE


def test_a_minor_s_group_stays_with_approval(teo, teens):
    verb = lambda: actions.set_joining(teo, teens, approves=False)  # noqa: E731
    assert code_of(verb) == "policy.R23"


def test_once_the_creator_left_the_owner_approves(teo, zoe, teens):
    eve = teens.memberships.get(role="admin").user
    other = make_user()
    befriend(eve, other)
    befriend(teo, other)
    actions.add_member(teo, teens, other)
    befriend(other, zoe)
    actions.leave(teo, teens)

    assert actions.add_member(other, teens, zoe).state == JoinRequest.State.WAITING
    assert actions.approve(eve, teens, zoe).state == JoinRequest.State.JOINED


# --- History (R25) --------------------------------------------------------------------------------


@pytest.mark.parametrize(("shows", "seen"), [(True, ["before", "after"]), (False, ["after"])])
def test_who_joins_by_a_link_sees_what_the_group_shows(ana, zoe, group, link, shows, seen):
    actions.set_joining(ana, group, shows_history=shows)
    say(ana, group, "before")
    join(zoe, link)
    say(ana, group, "after")

    messages = Message.objects.visible_to(zoe).filter(notice__isnull=True).order_by("seq")
    assert [message.body for message in messages] == seen
    assert Conversation.objects.get(pk=group.pk).shows_history is shows
