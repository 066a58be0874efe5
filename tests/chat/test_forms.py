"""The forms of chat: shape only; what the models limit, they repeat."""

import pytest

from chat.forms import MessageForm, NewConversationForm, ShareForm
from tests.factories import befriend, block, make_user


def test_a_message_without_an_id_gets_one():
    form = MessageForm({"body": "hello"})

    assert form.is_valid()
    assert form.cleaned_data["client_id"].version == 4


def test_a_group_needs_a_name_a_direct_conversation_none(ana, ben):
    third = make_user("third")
    befriend(ana, third)

    one = NewConversationForm({"people": ["ben"]}, viewer=ana)
    several = NewConversationForm({"people": ["ben", "third"]}, viewer=ana)

    assert one.is_valid()
    assert several.errors == {"title": ["Give the group a name."]}


def test_people_behind_a_block_cannot_be_named(ana, zoe):
    block(zoe, ana)

    assert not NewConversationForm({"people": ["zoe"]}, viewer=ana).is_valid()


@pytest.mark.parametrize(("count", "is_valid"), [(0, False), (5, True), (6, False)])
def test_a_share_goes_to_one_to_five_places(ana, count, is_valid):
    people = [make_user(f"person{number}").username for number in range(count)]

    assert ShareForm({"people": people}, viewer=ana).is_valid() is is_valid
