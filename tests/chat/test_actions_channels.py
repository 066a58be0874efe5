"""Channels: who makes, follows, hosts and leaves them, and what is stored of it (R27)."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts import actions as people
from accounts.errors import Refused
from accounts.models import User
from chat import actions
from chat.models import Channel, Conversation, Host, Message
from tests.chat.channels import make_channel
from tests.chat.factories import say
from tests.factories import befriend, block

pytestmark = pytest.mark.django_db(transaction=True)


def follower_count(channel: Conversation) -> int:
    return Channel.objects.get(pk=channel.pk).follower_count


def role_of(channel: Conversation, person: User) -> str | None:
    membership = channel.membership_of(person)
    return membership.role if membership else None


def revision(channel: Conversation) -> int:
    return Conversation.objects.get(pk=channel.pk).revision


# --- Making one -----------------------------------------------------------------------------------


def test_creator_owns_the_channel(ana):
    channel = actions.create_channel(ana, title=" Meadow ", handle="@Meadow", description="Birds.")

    assert (channel.kind, channel.title, channel.channel.handle) == ("channel", "Meadow", "Meadow")
    assert channel.charter.description == "Birds."
    assert role_of(channel, ana) == "owner"
    assert follower_count(channel) == 0
    assert [message.notice and message.notice["code"] for message in channel.messages.all()] == [
        "channel.created"
    ]


@pytest.mark.parametrize(("who", "code"), [("teo", "policy.R7"), ("kid", "policy.R2")])
def test_only_adults_make_channels(request, who, code):
    with pytest.raises(Refused) as refusal:
        actions.create_channel(request.getfixturevalue(who), title="Mine", handle="mine")

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "name.blank"),
        ({"title": "x" * 81}, "title.too_long"),
        ({"handle": "a b"}, "handle.shape"),
        ({"handle": "admin"}, "handle.reserved"),
        ({"handle": "TAKEN"}, "handle.taken"),
        ({"description": "x" * 301}, "description.too_long"),
    ],
)
def test_channel_is_well_named(ana, ben, fields, code):
    make_channel(ben, handle="taken")

    with pytest.raises(ValidationError) as error:
        actions.create_channel(ana, **{"title": "Mine", "handle": "mine", **fields})

    assert error.value.code == code
    assert not Conversation.objects.filter(creator=ana).exists()


# --- Following ------------------------------------------------------------------------------------


def test_following_is_one_row_and_no_number(ana, zoe):
    channel = make_channel(ana)
    say(ana, channel, "first")
    before = revision(channel)

    actions.follow_channel(zoe, channel)
    actions.follow_channel(zoe, channel)

    membership = channel.memberships.get(user=zoe)
    assert (membership.state, membership.role) == ("active", "member")
    assert membership.send_refusal == "channel.read_only"
    assert (membership.from_seq, membership.read_seq, membership.revision) == (0, 2, 0)
    assert (revision(channel), follower_count(channel)) == (before, 1)


def test_who_leaves_and_returns_is_counted_once(ana, zoe):
    channel = make_channel(ana, zoe)

    actions.leave(zoe, channel)
    with pytest.raises(Http404):
        actions.leave(zoe, channel)
    gone = follower_count(channel)
    actions.follow_channel(zoe, channel)

    assert (gone, follower_count(channel)) == (0, 1)
    assert channel.memberships.filter(user=zoe).count() == 1


def test_teen_follows_and_caps_nothing_and_child_does_not(ana, teo, kid):
    channel = make_channel(ana, teo)

    with pytest.raises(Refused) as refusal:
        actions.follow_channel(kid, channel)

    assert refusal.value.code == "policy.R2"
    assert role_of(channel, teo) == "member"


def test_nobody_follows_across_a_block(ana, zoe):
    channel = make_channel(ana)
    block(ana, zoe)

    with pytest.raises(Refused) as refusal:
        actions.follow_channel(zoe, channel)

    assert refusal.value.code == "policy.unreachable"
    assert not Channel.objects.visible_to(zoe).exists()


@pytest.mark.parametrize("blocker", ["ana", "zoe"])
def test_block_ends_following_either_way(request, ana, zoe, blocker):
    channel = make_channel(ana, zoe)
    one, other = (ana, zoe) if blocker == "ana" else (zoe, ana)

    people.block(one, other)

    assert channel.membership_of(zoe) is None
    assert channel.membership_of(ana) is not None
    assert follower_count(channel) == 0


def test_block_between_followers_parts_nobody_from_the_channel(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)

    people.block(ben, zoe)

    assert follower_count(channel) == 2


def test_settings_and_birthdays_let_no_follower_write(ana, zoe):
    channel = make_channel(ana, zoe)

    people.update_privacy(zoe, messages_from="friends")

    assert channel.memberships.get(user=zoe).send_refusal == "channel.read_only"
    assert channel.memberships.get(user=ana).send_refusal is None


def test_host_removes_a_follower_and_a_banned_one_stays_out(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)

    actions.remove_follower(ana, channel, ben)
    actions.remove_follower(ana, channel, zoe, bans=True)
    actions.follow_channel(ben, channel)
    with pytest.raises(Refused) as refusal:
        actions.follow_channel(zoe, channel)
    banned = follower_count(channel)
    actions.readmit(ana, channel, zoe)
    actions.follow_channel(zoe, channel)

    assert refusal.value.code == "member.banned"
    assert (banned, follower_count(channel)) == (1, 2)


def test_groups_verbs_about_people_are_not_for_channels(ana, ben):
    channel = make_channel(ana, ben)

    for verb, more in (
        (actions.remove_member, {}),
        (actions.ban, {}),
        (actions.give_role, {"role": "moderator"}),
        (actions.hand_over, {}),
        (actions.silence, {"seconds": 60}),
        (actions.add_member, {}),
    ):
        with pytest.raises(Refused) as refusal:
            verb(ana, channel, ben, **more)
        assert refusal.value.code == "group.only"


# --- Hosting --------------------------------------------------------------------------------------


def test_friend_hosts_after_saying_yes(ana, ben):
    channel = make_channel(ana, ben)

    actions.invite_host(ana, channel, ben)
    asked = role_of(channel, ben)
    actions.accept_hosting(ben, channel)
    say(ben, channel, "I help")

    assert (asked, role_of(channel, ben)) == ("member", "admin")
    assert follower_count(channel) == 0
    assert Message.objects.filter(conversation=channel, notice__code="host.joined").count() == 1


def test_who_does_not_follow_yet_can_be_asked_and_say_no(ana, ben):
    channel = make_channel(ana)

    actions.invite_host(ana, channel, ben)
    actions.decline_hosting(ben, channel)

    assert channel.membership_of(ben) is None
    assert not Host.objects.filter(user=ben).exists()
    with pytest.raises(Http404):
        actions.accept_hosting(ben, channel)


def test_only_adult_friends_are_asked_by_the_owner_alone(ana, ben, zoe, teo):
    channel = make_channel(ana, ben, zoe)
    befriend(ana, teo)

    codes = []
    for actor, person in ((ana, zoe), (ana, teo), (ben, zoe)):
        with pytest.raises(Refused) as refusal:
            actions.invite_host(actor, channel, person)
        codes.append(refusal.value.code)

    assert codes == ["policy.R20", "policy.unreachable", "role.missing"]


def test_co_host_steps_down_to_following(ana, ben):
    channel = make_channel(ana, ben)
    actions.invite_host(ana, channel, ben)
    actions.accept_hosting(ben, channel)

    actions.end_hosting(ana, channel, ben)

    membership = channel.memberships.get(user=ben)
    assert (membership.role, membership.send_refusal) == ("member", "channel.read_only")
    assert follower_count(channel) == 1


def test_owner_hands_over_on_leaving_and_never_to_a_follower(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)

    with pytest.raises(Refused) as refusal:
        actions.leave(ana, channel)
    actions.invite_host(ana, channel, ben)
    actions.accept_hosting(ben, channel)
    actions.leave(ana, channel)

    assert refusal.value.code == "channel.last_host"
    assert (role_of(channel, ana), role_of(channel, ben)) == (None, "owner")
    assert Conversation.objects.get(pk=channel.pk).creator == ben
    assert follower_count(channel) == 1


def test_hosts_have_no_right_by_which_followers_would_be_seen(ana):
    channel = make_channel(ana)
    owner = channel.memberships.get(user=ana)

    rights = {r for r in ("send", "media", "poll", "pin", "mention_all", "timer", "watch", "add")
              if owner.may(r)}  # fmt: skip

    assert rights == {"send", "media", "poll", "pin"}


# --- Changing it ----------------------------------------------------------------------------------


def test_hosts_change_handle_and_replies(ana, zoe):
    channel = make_channel(ana, zoe)
    make_channel(ana, handle="other")

    actions.change_channel(ana, channel, handle="dawn", opens_replies=True)
    with pytest.raises(ValidationError) as error:
        actions.change_channel(ana, channel, handle="OTHER")
    with pytest.raises(Refused) as refusal:
        actions.change_channel(zoe, channel, opens_replies=False)

    changed = Channel.objects.get(pk=channel.pk)
    assert (changed.handle, changed.opens_replies) == ("dawn", True)
    assert (error.value.code, refusal.value.code) == ("handle.taken", "role.missing")
