"""Group buys: the last held payment completes them, the clock ends them, and each only once."""

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import ports
from accounts.errors import Conflict, Refused
from commerce.actions import group_buys, purchases
from commerce.models import GroupBuy, GroupBuyPlace, Shop, ShopStaff
from tests.commerce.together import asked_for, make_held, make_offer
from tests.factories import block, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(shirt):
    return make_offer(shirt)


@pytest.fixture
def group(ana, offer) -> GroupBuy:
    return group_buys.start(ana, offer)


def states(group: GroupBuy) -> tuple[str, int]:
    group.refresh_from_db()
    return group.state, group.filled


# --- The shop -------------------------------------------------------------------------------------


def test_a_new_offer_replaces_the_one_before(mei, shirt, offer):
    made = group_buys.offer(mei, shirt, people=5, percent=Decimal(30), hours=48)

    assert [each.pk for each in shirt.group_offers.filter(is_active=True)] == [made.pk]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"people": 1}, "people"), ({"percent": Decimal(100)}, "percent"), ({"hours": 145}, "hours")],
)
def test_an_offer_has_its_bounds(mei, shirt, wrong, field):
    with pytest.raises(ValidationError) as error:
        group_buys.offer(mei, shirt, **({"people": 3, "percent": Decimal(20), "hours": 24} | wrong))

    assert error.value.error_dict[field][0].code == f"group_buy.{field}"


def test_only_who_edits_products_offers(zoe, ben, shop, shirt):
    ShopStaff.objects.create(shop=shop, person=ben, role="packer", accepted_at=timezone.now())

    with pytest.raises(Refused, match="Your part in this shop"):
        group_buys.offer(ben, shirt, people=3, percent=Decimal(20), hours=24)
    with pytest.raises(Http404):
        group_buys.offer(zoe, shirt, people=3, percent=Decimal(20), hours=24)


def test_an_offer_that_ended_starts_no_group_and_ends_none(mei, ana, ben, shirt, offer, group):
    group_buys.end_offer(mei, shirt)
    offer.refresh_from_db()

    with pytest.raises(Http404):
        group_buys.start(ben, offer)
    assert group.is_open


# --- Starting -------------------------------------------------------------------------------------


def test_a_group_keeps_what_the_offer_promised(group, offer):
    assert (group.people, group.percent, group.filled) == (3, Decimal(20), 0)
    assert group.ends_at - group.started_at == datetime.timedelta(hours=24)
    assert group.price_from == Decimal("16.00")


def test_starting_again_from_the_same_conversation_is_the_same_group(ana, offer):
    there = uuid4()

    first, second = (group_buys.start(ana, offer, there) for _time in range(2))

    assert first == second
    assert group_buys.start(ana, offer) != first


def test_nobody_starts_more_than_a_few(ana, offer):
    for _group in range(group_buys.MOST_OPEN):
        group_buys.start(ana, offer, uuid4())

    with pytest.raises(Refused) as error:
        group_buys.start(ana, offer, uuid4())
    assert error.value.code == "group_buy.too_many"


