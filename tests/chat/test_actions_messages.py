"""What becomes of messages: edits, unsends, reactions, reading, sharing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import actions as people
from accounts.models import OutboxJob, User
from chat import actions, tasks
from chat.models import Edit, Membership, Message
from tests.chat.factories import make_group, say
from tests.chat.test_actions_direct import code_of
from tests.chat.test_writer import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def invalid_code(call) -> str:
    with pytest.raises(ValidationError) as refusal:
        call()
    return refusal.value.code or ""


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "   ", "\n\t", "\0"])
def test_message_says_something(ana, group, body):
    assert invalid_code(lambda: say(ana, group, body)) == "message.empty"


def test_message_holds_ten_thousand_code_points(ana, group):
    assert len(say(ana, group, "🎬" * 10_000).message.body) == 10_000
    assert invalid_code(lambda: say(ana, group, "x" * 10_001)) == "message.too_long"


def test_white_space_around_is_not_counted(ana, group):
    assert say(ana, group, f"  {'x' * 10_000}\n").message.body == "x" * 10_000


@pytest.mark.parametrize("body", ["a\0b", "a\ud800b"])
def test_what_no_database_holds_is_left_out(ana, group, body):
    assert say(ana, group, body).message.body == "ab"


# --- Edits and unsends ----------------------------------------------------------------------------


def test_edit_takes_the_next_number_and_keeps_the_earlier_words(ana, group):
    stored = say(ana, group, "frist")

    message = actions.edit_message(ana, group, seq=stored.seq, body="first")

    assert (message.body, message.seq) == ("first", stored.seq)
    assert message.revision == stored.revision + 1
    assert Edit.objects.get().body == "frist"


def test_same_words_are_no_edit(ana, group):
    stored = say(ana, group, "same")

    message = actions.edit_message(ana, group, seq=stored.seq, body=" same ")

    assert (message.edited_at, message.revision) == (None, stored.revision)


def test_edit_is_for_a_quarter_of_an_hour(ana, group):
    stored = say(ana, group)
    Message.objects.filter(pk=stored.id).update(
        created_at=timezone.now() - timedelta(minutes=15, seconds=1)
    )

    assert code_of(lambda: actions.edit_message(ana, group, seq=stored.seq, body="x")) == (
        "edit.too_late"
    )


def test_whoever_is_silenced_may_not_say_it_by_editing(ana, ben, group):
    seq = say(ben, group).seq
    silenced = Membership.objects.filter(conversation=group, user=ben)
    silenced.update(silenced_until=timezone.now() + timedelta(minutes=5))

    assert code_of(lambda: actions.edit_message(ben, group, seq=seq, body="x")) == (
        "member.silenced"
    )
    assert actions.unsend_message(ben, group, seq=seq).is_unsent


def test_only_authors_change_messages(ana, ben, group):
    seq = say(ana, group).seq

    assert code_of(lambda: actions.edit_message(ben, group, seq=seq, body="x")) == (
        "message.not_yours"
    )
    assert code_of(lambda: actions.unsend_message(ben, group, seq=seq)) == "message.not_yours"


def test_unsent_message_leaves_a_trace_without_words(ana, ben, group):
    seq = say(ana, group, "oops", mentions=[ben.pk]).seq
    actions.add_reaction(ben, group, seq=seq, emoji="😂")

    message = actions.unsend_message(ana, group, seq=seq)
    again = actions.unsend_message(ana, group, seq=seq)

    assert (message.body, message.mentions, message.is_unsent) == ("", [], True)
    assert list(message.reactions.all()) == []
    assert again.revision == message.revision
    assert Edit.objects.get().body == "oops"


def test_unsent_message_takes_no_edit_and_no_reaction(ana, ben, group):
    seq = say(ana, group).seq
    actions.unsend_message(ana, group, seq=seq)

    assert code_of(lambda: actions.edit_message(ana, group, seq=seq, body="x")) == "message.unsent"
    assert code_of(lambda: actions.add_reaction(ben, group, seq=seq, emoji="😂")) == (
        "message.unsent"
    )


def test_changing_what_one_cannot_see_is_not_found(ana, zoe, group):
    seq = say(ana, group).seq

    for verb in (
        lambda: actions.edit_message(zoe, group, seq=seq, body="x"),
        lambda: actions.unsend_message(zoe, group, seq=seq),
        lambda: actions.add_reaction(zoe, group, seq=seq, emoji="😂"),
        lambda: actions.unsend_message(ana, group, seq=99),
        lambda: actions.unsend_message(ana, group, seq=1),  # a system line is nobody's
    ):
        with pytest.raises(Http404):
            verb()


def test_who_may_not_write_may_not_edit_but_unsend(ana, ben):
    direct = actions.start_direct(ana, ben)
    seq = say(ana, direct).seq
    people.block(ben, ana)

    assert code_of(lambda: actions.edit_message(ana, direct, seq=seq, body="x")) == (
        "policy.unreachable"
    )
    assert actions.unsend_message(ana, direct, seq=seq).is_unsent


# --- Reactions ------------------------------------------------------------------------------------


def test_reaction_counts_once_a_person_and_emoji(ana, ben, group):
    seq = say(ana, group).seq

    for who, emoji in [(ana, "🔥"), (ana, "🔥"), (ben, "🔥"), (ben, "👍🏽")]:
        message = actions.add_reaction(who, group, seq=seq, emoji=emoji)

    assert [(r.user, r.emoji) for r in message.reactions.all()] == [
        (ana, "🔥"),
        (ben, "🔥"),
        (ben, "👍🏽"),
    ]
    assert message.revision == seq_revision(group)


def seq_revision(group) -> int:
    group.refresh_from_db()
    return group.revision


def test_reaction_is_taken_back_once(ana, group):
    seq = say(ana, group).seq
    actions.add_reaction(ana, group, seq=seq, emoji="🔥")

    first = actions.remove_reaction(ana, group, seq=seq, emoji="🔥")
    again = actions.remove_reaction(ana, group, seq=seq, emoji="🔥")

    assert list(first.reactions.all()) == []
    assert again.revision == first.revision


@pytest.mark.parametrize("emoji", [*actions.EMOJI, "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇪🇸", "1️⃣", "❤", "✅"])
def test_one_emoji_is_an_emoji(ana, group, emoji):
    seq = say(ana, group).seq

    assert actions.add_reaction(ana, group, seq=seq, emoji=emoji).reactions.count() == 1


@pytest.mark.parametrize("emoji", ["", "a", "ok", "1", "🔥🔥", "<b>", "\u200d", "🔥 ", 7, None])
def test_anything_else_is_none(ana, group, emoji):
    seq = say(ana, group).seq

    assert invalid_code(lambda: actions.add_reaction(ana, group, seq=seq, emoji=emoji)) == (
        "emoji.unknown"
    )


def test_changes_at_once_take_numbers_of_their_own(ana, ben, group):
    """But reactions to one message that share a commit: they are one change of it."""
    seq = say(ana, group).seq

    at_once(
        lambda: actions.add_reaction(ana, group, seq=seq, emoji="🔥"),
        lambda: actions.add_reaction(ben, group, seq=seq, emoji="🔥"),
        lambda: actions.edit_message(ana, group, seq=seq, body="edited"),
        lambda: say(ben, group),
    )

    message = Message.objects.get(conversation=group, seq=seq)
    assert (message.body, message.reactions.count()) == ("edited", 2)
    before = 2 + 1 + 1  # two joined, a line, the message
    assert seq_revision(group) - before in {3, 4}


# --- Reading --------------------------------------------------------------------------------------


def test_reading_goes_forward_and_not_past_the_end(ana, ben, group):
    for _ in range(3):
        say(ana, group)

    places = [actions.mark_read(ben, group, seq=seq) for seq in (3, 2, 99)]

    assert places == [3, 3, 4]
    assert [row.read_seq for row in Membership.objects.inbox(ben)] == [4]


def test_outsiders_read_and_type_nothing(zoe, group):
    with pytest.raises(Http404):
        actions.mark_read(zoe, group, seq=1)
    with pytest.raises(Http404):
        actions.note_typing(zoe, group)


# --- Sharing --------------------------------------------------------------------------------------


@pytest.fixture
def shareable(settings, monkeypatch):
    """People as something to share: what chat needs of a model, without another app's."""
    settings.SHAREABLE_MODELS = {"person": "accounts.User"}
    noted: list[tuple[User, int]] = []
    monkeypatch.setattr(
        User, "is_public", property(lambda self: not self.is_private), raising=False
    )
    monkeypatch.setattr(User, "share_card", lambda self: {"name": self.name}, raising=False)
    monkeypatch.setattr(
        User, "note_share", lambda self, user, count: noted.append((user, count)), raising=False
    )
    from chat import sharing

    monkeypatch.setattr(sharing, "WITH_A_REQUEST", frozenset({"person"}))
    sharing._kind_of.cache_clear()
    yield noted
    sharing._kind_of.cache_clear()


