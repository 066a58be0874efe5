"""What people are told about conversations beside their inbox: the sentence and its place for each
verb, nothing once it was answered, and nothing that R2, R12, R15, R16, R20 or R28 keep from
them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification, NotificationChoice, OutboxJob, User
from accounts.notifications import Channel, kinds
from accounts.notifications.choices import channels_of
from accounts.notifications.shown import Shown, shown
from accounts.push.lines import push_of
from chat import actions
from chat.actions.taking_down import take_down_message
from chat.models import Conversation, Membership, Message, Poll
from chat.models.personal import FOREVER, Notify
from chat.notifications import KINDS
from tests.accounts.staff import suspend
from tests.accounts.told import lines_of, run_jobs, told
from tests.chat.factories import ask, make_group, say
from tests.factories import befriend, block, make_user, years_ago
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

TRAY = "/inbox/requests/"
Step = tuple[User, str, str, str]  # receiver, sentence, where it leads, what is shown of the thing


def only_line(user: User) -> Shown:
    """The one line that somebody reads."""
    (one,) = shown(user, lines_of(user))
    return one


def place_of(conversation: Conversation, seq: int) -> str:
    return f"{conversation.get_absolute_url()}?around={seq}#message-{seq}"


# --- Each verb, and what ends it ------------------------------------------------------------------


def asked_to_write(ana, ben, zoe, group) -> Iterator[Step]:
    talk = actions.start_direct(zoe, ben)
    say(zoe, talk, "hello, may I?")
    yield ben, "Zoe wants to send you messages", TRAY, ""
    actions.accept(ben, talk)


def asked_to_write_and_answered(ana, ben, zoe, group) -> Iterator[Step]:
    talk = actions.start_direct(zoe, ben)
    say(zoe, talk, "hello, may I?")
    yield ben, "Zoe wants to send you messages", TRAY, ""
    say(ben, talk, "you may")


def asked_to_write_and_declined(ana, ben, zoe, group) -> Iterator[Step]:
    talk = actions.start_direct(zoe, ben)
    say(zoe, talk, "hello, may I?")
    yield ben, "Zoe wants to send you messages", TRAY, ""
    actions.decline(ben, talk)


def invited(ana, ben, zoe, group) -> Iterator[Step]:
    mei = careful_friend(ana)
    actions.add_member(ana, group, mei)
    yield mei, "Ana invites you to a group", TRAY, ""
    actions.accept(mei, group)


def invited_and_declined(ana, ben, zoe, group) -> Iterator[Step]:
    mei = careful_friend(ana)
    actions.add_member(ana, group, mei)
    yield mei, "Ana invites you to a group", TRAY, ""
    actions.decline(mei, group)


def invited_and_taken_back(ana, ben, zoe, group) -> Iterator[Step]:
    mei = careful_friend(ana)
    actions.add_member(ana, group, mei)
    yield mei, "Ana invites you to a group", TRAY, ""
    actions.remove_member(ana, group, mei)


def made_admin(ana, ben, zoe, group) -> Iterator[Step]:
    actions.give_role(ana, group, ben, role="admin")
    yield ben, "Ana made you an admin", group.get_absolute_url(), "Friday film"
    actions.remove_member(ana, group, ben)


def made_owner(ana, ben, zoe, group) -> Iterator[Step]:
    actions.hand_over(ana, group, ben)
    yield ben, "Ana made you the owner", group.get_absolute_url(), "Friday film"
    actions.leave(ben, group)


def inherited(ana, ben, zoe, group) -> Iterator[Step]:
    actions.leave(ana, group)
    yield ben, "You are the owner now", group.get_absolute_url(), "Friday film"
    actions.leave(ben, group)


def asked_to_join(ana, ben, zoe, group) -> Iterator[Step]:
    token = knock(ana, zoe, group)
    queue = reverse("chat:waiting", args=[group.pk])
    yield ana, "Zoe asks to join your group", queue, "Friday film"
    actions.withdraw(zoe, token)


def asked_to_join_and_turned_away(ana, ben, zoe, group) -> Iterator[Step]:
    knock(ana, zoe, group)
    queue = reverse("chat:waiting", args=[group.pk])
    yield ana, "Zoe asks to join your group", queue, "Friday film"
    actions.turn_away(ana, group, zoe)


def let_in(ana, ben, zoe, group) -> Iterator[Step]:
    knock(ana, zoe, group)
    actions.approve(ana, group, zoe)
    yield zoe, "Ana let you into a group", group.get_absolute_url(), "Friday film"
    actions.ban(ana, group, zoe)


def asked_to_host(ana, ben, zoe, group) -> Iterator[Step]:
    channel = actions.create_channel(ana, title="Film club", handle="film.club")
    actions.invite_host(ana, channel, ben)
    yield ben, "Ana asks you to run a channel together", TRAY, "Film club"
    actions.decline_hosting(ben, channel)


def asked_to_host_and_accepted(ana, ben, zoe, group) -> Iterator[Step]:
    channel = actions.create_channel(ana, title="Film club", handle="film.club")
    actions.invite_host(ana, channel, ben)
    yield ben, "Ana asks you to run a channel together", TRAY, "Film club"
    actions.accept_hosting(ben, channel)


def mentioned(ana, ben, zoe, group) -> Iterator[Step]:
    seq = say(ana, group, "@ben, look", mentions=[ben.pk]).seq
    yield ben, "Ana mentioned you in a group", place_of(group, seq), "Friday film"
    actions.unsend_message(ana, group, seq=seq)


def all_mentioned(ana, ben, zoe, group) -> Iterator[Step]:
    seq = say(ana, group, "@all, look", mentions=["all"]).seq
    yield ben, "Ana mentioned you in a group", place_of(group, seq), "Friday film"
    actions.unsend_message(ana, group, seq=seq)


def replied(ana, ben, zoe, group) -> Iterator[Step]:
    first = say(ben, group, "who comes?").seq
    seq = say(ana, group, "I do", reply_to=first).seq
    yield ben, "Ana replied to you in a group", place_of(group, seq), "Friday film"
    actions.unsend_message(ana, group, seq=seq)


def reacted(ana, ben, zoe, group) -> Iterator[Step]:
    seq = say(ben, group, "who  comes?").seq
    actions.add_reaction(ana, group, seq=seq, emoji="❤️")
    yield ben, "Ana reacted ❤️ to your message", place_of(group, seq), "who comes?"
    actions.remove_reaction(ana, group, seq=seq, emoji="❤️")


def reacted_to_what_was_unsent(ana, ben, zoe, group) -> Iterator[Step]:
    talk = actions.start_direct(ana, ben)
    seq = say(ben, talk, "hello").seq
    actions.add_reaction(ana, talk, seq=seq, emoji="🔥")
    yield ben, "Ana reacted 🔥 to your message", place_of(talk, seq), "hello"
    actions.unsend_message(ben, talk, seq=seq)


def reacted_to_what_was_taken_down(ana, ben, zoe, group) -> Iterator[Step]:
    said = say(ben, group, "rude")
    actions.add_reaction(ana, group, seq=said.seq, emoji="👎")
    yield ben, "Ana reacted 👎 to your message", place_of(group, said.seq), "rude"
    take_down_message(said.id)


def poll_closed(ana, ben, zoe, group) -> Iterator[Step]:
    seq = ask(ana, group, "Which film?", ["Meadow", "Chase"]).seq
    actions.vote(ben, group, seq=seq, options=[1])
    actions.close_poll(ana, group, seq=seq)
    yield ben, "A poll that you took part in has ended", place_of(group, seq), "Which film?"
    actions.unsend_message(ana, group, seq=seq)


VERBS = [
    asked_to_write,
    asked_to_write_and_answered,
    asked_to_write_and_declined,
    invited,
    invited_and_declined,
    invited_and_taken_back,
    made_admin,
    made_owner,
    inherited,
    asked_to_join,
    asked_to_join_and_turned_away,
    let_in,
    asked_to_host,
    asked_to_host_and_accepted,
    mentioned,
    all_mentioned,
    replied,
    reacted,
    reacted_to_what_was_unsent,
    reacted_to_what_was_taken_down,
    poll_closed,
]


def careful_friend(ana: User) -> User:
    """Mei, who wants to be asked before she is in a group."""
    mei = make_user("mei", asks_before_groups=True)
    befriend(ana, mei)
    return mei


def knock(ana: User, person: User, group: Conversation) -> str:
    """Somebody with a link waits for a yes."""
    token = actions.make_invite(ana, group, asks_approval=True).token
    actions.join(person, token, accepted=True)
    return token


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_who_is_concerned_is_told_where_it_is(ana, ben, zoe, group, verb):
    receiver, *expected = next(verb(ana, ben, zoe, group))

    run_jobs()

    one = only_line(receiver)
    assert [one.text, one.href, one.target.words] == expected
    assert one.kind.section == "conversations"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_is_answered_or_taken_back_is_told_no_more(ana, ben, zoe, group, verb):
    steps = verb(ana, ben, zoe, group)
    receiver, sentence, *_place = next(steps)
    run_jobs()
    before = told(receiver)

    assert list(steps) == []
    run_jobs()

    assert before == [sentence]
    assert sentence not in told(receiver)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_is_answered_at_once_is_never_told(ana, ben, zoe, group, verb):
    (receiver, sentence, *_place), *_end = verb(ana, ben, zoe, group)

    run_jobs()

    assert sentence not in told(receiver)


# --- Who hears what -------------------------------------------------------------------------------


def test_a_request_is_told_once_and_never_pushed_or_mailed(ana, ben, zoe):
    talk = actions.start_direct(zoe, ben)
    run_jobs()
    assert told(ben) == []  # nothing was said yet

    say(zoe, talk, "hello")
    run_jobs()

    assert told(ben) == ["Zoe wants to send you messages"]
    assert kinds()["chat.request"].ways == {Channel.IN_APP}
    NotificationChoice.objects.create(
        user=ben, kind="chat.request", in_app=True, push=True, mail=True
    )
    assert channels_of(kinds()["chat.request"], [ben]) == {ben.pk: {Channel.IN_APP}}


def test_an_invitation_tells_nothing_of_the_group(ana, ben, group):
    mei = careful_friend(ana)
    Conversation.objects.filter(pk=group.pk).update(picture="groups/secret.jpg")
    actions.add_member(ana, group, mei)
    actions.add_member(ana, group, mei)  # a second time changes nothing
    run_jobs()

    one = only_line(mei)
    assert (one.target.words, one.target.picture, str(group.pk) in one.href) == ("", "", False)
    assert "Friday" not in one.text


def test_those_who_were_asked_when_the_group_was_made_are_told(ana, ben):
    mei = careful_friend(ana)
    make_group(ana, ben, mei)
    run_jobs()

    assert (told(mei), told(ben)) == (["Ana invites you to a group"], [])


def test_only_who_may_say_yes_hears_of_those_who_ask(ana, ben, zoe, group):
    mei = make_user("mei")
    befriend(ana, mei)
    actions.add_member(ana, group, mei)
    actions.give_role(ana, group, mei, role="moderator")
    run_jobs()
    Notification.objects.all().delete()

    knock(ana, zoe, group)
    actions.join(zoe, actions.make_invite(ana, group, asks_approval=True).token, accepted=True)
    run_jobs()

    assert told(ana) == ["Zoe asks to join your group"]
    assert (told(mei), told(ben)) == ([], [])


def test_nobody_is_told_of_who_joins_without_asking(ana, zoe, group):
    actions.join(zoe, actions.make_invite(ana, group).token, accepted=True)
    run_jobs()

    assert told(ana) == []


def test_who_ran_the_group_when_they_asked_and_does_no_more_sees_it_no_more(ana, ben, zoe, group):
    actions.give_role(ana, group, ben, role="admin")
    knock(ana, zoe, group)
    run_jobs()
    before = told(ben)

    actions.give_role(ana, group, ben, role="member")
    run_jobs()

    assert before[0] == "Zoe asks to join your group"
    assert "Zoe asks to join your group" not in told(ben)


def test_mentions_of_several_are_one_line_that_leads_to_the_newest(ana, ben, group):
    mei = make_user("mei")
    befriend(ana, mei)
    actions.add_member(ana, group, mei)
    say(ana, group, "@ben", mentions=[ben.pk])
    newest = say(mei, group, "@ben!", mentions=[ben.pk])
    run_jobs()

    one = only_line(ben)
    assert one.text == "Mei and 1 other mentioned you in a group"
    assert one.href == place_of(group, newest.seq)


def test_a_mention_in_a_direct_conversation_is_only_a_message(ana, ben):
    say(ana, actions.start_direct(ana, ben), "@ben", mentions=[ben.pk])
    run_jobs()

    assert told(ben) == []


@rule("R16", "job")
@pytest.mark.parametrize(
    ("own", "is_told"),
    [
        ({}, True),
        ({"notify": "mentions"}, True),
        ({"notify": "none"}, False),
        ({"muted": True}, False),
        ({"hushed": True}, False),
    ],
    ids=str,
)
def test_a_mute_is_silent(ana, ben, group, own, is_told):
    part = group.memberships.get(user=ben)
    part.notify = own.get("notify", part.notify)
    part.muted_until = timezone.now() + timedelta(hours=1) if own.get("muted") else None
    part.hushed = [str(ana.pk)] if own.get("hushed") else None
    part.save()

    say(ana, group, "@ben", mentions=[ben.pk])
    run_jobs()

    assert bool(told(ben)) is is_told


def test_who_has_read_it_already_is_not_told(ana, ben, group):
    seq = say(ana, group, "@ben", mentions=[ben.pk]).seq
    actions.mark_read(ben, group, seq=seq)
    run_jobs()

    assert told(ben) == []


def test_what_is_read_in_the_conversation_is_read_in_the_list(ana, ben, group):
    first = say(ana, group, "@ben", mentions=[ben.pk]).seq
    run_jobs()
    say(ana, group, "@ben!", mentions=[ben.pk])
    actions.mark_read(ben, group, seq=first)
    run_jobs()
    half = only_line(ben).line.is_read

    actions.mark_read(ben, group, seq=first + 1)
    run_jobs()

    assert (half, only_line(ben).line.is_read) == (False, True)


def test_reading_what_calls_nobody_writes_no_job(ana, ben, group):
    seq = say(ana, group, "hello").seq
    OutboxJob.objects.all().delete()

    actions.mark_read(ben, group, seq=seq)

    assert not OutboxJob.objects.exists()


# --- Answers and reactions ------------------------------------------------------------------------


def test_who_is_mentioned_in_the_answer_is_told_once(ana, ben, group):
    first = say(ben, group, "who comes?").seq
    say(ana, group, "@ben, I do", reply_to=first, mentions=[ben.pk])
    say(ana, group, "@all, we do", reply_to=first, mentions=["all"])
    run_jobs()

    assert told(ben) == ["Ana mentioned you in a group"]


@pytest.mark.parametrize(
    "own",
    [{"muted_until": FOREVER}, {"notify": Notify.MENTIONS}, {"notify": Notify.NONE}],
    ids=["muted", "mentions", "nothing"],
)
@rule("R16", "job")
def test_answers_and_reactions_are_silent_where_one_wants_to_hear_only_mentions(
    ana, ben, group, own
):
    first = say(ben, group, "who comes?").seq
    Membership.objects.filter(user=ben).update(**own)
    say(ana, group, "I do", reply_to=first)
    actions.add_reaction(ana, group, seq=first, emoji="❤️")
    run_jobs()

    assert told(ben) == []


def test_answers_are_read_with_the_conversation(ana, ben, group):
    first = say(ben, group, "who comes?").seq
    second = say(ana, group, "I do", reply_to=first).seq
    run_jobs()
    before = only_line(ben).line.is_read

    actions.mark_read(ben, group, seq=second)
    run_jobs()

    assert (before, only_line(ben).line.is_read) == (False, True)


def test_reactions_of_several_are_one_line_that_names_what_is_there_now(ana, ben, group):
    mei = make_user("mei")
    befriend(ana, mei)
    actions.add_member(ana, group, mei)
    seq = say(ben, group, "done").seq
    actions.add_reaction(ana, group, seq=seq, emoji="❤️")
    actions.add_reaction(mei, group, seq=seq, emoji="🔥")
    actions.add_reaction(mei, group, seq=seq, emoji="👏")
    actions.add_reaction(ben, group, seq=seq, emoji="👍")
    run_jobs()
    together = told(ben)

    actions.remove_reaction(mei, group, seq=seq, emoji="👏")
    run_jobs()
    fewer = told(ben)
    actions.remove_reaction(mei, group, seq=seq, emoji="🔥")
    run_jobs()

    assert together == ["Mei and 1 other reacted 👏 to your message"]
    assert fewer == ["Mei and 1 other reacted 🔥 to your message"]
    assert told(ben) == ["Ana reacted ❤️ to your message"]


@rule("R27", "job")
def test_who_reacts_to_a_post_of_a_channel_is_told_to_nobody(ana, ben):
    channel = actions.create_channel(ana, title="Film club", handle="film.club")
    actions.follow_channel(ben, channel)
    seq = say(ana, channel, "tonight").seq
    actions.add_reaction(ben, channel, seq=seq, emoji="❤️")
    run_jobs()

    assert told(ana) == []


def test_a_reaction_is_pushed_only_to_who_wants_that_and_hides_what_is_to_be_hidden(
    ana, ben, group
):
    seq = say(ben, group, "my secret").seq
    kind = kinds()["chat.reaction"]
    before = channels_of(kind, [ben])[ben.pk]
    NotificationChoice.objects.create(user=ben, kind=kind.name, in_app=True, push=True, mail=False)
    actions.add_reaction(ana, group, seq=seq, emoji="❤️")
    run_jobs()

    assert before == {Channel.IN_APP}
    push = push_of(ben, only_line(ben).line)
    assert push is not None
    assert (push.title, push.body) == ("Ana reacted ❤️ to your message", "my secret")
    assert (push.hidden().title, push.hidden().body) == (
        "Medley",
        "Something new is waiting for you",
    )


@rule("R15", "job")
def test_nothing_crosses_a_block(ana, ben, group):
    mei = make_user("mei")
    befriend(ana, mei)
    actions.add_member(ana, group, mei)
    block(ben, mei)
    say(mei, group, "@all", mentions=[ana.pk, ben.pk])
    run_jobs()

    assert told(ben) == []
    assert told(ana) == ["Mei mentioned you in a group"]


@rule("R28", "job")
def test_who_was_removed_hears_nothing_more_of_the_group(ana, ben, group):
    say(ana, group, "@ben", mentions=[ben.pk])
    actions.give_role(ana, group, ben, role="moderator")
    run_jobs()
    before = len(told(ben))

    actions.remove_member(ana, group, ben)
    run_jobs()

    assert before == 2
    assert not Notification.objects.standing().filter(user=ben).exists()


def test_a_job_that_runs_twice_tells_once(ana, ben, group):
    seq = say(ben, group, "@ana", mentions=[ana.pk]).seq
    run_jobs(times=2)

    assert told(ana) == ["Ben mentioned you in a group"]
    assert only_line(ana).href == place_of(group, seq)


@rule("R2", "job")
def test_nobody_under_sixteen_is_told_of_conversations(ana, ben, group):
    say(ana, group, "@ben", mentions=[ben.pk])
    actions.give_role(ana, group, ben, role="admin")
    User.objects.filter(pk=ben.pk).update(birth_date=years_ago(14))
    run_jobs()

    assert not Notification.objects.filter(user=ben).exists()


def test_who_turns_out_to_be_younger_is_shown_nothing_of_them(ana, ben, group):
    say(ana, group, "@ben", mentions=[ben.pk])
    actions.give_role(ana, group, ben, role="admin")
    run_jobs()
    User.objects.filter(pk=ben.pk).update(birth_date=years_ago(14))

    assert told(User.objects.get(pk=ben.pk)) == []


def test_a_poll_tells_those_who_voted_and_its_author_but_not_who_closed_it(ana, ben, group):
    mei = make_user("mei")
    befriend(ana, mei)
    actions.add_member(ana, group, mei)
    seq = ask(ben, group, "Which film?", ["Meadow", "Chase"]).seq
    actions.vote(ana, group, seq=seq, options=[1])
    actions.close_poll(ana, group, seq=seq)
    run_jobs()

    sentence = ["A poll that you took part in has ended"]
    assert [told(person) for person in (ana, ben, mei)] == [[], sentence, []]


def test_a_poll_whose_time_has_come_is_told_by_nobody(ana, ben, group):
    seq = ask(ana, group, "Which film?", ["Meadow", "Chase"]).seq
    actions.vote(ben, group, seq=seq, options=[1])
    Poll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    actions.close_due_polls()
    run_jobs()

    for person in (ana, ben):
        one = only_line(person)
        assert (one.text, one.actors) == ("A poll that you took part in has ended", [])


def test_a_message_that_disappeared_is_told_no_more(ana, ben, group):
    said = say(ana, group, "@ben", mentions=[ben.pk])
    run_jobs()
    Message.objects.filter(pk=said.id).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert told(ben) == []


def test_every_kind_has_its_test(ana, ben, zoe):
    names: set[str] = set()
    for number, verb in enumerate(VERBS):
        Conversation.objects.all().delete()
        User.objects.filter(username="mei").update(username=f"mei{number}", email=f"m{number}@x.y")
        receiver, *_expected = next(verb(ana, ben, zoe, make_group(ana, ben)))
        run_jobs()
        names.update(one.kind.name for one in shown(receiver, lines_of(receiver)))

    # A new message has no line; its pushes have tests of their own (test_pushes.py).
    assert names == {kind.name for kind in KINDS} - {"chat.message"}


# --- Costs ----------------------------------------------------------------------------------------


def jobs_of(captured: CaptureQueriesContext) -> int:
    return sum("outboxjob" in each["sql"].lower() for each in captured.captured_queries)


def test_an_ordinary_message_and_an_answer_to_one_person_alone_write_no_job(ana, ben, group):
    talk = actions.start_direct(ana, ben)
    first = say(ana, talk, "hello")
    OutboxJob.objects.all().delete()

    say(ben, group, "hello")
    say(ben, talk, "hello yourself", reply_to=first.seq)

    assert not OutboxJob.objects.exists()


def test_telling_is_one_query_that_writes(ana, ben, group):
    mei = careful_friend(ana)
    with CaptureQueriesContext(connection) as asked:
        actions.add_member(ana, group, mei)
    with CaptureQueriesContext(connection) as raised:
        actions.give_role(ana, group, ben, role="admin")

    assert (jobs_of(asked), jobs_of(raised)) == (1, 1)


def test_lines_of_one_kind_are_read_by_one_query(ana, ben, django_assert_num_queries):
    for number in range(6):
        group = make_group(ana, ben, title=f"Group {number}")
        say(ana, group, "@ben", mentions=[ben.pk])
    run_jobs()
    found = lines_of(ben)
    assert len(found) == 6

    with django_assert_num_queries(2):  # people, messages
        assert len(shown(ben, found)) == 6


def test_an_actor_who_is_suspended_tells_nothing(ana, ben, group):
    say(ana, group, "@ben", mentions=[ben.pk])
    suspend(ana)
    run_jobs()

    assert told(ben) == []
