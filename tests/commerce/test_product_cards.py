"""Products in conversations: who may send one, and how its card follows what it costs."""

from uuid import uuid4

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

import chat.tasks  # noqa: F401
from accounts.errors import Refused
from accounts.models import OutboxJob
from accounts.ports import card_changed
from chat import actions, changes
from chat.models import Conversation
from commerce.models import Product, Shop, Variant
from tests.chat.factories import make_group, say
from tests.chat.test_following import run_jobs
from tests.commerce.factories import make_product, make_shop
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(ana, ben):
    return make_group(ana, ben)


def send(author, place, product: Product):
    return actions.send_message(
        author, place, body="", client_id=uuid4(), share=f"product:{product.pk}"
    )


def renew() -> None:
    for job in OutboxJob.objects.filter(task="chat.renew_cards", done_at=None):
        current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def told(conversation: Conversation, after: int) -> dict:
    events = changes.changes_after(conversation.pk, after).events
    return next(event["share"]["card"] for event in events if event.get("share"))


def test_its_card_says_what_it_costs_and_that_there_is_some(ana, group, shirt, variant):
    send(ana, group, shirt)

    card = told(group, 0)
    assert (card["title"], card["price"], card["currency"]) == ("Linen shirt", "20.00", "EUR")
    assert card["in_stock"] is True
    assert [choice["id"] for choice in card["variants"]] == [str(variant.pk)]


def test_its_price_and_the_end_of_its_stock_reach_everybody(ana, group, shirt, variant):
    send(ana, group, shirt)
    before = Conversation.objects.get(pk=group.pk).revision

    Variant.objects.update(price=Money("18.50", "EUR"), stock=0)
    Product.objects.update(price_from="18.50", in_stock=False)
    card_changed("product", shirt.pk)
    renew()

    card = told(group, before)
    assert (card["price"], card["in_stock"]) == ("18.50", False)


def test_of_a_closed_shop_nothing_is_shown_any_more(ana, group, shop, shirt):
    send(ana, group, shirt)
    before = Conversation.objects.get(pk=group.pk).revision

    Shop.objects.update(state=Shop.State.SUSPENDED)
    card_changed("product", shirt.pk)
    renew()

    assert told(group, before) is None


def test_a_first_request_to_a_shop_may_hold_its_own_product(zoe, mei, shirt):
    talk = actions.start_direct(zoe, mei)

    assert send(zoe, talk, shirt).seq == 1


def test_a_first_request_holds_nobody_elses_product(zoe, ben, mei, shirt):
    other, _variant = make_product(make_shop(make_user("otto")))

    for person, product in ((ben, shirt), (mei, other)):
        with pytest.raises(Refused) as refused:
            send(zoe, actions.start_direct(zoe, person), product)
        assert refused.value.code == "policy.R13"


def test_message_the_seller_brings_the_product_along(browser, zoe, mei, shirt):
    person = browser(zoe)

    opened = person.post("/chat/with/mei/", {"share": f"product:{shirt.pk}"})
    page = person.get(opened.url).content.decode()

    assert f'name="share" value="product:{shirt.pk}"' in page
    assert "Linen shirt" in page


def test_without_a_script_it_is_sent_with_the_form(browser, zoe, mei, shirt):
    talk = actions.start_direct(zoe, mei)
    said = {"body": "Do you have it in blue?", "share": f"product:{shirt.pk}"}

    assert browser(zoe).post(talk.get_absolute_url(), said).status_code == 302

    message = talk.messages.get()
    assert (message.body, message.attachments.get().object_id) == (said["body"], shirt.pk)


def test_what_one_may_not_see_is_not_brought_along(browser, zoe, mei, shop):
    draft, _variant = make_product(shop, title="Secret coat", state="draft")
    talk = actions.start_direct(zoe, mei)

    page = browser(zoe).get(talk.get_absolute_url(), {"share": f"product:{draft.pk}"})

    assert b"Secret coat" not in page.content


def test_its_shop_is_told_how_far_it_went_and_never_by_whom(
    browser, settings, ana, ben, zoe, group, shirt
):
    befriend(ana, zoe)
    talk = actions.start_direct(ana, zoe)
    for place in (group, group, talk):
        send(ana, place, shirt)
    say(ben, group, f"look: {settings.SITE_ORIGINS[0]}{shirt.get_absolute_url()}")
    run_jobs("chat.read_links")
    actions.unsend_message(zoe, talk, seq=send(zoe, talk, shirt).seq)
    door = browser(shirt.shop.owner)
    address = f"/sell/products/{shirt.pk}/"

    told = door.get(f"/api/v1{address}")
    with_it = CaptureQueriesContext(connection)
    with with_it:
        page = door.get(address).content.decode()

    assert told.json()["shared"] == {"conversations": 2, "people": 2}
    assert "Shared in 2 conversations · by 2 people" in page
    assert len([each for each in with_it if "chat_attachment" in str(each["sql"])]) == 1
    assert str(ana.pk) not in told.content.decode() + page
    assert door.get("/api/v1/sell/products/").json()["results"][0]["shared"] is None
