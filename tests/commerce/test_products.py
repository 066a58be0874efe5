"""Which products are shown to whom, and what their cards say."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from commerce.models import Product, Shop, ShopStaff
from tests.commerce.factories import make_product
from tests.factories import block

NOBODY = AnonymousUser()


def seen_by(viewer) -> list[str]:
    return sorted(Product.objects.visible_to(viewer).values_list("title", flat=True))


def test_everybody_sees_what_is_for_sale(shirt, ana):
    assert seen_by(NOBODY) == seen_by(ana) == ["Linen shirt"]


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_the_people_of_a_shop_alone_see_what_is_not_for_sale(shop, mei, ana, ben, state):
    make_product(shop, state=state)
    ShopStaff.objects.create(
        shop=shop, person=ben, role=ShopStaff.Role.PACKER, accepted_at=timezone.now()
    )

    assert seen_by(NOBODY) == seen_by(ana) == []
    assert seen_by(mei) == seen_by(ben) == ["Linen shirt"]


def test_nobody_sees_what_was_taken_down(shirt, mei, ana):
    Product.objects.update(taken_down_at=timezone.now())

    assert seen_by(NOBODY) == seen_by(ana) == seen_by(mei) == []


def test_a_suspended_shop_shows_nothing(shirt, shop, mei, ana):
    Shop.objects.update(state=Shop.State.SUSPENDED)

    assert seen_by(NOBODY) == seen_by(ana) == []
    assert seen_by(mei) == ["Linen shirt"]
    assert not Product.objects.listed().exists()


def test_who_is_blocked_sees_nothing_of_the_seller(shirt, mei, ana):
    block(mei, ana)

    assert seen_by(ana) == []


def test_a_card_tells_what_it_costs_and_whether_there_is_some(shirt, variant, mei):
    card = Product.objects.visible_to(mei).get().share_card()

    assert card["price"] == "20.00"
    assert (card["currency"], card["in_stock"], card["shop"]) == ("EUR", True, "mei")
    assert card["variants"] == [
        {
            "id": str(variant.pk),
            "name": "",
            "price": "20.00",
            "compare_price": None,
            "is_available": True,
        }
    ]


def test_a_draft_travels_without_its_card(shop, mei):
    draft, _variant = make_product(shop, state="draft")

    assert not draft.is_public


def test_cards_take_four_queries_however_many(shop, mei, django_assert_num_queries):
    for _ in range(5):
        make_product(shop)

    with django_assert_num_queries(4):
        for product in Product.objects.visible_to(NOBODY):
            product.share_card()


@pytest.mark.parametrize(
    ("question", "found"),
    [("linen", 1), ("LIN", 1), ("shirt linen", 1), ("inen", 0), ("linen shoe", 0), ("", 1)],
)
def test_words_are_found_by_how_they_begin(shirt, question, found):
    Product.objects.update(words="linen shirt")

    assert Product.objects.listed().saying(question).count() == found


def test_whose_wishes_are_whose(shirt, ana, ben):
    shirt.wishes.create(person=ana)

    assert Product.objects.all().wished_by(ana).get().is_wished
    assert not Product.objects.all().wished_by(ben).get().is_wished
    assert not Product.objects.all().wished_by(NOBODY).get().is_wished
