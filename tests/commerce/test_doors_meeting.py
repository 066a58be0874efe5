"""The doors of products in videos and on profiles."""

from uuid import uuid4

import pytest

from commerce.actions.tagging import tag_product
from commerce.models import ShowcaseItem
from tests.commerce.factories import make_product
from tests.factories import block
from tests.videos.factories import make_video


@pytest.fixture
def video(mei):
    return make_video(mei)


@pytest.fixture
def tagged(mei, video, shirt):
    tag_product(mei, video, shirt.pk, from_ms=1_000, x=0.3, y=0.4)
    return video


def test_players_are_told_of_a_page_of_videos_at_once(browser, ana, tagged, shirt):
    page = browser(ana).get("/shop/in-videos/", {"v": [tagged.pk, uuid4(), "nonsense"]})

    text = page.content.decode()
    assert text.count("data-products-of") == 1
    assert f'href="/products/{shirt.pk}/?via=v:{tagged.pk}"' in text
    assert 'data-from="1000" data-until="" data-x="0.3000" data-y="0.4000"' in text


def test_the_sheet_is_a_page_without_a_script(browser, ana, tagged):
    assert b"<h1>In this video</h1>" in browser(ana).get(f"/shop/in-videos/{tagged.pk}/").content


def test_the_author_places_moves_and_takes_out(browser, mei, video, shirt):
    person, page = browser(mei), f"/shop/videos/{video.pk}/"
    said = {"product": shirt.pk, "begins": "2.5", "ends": "", "across": "20", "down": "60"}

    assert person.post(page, said).status_code == 302
    tag = video.product_tags.get()
    assert (tag.from_ms, tag.until_ms, tag.x, tag.y) == (2500, None, 0.2, 0.6)

    assert person.post(page, said | {"begins": "31"}).status_code == 422
    assert b"Linen shirt" in person.get(page).content
    assert person.post(f"{page}{shirt.pk}/remove/").status_code == 302
    assert not video.product_tags.exists()


def test_others_find_no_such_page(browser, ana, video, teo):
    assert browser(ana).get(f"/shop/videos/{video.pk}/").status_code == 404
    assert browser(teo).get(f"/shop/videos/{video.pk}/").status_code == 403


def test_rest_places_lists_and_takes_out(api, ana, mei, video, shirt):
    one = f"/api/v1/videos/{video.pk}/products/{shirt.pk}/"

    assert api(mei).put(one, {"from_ms": 500, "x": 0.1}, format="json").status_code == 200
    assert api(ana).put(one, {}, format="json").status_code == 404
    told = api(ana).get(f"/api/v1/videos/{video.pk}/products/").json()
    assert [(tag["product"]["id"], tag["from_ms"], tag["x"]) for tag in told] == [
        (str(shirt.pk), 500, 0.1)
    ]
    assert told[0]["via"] == f"v:{video.pk}"
    several = api(ana).get("/api/v1/products/in-videos/", {"v": [video.pk]}).json()
    assert [tag["video"] for tag in several] == [str(video.pk)]
    assert api(mei).delete(one).status_code == 204
    assert api(ana).get(f"/api/v1/videos/{video.pk}/products/").json() == []


@pytest.mark.parametrize("where", [{"x": 2}, {"from_ms": -1}, {"from_ms": 40_000}, {"y": "low"}])
def test_rest_refuses_what_is_no_place(api, mei, video, shirt, where):
    one = f"/api/v1/videos/{video.pk}/products/{shirt.pk}/"

    assert api(mei).put(one, where, format="json").status_code == 400


def test_a_profile_shows_the_shop_and_the_showcase(browser, ana, zoe, mei, shop, shirt):
    ShowcaseItem.objects.create(creator=zoe, product=shirt)
    make_product(shop, title="Old hat", state="archived")

    for username in ("mei", "zoe"):
        text = browser(ana).get(f"/shop/of/{username}/").content.decode()
        assert f"/products/{shirt.pk}/?via=p:{username}" in text
        assert "Old hat" not in text
    assert "Linen shirt" not in browser(ana).get("/shop/of/ben/").content.decode()


def test_a_profile_has_the_tab_only_with_products(browser, ana, mei, shirt):
    assert b"/shop/of/mei/" in browser(ana).get("/@mei/").content
    assert b"/shop/of/ana/" not in browser(ana).get("/@ana/").content


def test_nothing_is_shown_across_a_block(browser, zoe, mei, shirt):
    block(mei, zoe)

    assert browser(zoe).get("/shop/of/mei/").status_code == 404


def test_pages_ask_little(browser, ana, tagged, shop, django_assert_max_num_queries):
    person = browser(ana)
    for page, most in ((f"/shop/in-videos/?v={tagged.pk}", 8), ("/shop/of/mei/", 14)):
        person.get(page)
        with django_assert_max_num_queries(most):
            person.get(page)
