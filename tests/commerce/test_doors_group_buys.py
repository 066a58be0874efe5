"""Group buys by page, by REST and in conversations."""

from uuid import uuid4

import pytest
from django.urls import reverse

from chat import sharing
from commerce.actions import group_buys
from commerce.models import GroupBuy
from tests.commerce.together import make_held, make_offer
from tests.factories import block

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(shirt):
    return make_offer(shirt)


@pytest.fixture
def group(ana, offer) -> GroupBuy:
    group = group_buys.start(ana, offer)
    group_buys.held(make_held(ana, group))
    return group


def test_rest_starts_reads_and_leaves(api, ben, kid, shirt, offer):
    asked = {"product": str(shirt.pk), "conversation": str(uuid4())}

    made = api(ben).post("/api/v1/group-buys/", asked, format="json")
    young = api(kid).post("/api/v1/group-buys/", asked, format="json")
    own = api(ben).get("/api/v1/group-buys/")
    left = api(ben).delete(f"/api/v1/group-buys/{made.data['id']}/place/")

    assert (made.status_code, made.data["price"]) == (201, "16.00")
    assert (young.status_code, young.json()["code"]) == (403, "policy.R7")
    assert [one["id"] for one in own.data["results"]] == [made.data["id"]]
    assert left.status_code == 204


def test_rest_says_whether_one_is_inside(api, ana, ben, group):
    there = f"/api/v1/group-buys/{group.pk}/"

    assert [one["is_inside"] for one in api(ana).get("/api/v1/group-buys/").data["results"]] == [
        True
    ]
    assert api(ana).get(there).data["is_inside"] is True
    assert api(ben).get(there).data["is_inside"] is False
    assert api().get(there).data["is_inside"] is False


def test_rest_offers_and_ends(api, mei, zoe, shirt):
    there = f"/api/v1/sell/products/{shirt.pk}/group-offer/"
    offered = {"people": 4, "percent": "25", "hours": 12}

    assert api(zoe).put(there, offered, format="json").status_code == 404
    assert api(mei).put(there, offered, format="json").status_code == 200
    assert api(mei).get(there).data["people"] == 4
    assert api(mei).delete(there).status_code == 204
    assert api(mei).get(there).status_code == 404


def test_the_page_names_people_across_no_block(client, ana, zoe, group):
    block(zoe, ana)
    client.force_login(zoe)

    page = client.get(group.get_absolute_url()).content.decode()

    assert "Ana" not in page
    assert "+1" in page


def test_minors_see_a_group_without_a_button(client, teo, ben, group):
    join = reverse("commerce:join-group-buy", args=[group.pk])
    seen = {}
    for person in (teo, ben):
        client.force_login(person)
        seen[person.username] = join in client.get(group.get_absolute_url()).content.decode()

    assert seen == {"teo": False, "ben": True}


def test_the_page_takes_few_queries(client, ben, group, django_assert_max_num_queries):
    client.force_login(ben)

    with django_assert_max_num_queries(14):
        client.get(group.get_absolute_url())


def test_the_seller_offers_on_a_page(client, mei, shirt):
    client.force_login(mei)
    there = reverse("commerce:sell-group-buy", args=[shirt.pk])

    wrong = client.post(there, {"people": 1, "percent": "20", "hours": 24})
    done = client.post(there, {"people": 3, "percent": "20", "hours": 24})

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert shirt.group_offers.get(is_active=True).people == 3


def test_it_is_shared_as_a_card_that_anybody_may_see(ben, group):
    shared = sharing.resolve(ben, f"group_buy:{group.pk}")

    assert shared.card is not None
    assert shared.card["group"]["filled"] == 1