def do_jobs() -> None:
    """What the worker would do, each twice, as may happen."""
    for job in OutboxJob.objects.filter(task=tasks.note_share.name).order_by("pk"):
        for _time in range(2):
            tasks.note_share(**job.arguments, job_id=job.pk)


def test_share_needs_no_words(ana, mod, group, shareable):
    stored = say(ana, group, "", share=f"person:{mod.pk}")

    attachment = stored.message.attachments.get()
    assert (stored.message.body, attachment.object_id) == ("", mod.pk)
    do_jobs()
    assert shareable == [(ana, 1)]


@pytest.mark.parametrize("share", ["person:{kid}", "person:nonsense", "cat:{mod}", "", "person"])
def test_what_one_may_not_see_is_not_shared(ana, kid, mod, group, shareable, share):
    kid.is_active = False
    kid.save()

    share = share.format(kid=kid.pk, mod=mod.pk)
    code = "share.unknown" if share else "message.empty"
    assert invalid_code(lambda: say(ana, group, "", share=share)) == code


def test_first_request_takes_public_things_only(ben, zoe, teo, mod, shareable):
    teo.is_private = True
    teo.save()
    conversation = actions.start_direct(zoe, ben)

    assert code_of(lambda: say(zoe, conversation, "", share=f"person:{teo.pk}")) == "policy.R13"
    assert say(zoe, conversation, "", share=f"person:{mod.pk}").seq == 1


