"""Groups: who comes in (R20, R21), who goes (R24, R28), and what everybody reads of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts import policy
from accounts.errors import Refused
from accounts.models import User
from chat import actions
from chat.models import Conversation, Membership, Message
from tests.chat.factories import make_group, say
from tests.chat.test_actions_direct import code_of, state_of
from tests.chat.test_writer import at_once
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)

Role, State = Membership.Role, Membership.State


@pytest.fixture
def eve(ana):
    """Another friend of Ana."""
    eve = make_user("eve")
    befriend(ana, eve)
    return eve


def role_of(user, group) -> str:
    return Membership.objects.get(user=user, conversation=group).role


def notices(group) -> list[str]:
    return [m.notice["code"] for m in group.messages.order_by("seq") if m.notice]


def test_group_begins_with_its_owner_friends_and_a_line(ana, ben):
    group = actions.create_group(ana, title="  Friday   film ", members=[ben, ben, ana])

    assert group.title == "Friday film"
    assert group.not_added == []
    assert [role_of(who, group) for who in (ana, ben)] == [Role.OWNER, Role.MEMBER]
    assert notices(group) == ["group.created"]


def test_who_is_no_friend_is_left_out_with_the_reason(ana, ben, zoe, kid):
    group = actions.create_group(ana, title="All", members=[ben, zoe, kid])

    left_out = [(each.person, each.code) for each in group.not_added]
    assert left_out == [(zoe, "policy.R20"), (kid, "policy.unreachable")]
    assert group.memberships.count() == 2


def test_group_of_nobody_who_can_be_added_is_refused(ana, zoe):
    assert code_of(lambda: actions.create_group(ana, title="Us", members=[zoe])) == "policy.R20"
    assert not Membership.objects.filter(user=ana).exists()


@pytest.mark.parametrize(
    ("title", "code"), [(" ", "name.blank"), ("\u200b", "name.blank"), ("x" * 81, "title.too_long")]
)
def test_title_is_one_visible_line(ana, ben, title, code):
    with pytest.raises(ValidationError) as refusal:
        actions.create_group(ana, title=title, members=[ben])

    assert refusal.value.code == code


def test_who_asks_to_be_asked_is_invited_and_sees_nothing(ana, ben, eve, group):
    eve.asks_before_groups = True
    eve.save()

    membership = actions.add_member(ana, group, eve)

    assert membership.state == State.INVITED
    assert not Message.objects.visible_to(eve).exists()
    assert Membership.objects.requests(eve).get().title == "Invitation to a group"
    assert code_of(lambda: say(eve, group)) == "member.only"
    assert notices(group) == ["group.created"]


def test_accepting_an_invitation_joins(ana, eve, group):
    eve.asks_before_groups = True
    actions.add_member(ana, group, eve)

    actions.accept(eve, group)
    actions.accept(eve, group)

    assert state_of(eve, group) == State.ACTIVE
    assert notices(group) == ["group.created", "member.joined"]


def test_declining_an_invitation_is_quiet(ana, eve, group):
    eve.asks_before_groups = True
    actions.add_member(ana, group, eve)

    actions.decline(eve, group)

    assert state_of(eve, group) == State.ENDED
    assert notices(group) == ["group.created"]


def test_any_member_adds_their_own_friends_only(ben, zoe, eve, group):
    assert code_of(lambda: actions.add_member(ben, group, eve)) == "policy.R20"

    befriend(ben, zoe)
    assert actions.add_member(ben, group, zoe).state == State.ACTIVE
    assert notices(group) == ["group.created", "member.added"]


def test_adding_twice_is_once(ana, eve, group):
    actions.add_member(ana, group, eve)
    actions.add_member(ana, group, eve)

    assert notices(group) == ["group.created", "member.added"]


def test_last_place_goes_to_one(ana, group, monkeypatch):
    friends = [make_user() for _ in range(3)]
    for friend in friends:
        befriend(ana, friend)
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY", 3)

    outcomes = at_once(*[lambda f=friend: actions.add_member(ana, group, f) for friend in friends])

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [outcome.code for outcome in refused] == ["policy.R21"] * 2
    assert group.memberships.active().count() == 3


def test_group_with_a_minor_is_small(ana, teo, eve, group, monkeypatch):
    befriend(ana, teo)
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY_WITH_MINOR", 3)
    actions.add_member(ana, group, teo)

    assert code_of(lambda: actions.add_member(ana, group, eve)) == "policy.R21"


def test_big_group_takes_no_minor(ana, teo, eve, group, monkeypatch):
    befriend(ana, teo)
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY_WITH_MINOR", 3)
    actions.add_member(ana, group, eve)

    assert code_of(lambda: actions.add_member(ana, group, teo)) == "policy.R21"


def test_renaming_takes_a_number_and_a_line(ben, group):
    before = group.memberships.first().conversation.revision

    renamed = actions.rename(ben, group, title="Saturday film")

    assert renamed.title == "Saturday film"
    assert (renamed.changed_revision, renamed.revision) == (before + 1, before + 2)
    assert notices(group) == ["group.created", "group.renamed"]


def test_same_name_changes_nothing(ana, group):
    before = actions.rename(ana, group, title="A").revision

    assert actions.rename(ana, group, title="A").revision == before


def test_removed_member_has_nothing_left(ana, ben, group):
    say(ana, group, "seen")

    actions.remove_member(ana, group, ben)

    assert state_of(ben, group) == State.ENDED
    assert not Message.objects.visible_to(ben).exists()
    assert list(Membership.objects.inbox(ben)) == []
    with pytest.raises(Http404):
        say(ben, group)


def test_members_remove_nobody(ana, ben, eve, group):
    actions.add_member(ana, group, eve)

    for person in (ana, eve, ben):
        assert code_of(lambda who=person: actions.remove_member(ben, group, who)) == "role.missing"


def test_owner_who_leaves_hands_over_to_the_longest_standing_admin(ana, ben, eve, group):
    actions.add_member(ana, group, eve)
    Membership.objects.filter(user=eve).update(role=Role.ADMIN)

    actions.leave(ana, group)

    assert role_of(eve, group) == Role.OWNER
    assert state_of(ana, group) == State.ENDED


def test_owner_without_admins_hands_over_to_the_longest_standing_member(ana, ben, eve, group):
    actions.add_member(ana, group, eve)

    actions.leave(ana, group)

    assert role_of(ben, group) == Role.OWNER


def test_last_one_may_leave(ana, ben, group):
    actions.leave(ben, group)
    actions.leave(ana, group)

    assert group.memberships.active().count() == 0


def test_leaving_is_quiet(ben, group):
    actions.leave(ben, group)

    assert notices(group) == ["group.created"]


def test_whoever_left_comes_back_by_being_added(ana, ben, group):
    actions.leave(ben, group)
    say(ana, group, "meanwhile")

    membership = actions.add_member(ana, group, ben)

    assert isinstance(membership, Membership)
    assert membership.state == State.ACTIVE
    assert membership.read_seq == 2


def test_new_members_see_history_only_where_the_group_says_so(ana, eve, group):
    say(ana, group, "before")
    Conversation.objects.filter(pk=group.pk).update(shows_history=False)

    actions.add_member(ana, group, eve)
    say(ana, group, "after")

    seen = Message.objects.visible_to(eve).filter(notice__isnull=True)
    assert [message.body for message in seen] == ["after"]


def test_outsiders_do_nothing_to_a_group(zoe, ben, group):
    for verb in (
        lambda: actions.rename(zoe, group, title="Mine"),
        lambda: actions.add_member(zoe, group, ben),
        lambda: actions.remove_member(zoe, group, ben),
        lambda: actions.leave(zoe, group),
    ):
        with pytest.raises(Http404):
            verb()


def test_direct_conversation_is_no_group(ana, ben, eve):
    direct = actions.start_direct(ana, ben)

    for verb in (
        lambda: actions.rename(ana, direct, title="Us"),
        lambda: actions.add_member(ana, direct, eve),
        lambda: actions.leave(ana, direct),
    ):
        assert code_of(verb) == "group.only"


def test_group_of_two_is_made_in_few_queries(ana, ben, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        make_group(ana, ben)


# --- Many at once ---------------------------------------------------------------------------------


def queries_of(verb) -> int:
    with CaptureQueriesContext(connection) as asked:
        verb()
    return len(asked)


def friends_of(person: User, count: int) -> list[User]:
    found = [make_user() for _ in range(count)]
    for friend in found:
        befriend(person, friend)
    return found


def test_thirty_two_people_are_added_with_the_queries_of_two(ana, ben):
    one, other = make_group(ana, ben), make_group(ana, ben, title="Another")
    few, many = friends_of(ana, 2), friends_of(ana, 32)

    for_few = queries_of(lambda: actions.add_members(ana, one, few))
    for_many = queries_of(lambda: actions.add_members(ana, other, many))

    assert for_many == for_few
    assert other.memberships.active().count() == 34


def test_a_group_of_thirty_two_is_made_with_the_queries_of_one_of_two(ana):
    few, many = friends_of(ana, 2), friends_of(ana, 32)

    for_few = queries_of(lambda: actions.create_group(ana, title="Few", members=few))
    for_many = queries_of(lambda: actions.create_group(ana, title="Many", members=many))

    assert for_many == for_few


def test_who_comes_back_with_others_is_stored_with_them(ana, ben, group):
    mei, returning = friends_of(ana, 2)
    actions.add_members(ana, group, [mei, returning])
    actions.leave(returning, group)
    actions.leave(mei, group)
    newcomer = friends_of(ana, 1)[0]

    added = actions.add_members(ana, group, [mei, returning, newcomer, ben])

    assert [entry.user for entry in added.joined] == [mei, returning, newcomer]
    assert group.memberships.active().count() == 5
    line = group.messages.order_by("seq").last().notice
    assert (line["code"], len(line["people"])) == ("member.added", 3)


def test_of_several_each_is_refused_for_themselves(ana, zoe, teo, monkeypatch):
    """The last place goes to one, a stranger to none; who is asked first takes no place yet."""
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY", 3)
    mei, late = friends_of(ana, 2)
    shy = make_user(asks_before_groups=True)
    befriend(ana, shy)
    group = make_group(ana, friends_of(ana, 1)[0])

    added = actions.add_members(ana, group, [zoe, mei, shy, late])

    assert [(entry.user, entry.state) for entry in added.entries] == [
        (mei, "active"),
        (shy, "invited"),
    ]
    assert [(each.person, each.code) for each in added.not_added] == [
        (zoe, "policy.R20"),
        (late, "policy.R21"),
    ]
