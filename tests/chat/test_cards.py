"""Cards of whatever can be shared: each kind is the same fields, so that a new one needs a model
and a word, and nothing of chat. A profile stands in for kinds whose models come later."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from chat import sharing
from tests.chat.doors import OK, RestDoor, SocketDoor, words
from tests.chat.factories import say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

CARD = {
    "title": "Rain on tin <b>",
    "detail": "Mei Tanaka · 0:31",
    "words": "Three to choose from",
    "price": "12 €",
    "url": "/things/1/",
}
KINDS = {
    "sound": ("Shared a sound", "This sound is not available any more."),
    "collection": ("Shared a collection", "This collection is not available to you."),
    "product": ("Shared a product", "This product is not available any more."),
    "order": ("Shared an order", "This order is not available to you."),
    "riddle": ("Shared something", "This is not available to you."),
}


@pytest.fixture(params=KINDS)
def kind(request, settings, monkeypatch) -> Iterator[str]:
    """A kind whose things are people, for want of others."""
    settings.SHAREABLE_MODELS = {request.param: "accounts.User"}
    monkeypatch.setattr(User, "share_card", lambda self: CARD)
    sharing._kind_of.cache_clear()
    yield request.param
    sharing._kind_of.cache_clear()


def test_card_is_drawn_from_its_fields(browser, kind, ana, ben, zoe, group):
    say(ana, group, "", share=f"{kind}:{zoe.pk}")

    page = browser(ben).get(group.get_absolute_url()).content.decode()

    assert f'data-kind="{kind}" data-id="{zoe.pk}"' in page
    assert 'href="/things/1/">Rain on tin &lt;b&gt;</a>' in page
    for words_shown in ("Mei Tanaka · 0:31", "Three to choose from", "12 €"):
        assert words_shown in page


def test_inbox_says_what_was_shared(browser, kind, ana, ben, zoe, group):
    say(ana, group, "", share=f"{kind}:{zoe.pk}")

    page = browser(ben).get("/inbox/").content.decode()

    assert KINDS[kind][0] in page


def test_who_may_not_see_it_any_more_reads_so(browser, kind, ana, ben, zoe, group):
    say(ana, group, "", share=f"{kind}:{zoe.pk}")
    User.objects.filter(pk=zoe.pk).update(is_active=False)

    page = browser(ben).get(group.get_absolute_url()).content.decode()

    assert "Rain on tin" not in page
    assert KINDS[kind][1] in page


@pytest.mark.parametrize("door", ["rest", "socket"])
async def test_every_door_takes_the_kind(kind, door, api, ana, zoe, group):
    through = RestDoor(api) if door == "rest" else SocketDoor()

    assert await through.send(ana, group, **words("", share=f"{kind}:{zoe.pk}")) == OK
    assert await through.send(ana, group, **words("", share=f"{kind}:{group.pk}")) == (
        "share.unknown"
    )