def test_one_share_into_several_places(ana, ben, zoe, mod, group, shareable):
    foreign = make_group(zoe)
    client_id = uuid4()

    def send():
        return actions.share(
            ana,
            f"person:{mod.pk}",
            conversations=[group.pk, foreign.pk],
            users=[ben, zoe],
            body="look",
            client_id=client_id,
        )

    targets, again = send(), send()

    assert [target.code for target in targets] == ["", "not_found", "", ""]
    assert [target.is_sent for target in again] == [True, False, True, True]
    assert {target.stored.replayed for target in again if target.stored} == {True}
    assert Message.objects.filter(body="look").count() == 3
    do_jobs()
    assert shareable == [(ana, 1)] * 3


def test_refused_person_loses_no_other_target(ana, ben, kid, mod, shareable):
    targets = actions.share(ana, f"person:{mod.pk}", users=[kid, ben], client_id=uuid4())

    assert [(t.username, t.code) for t in targets] == [("kid", "policy.unreachable"), ("ben", "")]


@pytest.mark.parametrize(("count", "code"), [(0, "share.nobody"), (6, "share.too_many")])
def test_share_goes_to_one_to_five_places(ana, mod, shareable, count, code):
    conversations = [uuid4() for _ in range(count)]

    assert code == invalid_code(
        lambda: actions.share(
            ana, f"person:{mod.pk}", conversations=conversations, client_id=uuid4()
        )
    )
