"""The demo shops: everything for sale has its pictures, its shelf, a stock for each variant."""

from io import BytesIO
from itertools import product

import pytest
from PIL import Image

from commerce.shelves import SHELVES
from config.demo.goods import WARES, draw
from config.demo.shop_goods import SHOPS, Good
from config.demo.shop_orders import PLACES
from config.demo.shop_reviews import ASKED, SAID
from config.demo.studio import SIDE

GOODS = {good.key: good for stand in SHOPS for good in stand.goods}
SHELF_SLUGS = {slug for *_, children in SHELVES for slug, _name, _name_es in children}


def variants(good: Good) -> int:
    return len(list(product(*good.options.values())))


def test_every_thing_has_a_shelf_three_photos_and_a_stock_for_each_variant():
    assert len(GOODS) == sum(len(stand.goods) for stand in SHOPS)
    assert {good.category for good in GOODS.values()} - SHELF_SLUGS == set()
    assert [key for key, good in GOODS.items() if len(set(good.looks)) < 3] == []
    assert [key for key, good in GOODS.items() if len(good.stock) != variants(good)] == []


def test_no_two_things_look_the_same():
    assert sorted(good.shape for good in GOODS.values()) == sorted(WARES)


def test_who_reviews_a_thing_has_an_address_and_does_not_sell_it():
    owners = {good.key: stand.owner for stand in SHOPS for good in stand.goods}
    assert [(name, key) for name, key, *_ in SAID if owners[key] == name] == []
    assert {name for name, *_ in SAID} - PLACES.keys() == set()
    assert [(name, key) for name, key, *_ in ASKED if owners[key] == name] == []


@pytest.mark.parametrize("view", ["front", "close", "home"])
def test_a_picture_is_square_and_the_same_at_every_start(view):
    first, second = (draw("mug", "#d7ccb9", "#7c93b5", view) for _ in range(2))

    assert first == second
    assert Image.open(BytesIO(first)).size == (SIDE, SIDE)
