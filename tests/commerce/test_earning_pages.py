"""Pages about earning and payouts, without a script."""

from decimal import Decimal
from typing import Any

import pytest

from commerce import ledger
from commerce.actions import programmes
from commerce.actions.tagging import tag_product
from commerce.ledger import payouts
from commerce.models import Payout, PayoutAccount, ProgrammeMember
from tests.commerce.sales import arrived, make_order
from tests.videos.factories import make_video

pytestmark = pytest.mark.django_db

IBAN = "DE89370400440532013000"


@pytest.fixture
def payout(variant, ana, ben) -> Payout:
    """Ben's 16.81 EUR for two shirts that Ana saw in his video; Mei's 19.24 went out too."""
    PayoutAccount.objects.create(person=ben, holder="Ben", iban=IBAN)
    met: dict[str, Any] = {"source": "video", "video": make_video(ben)}
    order = make_order(variant, ana, quantity=2, creator=ben, percent="50", **met)
    ledger.sold(order)
    arrived(order)
    for found in payouts.run():
        payouts.send(found.pk)
    return Payout.objects.get(creator=ben)


def test_a_shop_offers_and_a_creator_joins(browser, mei, shop, ben):
    offered = browser(mei).post("/sell/affiliates/", {"percent": "12.5", "is_open": "on"})
    assert offered.status_code == 302
    page = browser(ben).get("/shop/earn/")
    assert "12.50 %" in page.content.decode() or "12.5 %" in page.content.decode()

    browser(ben).post(f"/shop/earn/{shop.programmes.get().pk}/", {"do": "join"})

    assert ProgrammeMember.objects.get().creator == ben
    assert ben.name in browser(mei).get("/sell/affiliates/").content.decode()


def test_an_invitation_says_what_is_wrong_with_it(browser, mei, shop):
    made = programmes.offer(mei, shop, percent=Decimal(10), is_open=False)
    asked = {"programme": made.pk, "username": "@nobody"}

    answer = browser(mei).post("/sell/affiliates/invite/", asked)

    assert answer.status_code == 422
    assert "There is nobody of that name." in answer.content.decode()


def test_a_rate_that_is_too_high_stays_in_the_form(browser, mei, shop):
    answer = browser(mei).post("/sell/affiliates/", {"percent": "81"})

    assert answer.status_code == 422
    assert "Between 0.01 and 80 percent." in answer.content.decode()


def test_a_showcase_is_filled_and_ordered(browser, mei, shop, shirt):
    page = browser(mei)
    assert "Put in Linen shirt" in page.get("/shop/showcase/").content.decode()

    page.post("/shop/showcase/", {"do": "add", "product": shirt.pk})

    assert "Take out Linen shirt" in page.get("/shop/showcase/").content.decode()
    assert page.post("/shop/showcase/", {"do": "add", "product": "x"}).status_code == 404


def test_earnings_show_what_sold_and_what_was_paid(browser, payout, ben, ana):
    said = browser(ben).get("/shop/earnings/").content.decode()

    assert "€16.81" in said
    assert "Linen shirt" in said
    assert ana.username not in said


def test_whoever_earned_nothing_is_told_how_it_begins(browser, zoe):
    said = browser(zoe).get("/shop/earnings/").content.decode()

    assert "Nothing earned yet" in said


def test_a_statement_comes_as_a_page_csv_and_pdf(browser, payout, ben):
    page = browser(ben)
    address = f"/shop/payouts/{payout.pk}"

    assert "€16.81" in page.get(f"{address}/").content.decode()
    assert b"16.81" in b"".join(page.get(f"{address}.csv").streaming_content)
    assert page.get(f"{address}.pdf").content.startswith(b"%PDF-")


def test_a_statement_is_not_there_for_others(browser, api, payout, zoe, mei):
    for address in ("/shop/payouts/{}/", "/shop/payouts/{}.csv", "/shop/payouts/{}.pdf"):
        assert browser(zoe).get(address.format(payout.pk)).status_code == 404
        assert browser(mei).get(address.format(payout.pk)).status_code == 404
    assert api(zoe).get(f"/api/v1/me/payouts/{payout.pk}.csv").status_code == 404


def test_a_shop_reads_its_money(browser, payout, mei):
    said = browser(mei).get("/sell/money/").content.decode()

    assert "€19.24" in said
    assert "@ben" in said


def test_an_account_with_a_wrong_number_is_told_so(browser, ben):
    answer = browser(ben).post("/shop/earnings/account/", {"holder": "Ben", "iban": "DE00"})

    assert answer.status_code == 422
    assert "This is not an IBAN." in answer.content.decode()


@pytest.mark.parametrize("address", ["earn", "earnings", "showcase"])
def test_earning_is_not_for_minors(browser, teo, address):
    assert browser(teo).get(f"/shop/{address}/").status_code == 403


@pytest.mark.parametrize("address", ["affiliates", "money"])
def test_a_shops_money_is_its_owners(browser, shop, zoe, address):
    assert browser(zoe).get(f"/sell/{address}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [("/shop/earnings/", 17), ("/shop/earn/", 7), ("/shop/showcase/", 8)],
)
def test_pages_take_few_queries(browser, payout, ben, address, most, django_assert_max_num_queries):
    page = browser(ben)
    page.get(address)

    with django_assert_max_num_queries(most):
        page.get(address)


def test_whoever_earns_by_a_video_says_so(browser, mei, shirt, zoe):
    video = make_video(mei)
    tag_product(mei, video, shirt.pk)

    said = browser(zoe).get(f"/shop/in-videos/{video.pk}/").content.decode()

    assert f"{mei.name} earns when you buy here." in said
