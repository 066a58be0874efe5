"""Direct conversations and message requests: R2, R11 to R15."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.errors import Refused
from accounts.models import Block, User
from chat import actions
from chat.models import Conversation, Membership
from tests.chat.factories import say
from tests.chat.test_writer import at_once
from tests.factories import befriend, follow, make_user

pytestmark = pytest.mark.django_db(transaction=True)

State = Membership.State


def state_of(user: User, conversation: Conversation) -> str:
    return Membership.objects.get(user=user, conversation=conversation).state


def code_of(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


@pytest.fixture
def request_to_ben(ben, zoe) -> Conversation:
    """Zoe, whom Ben does not follow, has written to him."""
    conversation = actions.start_direct(zoe, ben)
    say(zoe, conversation, "hello, may I?")
    return conversation


def test_friends_have_one_conversation_whoever_starts(ana, ben):
    one = actions.start_direct(ana, ben)
    other = actions.start_direct(ben, ana)

    assert one == other
    assert not one.is_request
    assert [state_of(who, one) for who in (ana, ben)] == [State.ACTIVE] * 2


def test_two_who_start_at_once_have_one_conversation(ana, ben):
    made = at_once(
        *[lambda: actions.start_direct(ana, ben), lambda: actions.start_direct(ben, ana)] * 3
    )

    assert len({conversation.pk for conversation in made}) == 1
    assert Conversation.objects.count() == 1
    assert Membership.objects.count() == 2


def test_nobody_writes_to_themselves(ana):
    with pytest.raises(ValidationError) as refusal:
        actions.start_direct(ana, ana)

    assert refusal.value.code == "direct.self"


def test_whom_the_other_does_not_follow_asks_first(ben, zoe):
    conversation = actions.start_direct(zoe, ben)

    assert conversation.is_request
    assert [state_of(who, conversation) for who in (zoe, ben)] == [State.ACTIVE, State.REQUESTED]


def test_request_is_in_the_tray_and_not_in_the_inbox(ben, zoe, request_to_ben):
    assert list(Membership.objects.inbox(ben)) == []
    assert [row.conversation for row in Membership.objects.requests(ben)] == [request_to_ben]
    assert [row.conversation for row in Membership.objects.inbox(zoe)] == [request_to_ben]


def test_request_without_words_is_nowhere_but_with_its_starter(ben, zoe):
    conversation = actions.start_direct(zoe, ben)

    assert list(Membership.objects.requests(ben)) == []
    assert [row.conversation for row in Membership.objects.inbox(zoe)] == [conversation]


def test_request_holds_one_message(zoe, request_to_ben):
    assert code_of(lambda: say(zoe, request_to_ben, "are you there?")) == "policy.R13"


@pytest.mark.parametrize("body", ["see https://example.com/x", "see www.evil.test", "see evil.xyz"])
def test_request_holds_no_outside_link(ben, zoe, body):
    conversation = actions.start_direct(zoe, ben)

    assert code_of(lambda: say(zoe, conversation, body)) == "policy.R13"


def test_request_may_hold_a_link_to_our_own_site(ben, zoe, settings):
    conversation = actions.start_direct(zoe, ben)

    assert say(zoe, conversation, f"look: {settings.SITE_ORIGINS[0]}/videos/1/").seq == 1


def test_accepting_opens_the_conversation(ben, zoe, request_to_ben):
    actions.accept(ben, request_to_ben)

    assert say(zoe, request_to_ben, "thank you https://example.com").seq == 2
    assert [row.conversation for row in Membership.objects.inbox(ben)] == [request_to_ben]


def test_answering_accepts(ben, zoe, request_to_ben):
    say(ben, request_to_ben, "sure")

    request_to_ben.refresh_from_db()
    assert not request_to_ben.is_request
    assert state_of(ben, request_to_ben) == State.ACTIVE
    assert say(zoe, request_to_ben, "great").seq == 3


def test_declining_is_told_to_nobody(ben, zoe, request_to_ben):
    before = request_to_ben.revision

    actions.decline(ben, request_to_ben)

    request_to_ben.refresh_from_db()
    assert request_to_ben.is_request
    assert request_to_ben.revision == before + 1  # the message; declining took no number
    assert code_of(lambda: say(zoe, request_to_ben, "hello?")) == "policy.R13"
    assert list(Membership.objects.requests(ben)) == []


def test_declining_may_block(ben, zoe, request_to_ben):
    actions.decline(ben, request_to_ben, block=True)

    assert Block.objects.filter(blocker=ben, blocked=zoe).exists()
    assert code_of(lambda: say(zoe, request_to_ben, "hello?")) == "policy.unreachable"


def test_what_is_declined_cannot_be_answered_any_more(ben, request_to_ben):
    actions.decline(ben, request_to_ben)

    for verb in (actions.accept, actions.decline):
        with pytest.raises(Http404):
            verb(ben, request_to_ben)


def test_whoever_declined_may_write_later(ben, zoe, request_to_ben):
    actions.decline(ben, request_to_ben)

    again = actions.start_direct(ben, zoe)
    say(ben, again, "sorry, hello")

    assert again == request_to_ben
    assert state_of(ben, again) == State.ACTIVE


def test_following_back_ends_the_waiting(ben, zoe, request_to_ben):
    follow(ben, zoe)

    conversation = actions.start_direct(zoe, ben)

    assert not conversation.is_request
    assert state_of(ben, conversation) == State.ACTIVE


@pytest.mark.parametrize(
    ("setting", "relation"),
    [("no_one", "friend"), ("friends", "follower"), ("following", "stranger")],
)
def test_setting_bars_the_way_without_telling(zoe, setting, relation):
    eve = make_user("eve", messages_from=setting)
    {"friend": befriend, "follower": follow, "stranger": lambda *_: None}[relation](zoe, eve)

    assert code_of(lambda: actions.start_direct(zoe, eve)) == "policy.unreachable"


def test_block_bars_the_way_and_history_stays(ana, ben):
    conversation = actions.start_direct(ana, ben)
    say(ana, conversation, "before")
    from accounts import actions as people

    people.block(ben, ana)

    assert code_of(lambda: say(ana, conversation, "after")) == "policy.unreachable"
    assert actions.start_direct(ana, ben) == conversation
    assert conversation.messages.visible_to(ana).count() == 1


def test_adult_starts_nothing_with_a_minor_who_is_no_friend(zoe, teo):
    teo.messages_from = "everyone"
    teo.save()

    assert code_of(lambda: actions.start_direct(zoe, teo)) == "policy.unreachable"
    befriend(zoe, teo)
    assert actions.start_direct(zoe, teo)


def test_children_have_no_messages(ana, kid):
    befriend(ana, kid)

    assert code_of(lambda: actions.start_direct(ana, kid)) == "policy.unreachable"
    assert code_of(lambda: actions.start_direct(kid, ana)) == "policy.R2"
    assert code_of(lambda: say(kid, uuid4())) == "policy.R2"


def test_accepting_what_is_not_theirs_is_not_found(ana, request_to_ben):
    with pytest.raises(Http404):
        actions.accept(ana, request_to_ben)
