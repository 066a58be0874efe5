"""What is left in conversations of somebody who deleted their account (R46)."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chat import actions
from chat.changes import changes_after
from chat.data_rights import PURGER
from chat.models import (
    Channel,
    Conversation,
    Edit,
    KeptSticker,
    Media,
    Membership,
    Message,
    Poll,
    PollVote,
    Reaction,
    Searchable,
    Sticker,
)
from chat.search import indexing
from tests import leaving
from tests.accounts import told
from tests.chat.factories import ask, make_group, say
from tests.chat.media_files import document, picture, uploaded
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("danaquill", "Quillfeather", "Quillwork", "quill.example")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORT_FOLDER = tmp_path / "exports"


@pytest.fixture
def dana(ana, ben) -> User:
    dana = make_user(
        "danaquill", display_name="Dana Quillfeather", bio="Quillwork", email="dq@quill.example"
    )
    befriend(ana, dana)
    befriend(ben, dana)
    return dana


def direct(one: User, other: User) -> Conversation:
    return actions.start_direct(one, other)


@rule("R46", "job")
def test_words_stay_as_a_deleted_users(ana, dana):
    talk = direct(dana, ana)
    say(dana, talk, "see you on Friday")
    say(ana, talk, "good!")

    leaving.purge(dana)

    words = [message.body for message in Message.objects.order_by("seq") if message.body]
    assert words == ["see you on Friday", "good!"]
    assert Message.objects.get(body="see you on Friday").author is None
    membership = Membership.objects.inbox(ana).get(conversation=talk)
    assert membership.title == "Deleted user"


@rule("R46", "api")
def test_others_read_on_in_the_conversation(ana, dana, api, browser):
    talk = direct(dana, ana)
    say(dana, talk, "see you on Friday")
    say(ana, talk, "good!")

    leaving.purge(dana)

    shown = api(ana).get(f"/api/v1/conversations/{talk.pk}/messages/").json()
    # The newest first.
    assert [each["author"] for each in shown["results"]] == [str(ana.pk), None]
    page = browser(ana).get(talk.get_absolute_url())
    assert page.status_code == 200
    assert "Deleted user" in page.content.decode()
    assert browser(ana).get(f"/chat/{talk.pk}/info/").status_code == 200
    assert browser(ana).get(reverse("chat:inbox")).status_code == 200


@rule("R46", "job")
def test_pictures_and_files_go_and_what_was_nothing_else_counts_as_unsent(ana, dana):
    talk = direct(dana, ana)
    say(ana, talk, "hello")
    alone = say(dana, talk, "", media=[str(uploaded(dana, picture()).pk)])
    beside = say(dana, talk, "the plan", media=[str(uploaded(dana, document(), "file").pk)])
    uploaded(dana, picture())
    before = Conversation.objects.get(pk=talk.pk).revision

    leaving.purge(dana)

    picture_alone, with_words = Message.objects.get(pk=alone.id), Message.objects.get(pk=beside.id)
    assert picture_alone.is_unsent and picture_alone.media is None
    assert not with_words.is_unsent and with_words.media is None and with_words.body == "the plan"
    assert not Media.objects.exists()
    assert leaving.files() == leaving.kept(dana.pk)
    changed = {event["type"] for event in changes_after(talk.pk, before, limit=50).events}
    assert {"message.unsent", "message.created"} <= changed


def test_what_others_forwarded_stays_theirs(ana, ben, dana):
    talk, onwards = direct(dana, ana), direct(ana, ben)
    say(ana, talk, "hello")
    sent = say(dana, talk, "", media=[str(uploaded(dana, picture()).pk)])
    actions.forward(ana, talk, seqs=[sent.seq], conversations=[onwards.pk], client_id=uuid4())

    leaving.purge(dana)

    copy = Media.objects.get(message__conversation=onwards)
    assert default_storage.exists(copy.file)
    assert copy.copied_from and copy.copied_from.owner is None


@rule("R46", "job")
def test_groups_are_handed_over_and_forget_the_name(ana, ben, dana):
    group = make_group(dana, ana, ben, title="Quilting")
    say(dana, group, "welcome")
    actions.nickname(ana, group, dana, name="Didi")
    actions.hush(ana, group, dana, hushed=True)

    leaving.purge(dana)

    heir = Membership.objects.active().get(conversation=group, role="owner")
    assert heir.user == ana
    assert not heir.nicknames and not heir.hushed
    assert set(leaving.traces_of(*NAMES)) == set()


def test_channels_that_nobody_else_runs_end(ana, ben, dana):
    channel = actions.create_channel(dana, title="Quills", handle="quills")
    actions.follow_channel(ana, channel)
    say(dana, channel, "first post", media=[str(uploaded(dana, picture()).pk)])

    leaving.purge(dana)

    assert not Channel.objects.exists()
    assert not Conversation.objects.filter(pk=channel.pk).exists()
    assert not Membership.objects.filter(user=ana, conversation=channel).exists()
    assert leaving.files() == leaving.kept(dana.pk)


def test_channels_with_another_host_go_on(ana, ben, dana):
    channel = actions.create_channel(dana, title="Birds", handle="birds")
    actions.invite_host(dana, channel, ana)
    actions.accept_hosting(ana, channel)
    actions.follow_channel(ben, channel)
    say(dana, channel, "first post")

    leaving.purge(dana)

    channel.refresh_from_db()
    assert channel.creator == ana
    assert Membership.objects.get(conversation=channel, user=ana).role == "owner"
    assert Channel.objects.get().follower_count == 1
    assert Message.objects.get(body="first post").author is None


def test_reactions_go_and_what_a_poll_came_to_stays(ana, dana):
    talk = direct(ana, dana)
    said = say(ana, talk, "shall we?")
    asked = ask(ana, talk, "When?", ["Friday", "Monday"])
    actions.accept(dana, talk)
    actions.add_reaction(dana, talk, seq=said.seq, emoji="🔥")
    actions.add_reaction(ana, talk, seq=said.seq, emoji="👍")
    actions.vote(dana, talk, seq=asked.seq, options=[1])

    leaving.purge(dana)

    assert [(each.emoji, each.user_id) for each in Reaction.objects.all()] == [("👍", ana.pk)]
    assert not PollVote.objects.exists()
    option = Poll.objects.get().options.get(position=1)
    assert (option.vote_count, option.latest) == (1, [])


def test_search_knows_the_words_but_nobody_behind_them(ana, dana):
    talk = direct(dana, ana)
    say(dana, talk, "marmalade")
    indexing.catch_up()

    leaving.purge(dana)

    row = Searchable.objects.get(words__contains="marmalade")
    assert row.author_id is None
    assert "_by_" not in row.words


def test_earlier_words_of_theirs_go(ana, dana):
    talk = direct(dana, ana)
    said = say(dana, talk, "first thoughts")
    actions.edit_message(dana, talk, seq=said.seq, body="second thoughts")

    leaving.purge(dana)

    assert not Edit.objects.exists()
    assert Message.objects.get(pk=said.id).body == "second thoughts"


def test_threads_no_longer_show_their_face(ana, ben, dana):
    group = make_group(ana, ben, dana)
    root = say(ana, group, "a thread")
    say(dana, group, "in it", thread=root.seq)

    leaving.purge(dana)

    replies = Message.objects.get(pk=root.id).replies
    assert replies and (replies["count"], replies["people"]) == (1, [])


def test_their_stickers_go_wherever_they_are(ana, dana):
    name = default_storage.save("chat/stickers/quill.webp", ContentFile(b"sticker"))
    sticker = Sticker.objects.create(maker=dana, file=name, side=256)
    KeptSticker.objects.create(owner=ana, sticker=sticker)

    leaving.purge(dana)

    assert not Sticker.objects.exists() and not KeptSticker.objects.exists()
    assert leaving.files() == leaving.kept(dana.pk)


@rule("R46", "job")
def test_no_row_names_them_after_a_life_in_conversations(ana, ben, dana):
    group = make_group(ana, ben, dana)
    talk = direct(dana, ana)
    say(dana, talk, "hello")
    say(ana, talk, "hello")
    say(ana, group, "come here", mentions=[dana.pk])
    forwarded = say(dana, group, "pass it on")
    actions.forward(ben, group, seqs=[forwarded.seq], conversations=[group.pk], client_id=uuid4())
    actions.keep_words(dana, talk, body="half a thought", edited_at=timezone.now())
    actions.remove_member(ana, group, dana)
    told.run_jobs()

    leaving.purge(dana)

    assert set(leaving.traces_of(str(dana.pk))) <= {
        "accounts.OutboxJob.arguments",
        "accounts.Tombstone.person",
    }
    assert set(leaving.traces_of(*NAMES)) == set()


def test_a_job_that_is_killed_after_any_batch_is_finished_by_the_next(ana, ben, dana):
    talk = direct(dana, ana)
    say(ana, talk, "hello")
    for number in range(3):
        say(dana, talk, f"number {number}", media=[str(uploaded(dana, picture()).pk)])
    make_group(dana, ana, ben)

    for step in PURGER.steps:  # each dies after one batch, and is asked again from the first
        step(dana.pk)
        assert User.objects.filter(pk=dana.pk).exists()
    leaving.purge(dana)

    assert not User.objects.filter(pk=dana.pk).exists()
    assert set(leaving.traces_of(*NAMES)) == set()
