"""Running a group: roles and rights (R24), silence, slow mode, freeze (R26), bans (R28)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from chat import actions, changes
from chat.models import Conversation, Membership, Message
from chat.rights import Right, Role
from tests.chat.factories import say
from tests.chat.test_actions_direct import code_of, state_of
from tests.chat.test_actions_groups import notices, role_of
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crew(ana, ben, group):
    """Ana's group by role: Ben is a member, the others are Ana's friends."""
    people = {"owner": ana, "member": ben}
    for role in ("admin", "moderator", "second"):
        people[role] = make_user(role)
        befriend(ana, people[role])
        actions.add_member(ana, group, people[role])
    for role in ("admin", "moderator"):
        actions.give_role(ana, group, people[role], role=role)
    return people


def invalid_code(call) -> str:
    with pytest.raises(ValidationError) as refusal:
        call()
    return str(refusal.value.code)


def can_write(person, group) -> bool:
    """Whether the person may say something there now."""
    membership = Membership.objects.get(user=person, conversation=group)
    return membership.bar(Conversation.objects.get(pk=group.pk), timezone.now()) is None


# --- Roles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "person", "role", "may"),
    [
        ("owner", "member", "admin", True),
        ("owner", "admin", "member", True),
        ("admin", "member", "moderator", True),
        ("admin", "moderator", "member", True),
        ("admin", "member", "admin", False),
        ("admin", "owner", "member", False),
        ("admin", "admin", "moderator", False),
        ("moderator", "member", "moderator", False),
        ("member", "second", "moderator", False),
        ("owner", "owner", "member", False),
    ],
)
def test_roles_are_given_below_ones_own(crew, group, actor, person, role, may):
    if may:
        actions.give_role(crew[actor], group, crew[person], role=role)
        assert role_of(crew[person], group) == role
    else:
        verb = lambda: actions.give_role(crew[actor], group, crew[person], role=role)  # noqa: E731
        assert code_of(verb) == "role.missing"


def test_a_role_is_told_with_a_number_and_a_line(ana, ben, group):
    before = Conversation.objects.get(pk=group.pk).revision

    actions.give_role(ana, group, ben, role="moderator")

    told = changes.changes_after(group.pk, before).events
    assert [event["type"] for event in told] == ["membership.changed", "message.created"]
    assert told[0]["user"]["role"] == "moderator"
    assert notices(group)[-1] == "role.moderator"


def test_the_same_role_changes_nothing(ana, ben, group):
    before = Conversation.objects.get(pk=group.pk).revision

    actions.give_role(ana, group, ben, role="member")

    assert Conversation.objects.get(pk=group.pk).revision == before


def test_nobody_is_made_an_owner_but_by_handing_over(ana, ben, group):
    assert invalid_code(lambda: actions.give_role(ana, group, ben, role="owner")) == "role.unknown"

    actions.hand_over(ana, group, ben)

    assert (role_of(ana, group), role_of(ben, group)) == (Role.ADMIN, Role.OWNER)
    assert notices(group)[-1] == "owner.changed"
    assert code_of(lambda: actions.hand_over(ana, group, ben)) == "role.missing"


def test_who_left_has_no_role_to_come_back_to(crew, group):
    actions.leave(crew["admin"], group)
    actions.add_member(crew["owner"], group, crew["admin"])

    assert role_of(crew["admin"], group) == Role.MEMBER


def test_members_learn_who_runs_the_group_after_its_owner_left(ana, ben, group):
    actions.leave(ana, group)

    assert role_of(ben, group) == Role.OWNER
    assert notices(group) == ["group.created", "owner.changed"]


# --- Rights ---------------------------------------------------------------------------------------


def test_a_group_decides_who_may_do_what(crew, group):
    actions.set_rights(
        crew["admin"], group, lowest={Right.DESCRIBE: "admin", Right.ADD: "moderator"}
    )

    verb = lambda: actions.rename(crew["member"], group, title="Mine")  # noqa: E731
    assert code_of(verb) == "role.missing"
    stranger = make_user()
    befriend(crew["member"], stranger)
    befriend(crew["moderator"], stranger)
    assert code_of(lambda: actions.add_member(crew["member"], group, stranger)) == "role.missing"
    assert actions.add_member(crew["moderator"], group, stranger).state == Membership.State.ACTIVE


def test_rights_as_they_were_leave_nothing_behind(ana, group):
    actions.set_rights(ana, group, lowest={Right.SEND: "admin"})

    decided = actions.set_rights(ana, group, lowest={Right.SEND: "member"})

    assert decided.rights is None


@pytest.mark.parametrize("lowest", [{"fly": "member"}, {"send": "king"}, {"send": "owner"}])
def test_unknown_rights_and_roles_are_refused(ana, group, lowest):
    assert invalid_code(lambda: actions.set_rights(ana, group, lowest=lowest)) == "rights.unknown"


def test_who_may_not_write_is_refused_and_who_may_is_not(crew, group):
    actions.set_rights(crew["owner"], group, lowest={Right.SEND: "moderator"})

    assert code_of(lambda: say(crew["member"], group)) == "role.missing"
    assert say(crew["moderator"], group).seq


# --- Writing --------------------------------------------------------------------------------------


def test_a_frozen_group_hears_its_admins_only(crew, group):
    actions.freeze(crew["admin"], group)

    assert code_of(lambda: say(crew["member"], group)) == "group.frozen"
    assert code_of(lambda: say(crew["moderator"], group)) == "group.frozen"
    assert say(crew["admin"], group).seq

    actions.freeze(crew["owner"], group, frozen=False)
    assert say(crew["member"], group).seq
    assert notices(group)[-2:] == ["group.frozen", "group.thawed"]


def test_words_of_a_frozen_group_stay_as_they_are(crew, group):
    seq = say(crew["member"], group, "before").seq
    actions.freeze(crew["owner"], group)

    verb = lambda: actions.edit_message(crew["member"], group, seq=seq, body="after")  # noqa: E731
    assert code_of(verb) == "group.frozen"


@pytest.mark.parametrize(
    ("start", "end", "hour", "is_quiet"),
    [(22, 7, 23, True), (22, 7, 6, True), (22, 7, 7, False), (9, 17, 12, True), (9, 17, 8, False)],
)
def test_quiet_hours_are_those_of_the_group_s_clock(group, start, end, hour, is_quiet):
    group.quiet_from, group.quiet_until = time(start), time(end)
    group.time_zone = "Asia/Tokyo"  # nine hours ahead, summer and winter
    now = datetime(2026, 5, 4, hour, 30, tzinfo=UTC) - timedelta(hours=9)

    assert group.is_quiet(now) is is_quiet
    assert (group.closed_to(Role.MEMBER, now) == "group.quiet") is is_quiet
    assert group.closed_to(Role.ADMIN, now) is None


def test_in_quiet_hours_members_are_refused(crew, group):
    now = timezone.now()
    hours = ((now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time())
    actions.set_quiet_hours(crew["owner"], group, hours=hours, time_zone="UTC")

    assert code_of(lambda: say(crew["member"], group)) == "group.quiet"
    assert say(crew["owner"], group).seq

    actions.set_quiet_hours(crew["owner"], group, hours=None)
    assert say(crew["member"], group).seq


def test_quiet_hours_have_a_length_and_a_place(ana, group):
    def set_hours(hours, zone=""):
        return invalid_code(
            lambda: actions.set_quiet_hours(ana, group, hours=hours, time_zone=zone)
        )

    assert set_hours((time(7), time(7))) == "quiet.range"
    assert set_hours((time(22), time(7)), "Mars/Base") == "time_zone.unknown"


@pytest.mark.parametrize("seconds", [1, 9, 3601, -5])
def test_slow_mode_waits_ten_seconds_to_an_hour(ana, group, seconds):
    verb = lambda: actions.set_slow_mode(ana, group, seconds=seconds)  # noqa: E731
    assert invalid_code(verb) == "slow.range"


def test_slow_mode_asks_members_to_wait(crew, group):
    actions.set_slow_mode(crew["owner"], group, seconds=60)

    say(crew["member"], group)
    assert code_of(lambda: say(crew["member"], group)) == "rate.slow"
    say(crew["moderator"], group)
    assert say(crew["moderator"], group).seq


# --- Silence, taking down -------------------------------------------------------------------------


def test_a_silenced_member_reads_and_does_not_write(crew, group):
    actions.silence(crew["moderator"], group, crew["member"], seconds=3600)

    assert code_of(lambda: say(crew["member"], group)) == "member.silenced"
    assert Message.objects.visible_to(crew["member"]).exists()

    actions.silence(crew["moderator"], group, crew["member"], seconds=0)
    assert say(crew["member"], group).seq


@pytest.mark.parametrize(
    ("actor", "person"),
    [("moderator", "admin"), ("moderator", "moderator"), ("member", "second"), ("admin", "owner")],
)
def test_silence_comes_from_above(crew, group, actor, person):
    verb = lambda: actions.silence(crew[actor], group, crew[person], seconds=3600)  # noqa: E731
    assert code_of(verb) == "role.missing"


@pytest.mark.parametrize("seconds", [1, 59, 31 * 24 * 3600, -1])
def test_silence_lasts_a_minute_to_thirty_days(ana, ben, group, seconds):
    verb = lambda: actions.silence(ana, group, ben, seconds=seconds)  # noqa: E731
    assert invalid_code(verb) == "silence.range"


def test_moderators_take_down_what_others_said_and_the_trace_says_so(crew, group):
    seq = say(crew["member"], group, "rude").seq

    gone = actions.unsend_message(crew["moderator"], group, seq=seq)

    assert gone.unsent_by == crew["moderator"].pk
    told = changes.changes_after(group.pk, gone.revision - 1).events[0]
    assert (told["type"], told["unsent_by"]) == ("message.unsent", str(crew["moderator"].pk))
    assert gone.edits.get().body == "rude"


def test_what_one_takes_back_oneself_names_nobody(ben, group):
    seq = say(ben, group, "oops").seq

    assert actions.unsend_message(ben, group, seq=seq).unsent_by is None


def test_what_those_above_said_stays(crew, group):
    seq = say(crew["admin"], group, "news").seq

    for actor in ("moderator", "member"):
        verb = lambda who=actor: actions.unsend_message(crew[who], group, seq=seq)  # noqa: E731
        assert code_of(verb) == "message.not_yours"


def test_what_somebody_said_who_left_can_be_taken_down(crew, group):
    seq = say(crew["admin"], group, "bye").seq
    actions.leave(crew["admin"], group)

    assert actions.unsend_message(crew["moderator"], group, seq=seq).is_unsent


# --- Bans -----------------------------------------------------------------------------------------


def test_a_banned_member_is_out_and_stays_out(crew, group):
    actions.ban(crew["admin"], group, crew["member"])

    assert state_of(crew["member"], group) == Membership.State.ENDED
    assert notices(group)[-1] == "member.banned"
    with pytest.raises(Http404):
        say(crew["member"], group)
    verb = lambda: actions.add_member(crew["owner"], group, crew["member"])  # noqa: E731
    assert code_of(verb) == "member.banned"


def test_a_lifted_ban_lets_somebody_be_added_again(crew, group):
    actions.ban(crew["admin"], group, crew["member"])

    actions.lift_ban(crew["admin"], group, crew["member"])

    assert state_of(crew["member"], group) == Membership.State.ENDED
    assert actions.add_member(crew["owner"], group, crew["member"]).state == Membership.State.ACTIVE


@pytest.mark.parametrize(
    ("actor", "person"), [("moderator", "member"), ("member", "second"), ("admin", "owner")]
)
def test_bans_come_from_those_who_run_it(crew, group, actor, person):
    assert code_of(lambda: actions.ban(crew[actor], group, crew[person])) == "role.missing"


def test_a_pending_invitation_does_not_outlive_a_ban(crew, group):
    crew["second"].asks_before_groups = True
    crew["second"].save()
    crew["second"].forget_person()
    actions.leave(crew["second"], group)
    actions.add_member(crew["owner"], group, crew["second"])

    actions.ban(crew["admin"], group, crew["second"])

    with pytest.raises(Http404):
        actions.accept(crew["second"], group)
    assert notices(group)[-1] != "member.banned"


def test_strangers_are_not_banned(crew, group, zoe):
    with pytest.raises(Http404):
        actions.ban(crew["owner"], group, zoe)


# --- Words and picture ----------------------------------------------------------------------------


def test_description_and_rules_are_told(ana, ben, group):
    before = Conversation.objects.get(pk=group.pk).revision

    actions.describe(ana, group, description=" Films on Fridays ", rules="Be kind")

    told = changes.changes_after(group.pk, before).events[0]
    assert (told["type"], told["description"], told["rules"]) == (
        "conversation.changed",
        "Films on Fridays",
        "Be kind",
    )
    assert code_of(lambda: actions.describe(ben, group, rules="Mine")) == "role.missing"
    assert actions.describe(ben, group, description="Ours").charter.description == "Ours"


def test_words_have_their_limits(ana, group):
    long = lambda: actions.describe(ana, group, description="x" * 301)  # noqa: E731
    longer = lambda: actions.describe(ana, group, rules="x" * 1001)  # noqa: E731

    assert (invalid_code(long), invalid_code(longer)) == ("description.too_long", "rules.too_long")


def test_the_same_words_change_nothing(ana, group):
    actions.describe(ana, group, description="Films")
    before = Conversation.objects.get(pk=group.pk).revision

    actions.describe(ana, group, description="Films", rules="")

    assert Conversation.objects.get(pk=group.pk).revision == before


def test_who_can_write_is_what_the_list_says(crew, group):
    actions.freeze(crew["owner"], group)

    assert [name for name, person in sorted(crew.items()) if can_write(person, group)] == [
        "admin",
        "owner",
    ]
