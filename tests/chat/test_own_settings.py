"""What somebody keeps for themselves: what it changes for them, and that nobody else hears it."""

import pytest

from accounts.pool import in_thread
from chat import actions, cards, pages
from chat.models import Membership, Message
from tests.chat.channels import make_channel
from tests.chat.client import connected
from tests.chat.factories import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


def part(user, conversation) -> Membership:
    return Membership.objects.select_related("conversation", "user").get(
        user=user, conversation=conversation
    )


# --- Read receipts and typing: who does not show does not see -------------------------------------


async def test_receipts_that_are_off_reach_one_s_own_devices_alone(ana, ben, group):
    seq = (await in_thread(say, ana, group)).seq
    await in_thread(actions.change_settings, ben, group, shows_reading=False)

    async with connected(ana) as other, connected(ben) as one, connected(ben) as own:
        await one.say({"type": "read", "conversation": str(group.pk), "seq": seq})
        told = await own.hear_type("read")
        is_silent = await other.is_silent()

    assert (told["user"], told["seq"]) == (str(ben.pk), seq)
    assert is_silent


async def test_who_shows_no_receipts_sees_none(ana, ben, group):
    seq = (await in_thread(say, ben, group)).seq
    await in_thread(actions.change_settings, ben, group, shows_reading=False)

    async with connected(ana) as one, connected(ben) as other:
        await one.say({"type": "read", "conversation": str(group.pk), "seq": seq})
        await one.hear_type("read")
        assert await other.is_silent()


