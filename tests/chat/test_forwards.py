"""Forwarding: what goes on, what it tells of where it comes from, what stays."""

from typing import Any
from uuid import uuid4

import pytest

from accounts import actions as people
from accounts.models import User
from chat import actions, cards, forwarding
from chat.models import Conversation, Message
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there(ana) -> Conversation:
    return make_group(ana, title="Elsewhere")


def forward(actor: User, conversation: Conversation, seqs: list[int], *places: Conversation):
    return actions.forward(
        actor,
        conversation,
        seqs=seqs,
        conversations=[place.pk for place in places],
        client_id=uuid4(),
    )


def copies(conversation: Conversation) -> list[Message]:
    return list(conversation.messages.filter(hops__gt=0).with_parts().order_by("seq"))


def told(message: Message) -> dict:
    return cards.message_cards([message])[0]["forwarded"]


def test_messages_go_on_in_their_order_and_say_who_said_them(ana, ben, group, there):
    first, second = say(ben, group, "one").seq, say(ana, group, "two").seq

    targets = forward(ana, group, [second, first], there)

    assert [target.is_sent for target in targets] == [True]
    one, two = copies(there)
    assert [(one.body, one.author), (two.body, two.author)] == [("one", ana), ("two", ana)]
    assert told(one) == {"hops": 1, "origin": ben.card()}
    assert targets[0].stored.seq == two.seq


def test_hops_are_counted_and_the_origin_stays(ana, ben, group, there):
    seq = say(ben, group, "pass it on").seq
    forward(ana, group, [seq], there)

    forward(ana, there, [copies(there)[0].seq], group)

    assert told(copies(group)[0]) == {"hops": 2, "origin": ben.card()}


def test_private_accounts_are_not_named(ana, ben, group, there):
    User.objects.filter(pk=ben.pk).update(is_private=True)
    seq = say(ben, group, "between us").seq

    forward(ana, group, [seq], there)

    assert told(copies(there)[0]) == {"hops": 1, "origin": None}


def test_nobody_is_named_across_a_block(ana, ben, group, there):
    forward(ana, group, [say(ben, group, "hello").seq], there)
    mei = make_user("mei")
    people.block(mei, ben)

    found = forwarding.references(copies(there), mei)

    assert [mark["origin"] for mark in found.values()] == [None]


def test_saying_it_again_stores_nothing_twice(ana, ben, group, there):
    said: dict[str, Any] = {
        "seqs": [say(ben, group).seq],
        "conversations": [there.pk],
        "client_id": uuid4(),
    }

    actions.forward(ana, group, **said)
    again = actions.forward(ana, group, **said)

    assert again[0].stored
    assert again[0].stored.replayed
    assert len(copies(there)) == 1


def test_one_refusal_loses_none_of_the_others(ana, ben, zoe, group, there):
    seq = say(ben, group).seq
    hers = make_group(zoe, title="Not Ana's")

    targets = forward(ana, group, [seq], hers, there)

    assert [(target.is_sent, target.code) for target in targets] == [
        (False, "not_found"),
        (True, ""),
    ]


def test_mentions_and_reactions_stay_behind(ana, ben, group, there):
    seq = say(ana, group, "@ben", mentions=[ben.pk]).seq
    actions.add_reaction(ben, group, seq=seq, emoji="🔥")

    forward(ana, group, [seq], there)

    copy = copies(there)[0]
    assert (copy.mentions, list(copy.reactions.all())) == ([], [])


def test_friend_whom_one_never_wrote_to_gets_it_directly(ana, ben, group):
    mei = make_user("mei")
    befriend(ana, mei)

    targets = actions.forward(
        ana, group, seqs=[say(ben, group, "for you").seq], users=[mei], client_id=uuid4()
    )

    assert targets[0].conversation_id
    direct = Conversation.objects.get(pk=targets[0].conversation_id)
    assert direct.is_direct
    assert copies(direct)[0].body == "for you"
