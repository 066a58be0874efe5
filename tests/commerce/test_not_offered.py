"""Nothing leads into the shop where it is off (R45), nor minors (R7), who may look by a link."""

import pytest

from accounts.actions import regions
from commerce.actions.tagging import tag_product
from tests.accounts.staff import make_staff
from tests.factories import make_user
from tests.rules import rule
from tests.videos.factories import make_video
from videos.actions.drafts import begin_draft

TAB = 'href="/shop/"'


@pytest.fixture
def indian(mei):
    """Mei sells, and is where a rule switches the shop off."""
    reasons = {"en": "A court decided so.", "es": "Lo decidió un juez."}
    legal = make_staff("lea", "legal")
    regions.switch_off(legal, region="IN", feature="shop", reasons=reasons)
    type(mei).objects.filter(pk=mei.pk).update(region="IN")
    mei.refresh_from_db()
    return mei


@rule("R45", "page")
def test_no_page_leads_there_where_the_shop_is_off(browser, indian, ben, shirt):
    video = make_video(indian)
    draft = begin_draft(indian)
    pages = {
        "/": (TAB, 'data-tags="/'),
        "/@mei/": (TAB, "Products</a>"),
        "/upload/": ("Add products",),
        draft.editor_url: ("/shop/videos/",),
        f"/videos/{video.pk}/edit/": ("/shop/videos/",),
        "/settings/": (TAB,),
    }
    inside = browser(indian)
    for page, leads in pages.items():
        shown = inside.get(page, follow=True).content.decode()
        assert [lead for lead in leads if lead in shown] == [], page

    assert inside.get("/shop/", headers={"accept": "text/html"}).status_code == 451
    elsewhere = browser(ben).get("/", follow=True).content.decode()
    assert TAB in elsewhere
    assert 'data-tags="/' in elsewhere


@rule("R7", "page")
def test_minors_find_no_tab(browser, client, teo, ana, mei, shirt):
    tag_product(mei, make_video(mei), shirt.pk)

    assert TAB not in browser(teo).get("/settings/", follow=True).content.decode()
    assert browser(teo).get("/shop/").status_code == 200
    for door in (browser(ana), client):
        assert TAB in door.get("/discover/").content.decode()


@rule("R45", "api")
def test_apps_hear_why(api, browser, indian, shirt):
    told = browser(indian).get(f"/api/v1/products/{shirt.pk}/")

    assert (told.status_code, told.json()["code"]) == (451, "policy.R45")
    assert api(make_user("ida", age=30)).get(f"/api/v1/products/{shirt.pk}/").status_code == 200