@pytest.mark.parametrize("age", [14, 16])
def test_minors_neither_start_nor_join(age, offer, group):
    young = make_user("young", age=age)

    for act in (
        lambda: group_buys.start(young, offer),
        lambda: group_buys.permit_joining(young, group),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert error.value.code == "policy.R7"


def test_who_is_blocked_by_the_seller_starts_nothing(mei, ana, offer):

    block(mei, ana)

    with pytest.raises(Http404):
        group_buys.start(ana, offer)


# --- Filling --------------------------------------------------------------------------------------


def test_the_last_place_completes_the_group_and_charges_all(ana, ben, zoe, group):
    bought = [make_held(person, group) for person in (ana, ben, zoe)]
    for purchase in bought:
        group_buys.held(purchase)

    assert states(group) == ("complete", 3)
    assert asked_for("commerce.capture_place") == {str(each.pk) for each in bought}
    assert asked_for("commerce.release_place") == set()


def test_nobody_is_charged_before(ana, ben, group):
    for person in (ana, ben):
        group_buys.held(make_held(person, group))

    assert states(group) == ("open", 2)
    assert asked_for("commerce.capture_place") == set()


def test_a_payment_told_of_twice_takes_one_place(ana, group):
    purchase = make_held(ana, group)

    group_buys.held(purchase)
    group_buys.held(purchase)

    assert states(group) == ("open", 1)
    assert asked_for("commerce.release_place") == set()


def test_one_person_has_one_place(ana, group):
    group_buys.held(make_held(ana, group))
    twice = make_held(ana, group)

    group_buys.held(twice)

    assert states(group) == ("open", 1)
    assert asked_for("commerce.release_place") == {str(twice.pk)}
    with pytest.raises(Conflict) as error:
        group_buys.permit_joining(ana, group)
    assert error.value.code == "group_buy.inside"


def test_who_comes_after_the_last_place_gets_the_money_back(ana, ben, zoe, offer):
    offer.people = 2
    group = group_buys.start(ana, offer)
    late = make_held(zoe, group)
    for person in (ana, ben):
        group_buys.held(make_held(person, group))

    group_buys.held(late)

    assert states(group) == ("complete", 2)
    assert asked_for("commerce.release_place") == {str(late.pk)}


def test_leaving_gives_the_place_back(ana, ben, group):
    purchase = make_held(ana, group)
    group_buys.held(purchase)

    group_buys.leave(ana, group)
    group_buys.leave(ben, group)

    assert states(group) == ("open", 0)
    assert asked_for("commerce.release_place") == {str(purchase.pk)}


def test_a_place_whose_money_is_held_no_more_is_free_again(ana, ben, group):
    lapsed, other = make_held(ana, group), make_held(ben, group)
    group_buys.held(lapsed)
    group_buys.held(other)

    for _ in range(2):
        purchases.failed(lapsed, "payment.released")

    group.refresh_from_db()
    assert (group.filled, group.state) == (1, "open")
    assert group.places.get().purchase == other


def test_nobody_leaves_a_complete_group(ana, ben, offer):
    offer.people = 2
    group = group_buys.start(ana, offer)
    for person in (ana, ben):
        group_buys.held(make_held(person, group))

    with pytest.raises(Conflict):
        group_buys.leave(ana, group)


# --- Ending ---------------------------------------------------------------------------------------


def run_out(group: GroupBuy) -> None:
    GroupBuy.objects.filter(pk=group.pk).update(ends_at=timezone.now())


def test_a_group_that_does_not_fill_lets_all_money_go(ana, ben, group):
    bought = [make_held(person, group) for person in (ana, ben)]
    for purchase in bought:
        group_buys.held(purchase)
    run_out(group)

    assert group_buys.expire() == 1

    assert states(group) == ("expired", 2)
    assert asked_for("commerce.release_place") == {str(each.pk) for each in bought}
    assert asked_for("commerce.capture_place") == set()
    assert group_buys.expire() == 0


def test_a_payment_after_the_end_is_let_go_even_before_the_clock_came_by(ana, ben, zoe, group):
    for person in (ana, ben):
        group_buys.held(make_held(person, group))
    run_out(group)
    late = make_held(zoe, group)

    group_buys.held(late)

    assert states(group) == ("open", 2)
    assert asked_for("commerce.release_place") == {str(late.pk)}


def test_a_shop_that_is_suspended_takes_its_groups_along(shop, ana, group):
    purchase = make_held(ana, group)
    group_buys.held(purchase)

    ports.moderated()["shop"].take_down(shop.pk)

    assert states(group) == ("cancelled", 1)
    assert asked_for("commerce.release_place") == {str(purchase.pk)}


# --- Who sees it ----------------------------------------------------------------------------------


def test_a_group_is_there_for_who_sees_the_product_and_for_who_is_in_it(ana, ben, shop, group):
    group_buys.held(make_held(ana, group))
    Shop.objects.filter(pk=shop.pk).update(state=Shop.State.SUSPENDED)

    assert list(GroupBuy.objects.visible_to(ana)) == [group]
    assert list(GroupBuy.objects.visible_to(ben)) == []


def test_its_card_counts_and_names_nobody(ana, group):
    group_buys.held(make_held(ana, group))
    group = GroupBuy.objects.visible_to(ana).get()

    card = group.share_card()

    assert card["group"]["filled"] == 1
    assert (card["group"]["price"], card["group"]["price_before"]) == ("16.00", "20.00")
    assert "Ana" not in str(card)
    assert GroupBuyPlace.objects.count() == 1