async def test_typing_that_is_off_is_neither_shown_nor_seen(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        await in_thread(actions.change_settings, ben, group, shows_typing=False)
        await other.hear_type("inbox.changed")
        await in_thread(actions.note_typing, ben, group)
        await in_thread(actions.note_typing, ana, group)

        assert await one.is_silent()
        assert await other.is_silent()


async def test_receipts_that_are_off_are_nowhere_in_rest(api, ana, ben, group):
    seq = (await in_thread(say, ana, group)).seq
    await in_thread(actions.mark_read, ben, group, seq=seq)
    await in_thread(actions.change_settings, ben, group, shows_reading=False)

    def read_by(user, other) -> int:
        detail = api(user).get(f"/api/v1/conversations/{group.pk}/").json()
        return next(m["read_seq"] for m in detail["members"] if m["id"] == str(other.pk))

    assert await in_thread(read_by, ana, ben) == 0
    assert await in_thread(read_by, ben, ana) == 0
    assert await in_thread(read_by, ben, ben) in {0, seq}


def test_the_page_does_not_tell_of_receipts_that_are_off(ana, ben, group):
    seq = say(ana, group).seq
    actions.mark_read(ben, group, seq=seq)
    actions.change_settings(ben, group, shows_reading=False)

    talk = pages.talk_of(ana, part(ana, group)).for_script()

    assert [card["read_seq"] for card in talk["people"]] == [0]


# --- Nobody else hears ----------------------------------------------------------------------------


async def test_only_one_s_own_devices_hear_of_the_list(ana, ben, group):
    async with connected(ana) as one, connected(ben) as other:
        await in_thread(actions.pin_conversation, ana, group, pinned=True)
        told = await one.hear_type("inbox.changed")

        assert told == {"type": "inbox.changed", "conversation": str(group.pk)}
        assert await other.is_silent()


async def test_who_is_asked_to_host_hears_of_it_on_every_page(ana, ben):
    channel = await in_thread(make_channel, ana)

    async with connected(ben) as other:
        await in_thread(actions.invite_host, ana, channel, ben)
        assert (await other.hear_type("inbox.changed"))["conversation"] is None

        await in_thread(actions.end_hosting, ana, channel, ben)
        assert (await other.hear_type("inbox.changed"))["conversation"] is None


def test_settings_take_no_number(ana, ben, group):
    group.refresh_from_db()
    before = group.revision
    actions.nickname(ana, group, ben, name="Benny")
    actions.hush(ana, group, ben, hushed=True)
    actions.archive(ana, group, archived=True)

    group.refresh_from_db()
    assert group.revision == before


def test_events_carry_nothing_of_it(ana, ben, group):
    actions.nickname(ana, group, ben, name="Benny")
    actions.mute(ben, group, span="forever")

    card = cards.member_card(part(ben, group))

    assert card["name"] == "Ben"
    assert {"muted", "nicknames", "hushed", "colour"}.isdisjoint(card)


# --- Nicknames ------------------------------------------------------------------------------------


def test_a_nickname_stands_wherever_they_speak(ana, ben):
    direct = actions.start_direct(ana, ben)
    said = say(ben, direct, "hello")
    say(ana, direct, "hi", reply_to=said.seq)
    actions.nickname(ana, direct, ben, name="Benny")

    talk = pages.talk_of(ana, part(ana, direct))
    row = pages.inbox_rows(ana)[0]

    assert talk.card["name"] == row.card["name"] == "Benny"
    assert talk.messages[0].author["name"] == "Benny"
    assert (talk.messages[1].quote or {})["name"] == "Benny"
    assert pages.talk_of(ben, part(ben, direct)).messages[0].author["name"] == "Ben"


# --- Counting -------------------------------------------------------------------------------------


def test_what_is_muted_or_quiet_does_not_count_on_the_rail(ana, ben, group):
    say(ben, group)
    assert pages.unread_total(ana) == 1

    actions.mute(ana, group, span="8h")
    assert pages.unread_total(ana) == 0
    actions.mute(ana, group, span="off")
    actions.change_settings(ana, group, notify="none")
    assert pages.unread_total(ana) == 0
    actions.change_settings(ana, group, notify="mentions")
    assert pages.unread_total(ana) == 0
    said = say(ben, group, mentions=[str(ana.pk)])
    assert Message.objects.get(pk=said.id).mentions == [str(ana.pk)]
    assert pages.unread_total(ana) == 2


def test_a_silenced_member_makes_nothing_unread(api, ana, ben, group):
    actions.hush(ana, group, ben, hushed=True)
    say(ben, group)

    assert pages.unread_total(ana) == 0
    assert [row.unread for row in pages.inbox_rows(ana)] == [0]
    listed = api(ana).get("/api/v1/conversations/").json()["results"]
    assert [each["unread"] for each in listed] == [0]


def test_a_mark_counts_as_one_and_goes_with_reading(ana, ben, group):
    actions.mark_read(ana, group, seq=99)
    actions.mark_conversation(ana, group, unread=True)
    assert pages.unread_total(ana) == 1
    assert [row.is_unread for row in pages.inbox_rows(ana, show="unread")] == [True]

    actions.mark_read(ana, group, seq=99)

    assert pages.unread_total(ana) == 0


@pytest.mark.parametrize(
    ("notify", "hushed", "muted", "is_mentioned", "wants"),
    [
        ("all", False, "off", False, True),
        ("all", True, "off", True, False),
        ("all", False, "1h", True, False),
        ("mentions", False, "off", False, False),
        ("mentions", False, "off", True, True),
        ("none", False, "off", True, False),
    ],
)
def test_who_is_notified(ana, ben, group, notify, hushed, muted, is_mentioned, wants):
    actions.change_settings(ana, group, notify=notify)
    actions.hush(ana, group, ben, hushed=hushed)
    actions.mute(ana, group, span=muted)

    membership = part(ana, group)

    assert membership.wants_to_hear_of(ben.pk, is_mentioned=is_mentioned) is wants


def test_pinned_ones_stand_first_the_last_pinned_before(ana, ben, group):
    from tests.chat.factories import make_group

    others = [make_group(ana, ben, title=title) for title in ("One", "Two")]
    actions.pin_conversation(ana, group, pinned=True)
    actions.pin_conversation(ana, others[0], pinned=True)
    say(ben, others[1])

    titles = [row.card["name"] for row in pages.inbox_rows(ana)]

    assert titles == ["One", "Friday film", "Two"]
