"""Where a product was met, from the address somebody opened to the line, the commission and the
sums: by page and by REST, whatever the origin."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from chat.actions import send_message
from commerce.actions import programmes, showcase, tagging
from commerce.earnings.creators import earnings_of
from commerce.earnings.shops import money_of
from commerce.models import OrderLine, Touch
from tests.chat.channels import make_channel
from tests.chat.factories import make_group
from tests.commerce.buying import buy, order
from tests.commerce.factories import make_product
from tests.commerce.orders import pay
from tests.videos.factories import make_video

pytestmark = pytest.mark.django_db(transaction=True)
ORIGINS = ("video", "profile", "channel", "talk")


@dataclass(frozen=True)
class Origin:
    """Where Ben shows the shirt, and how the address says it."""

    source: str
    via: str
    video: UUID | None = None
    conversation: UUID | None = None


@pytest.fixture
def earning(mei, ben, shop, shirt):
    """Ben gets a tenth of what he sells of Mei's."""
    programme = programmes.offer(mei, shop, percent=Decimal(10), is_open=True)
    programmes.join(ben, programme)
    return ben


@pytest.fixture
def origins(ana, earning, shirt) -> dict[str, Origin]:
    """The four places in which Ben shows it to Ana."""
    ben, share = earning, f"product:{shirt.pk}"
    video = make_video(ben)
    tagging.tag_product(ben, video, shirt.pk)
    showcase.add(ben, shirt)
    channel, group = make_channel(ben, ana), make_group(ben, ana)
    for place in (channel, group):
        send_message(ben, place, body="", client_id=uuid4(), share=share)
    return {
        "video": Origin("video", f"v:{video.pk}", video=video.pk),
        "profile": Origin("profile", "p:ben"),
        "channel": Origin("channel", f"c:{channel.pk}", conversation=channel.pk),
        "talk": Origin("talk", f"t:{group.pk}", conversation=group.pk),
    }


def paid(purchase: Any) -> OrderLine:
    """The one line of what was bought, once it is paid."""
    return pay(purchase.orders.get()).lines.get()


@pytest.mark.parametrize("name", ORIGINS)
def test_every_origin_is_known_from_the_address_to_the_sums(
    api, browser, ana, earning, shop, shirt, variant, origins, name
):
    origin, there = origins[name], {"via": origins[name].via}
    browser(ana).get(f"/products/{shirt.pk}/", there)
    lines = [paid(buy(ana, variant))]
    Touch.objects.all().delete()
    api(ana).get(f"/api/v1/products/{shirt.pk}/", there)
    lines.append(paid(buy(ana, variant)))
    Touch.objects.all().delete()
    put = api(ana).post("/api/v1/cart/lines/", {"variant": variant.pk, "quantity": 1} | there)
    assert put.status_code in {200, 201}
    lines.append(paid(order(ana)))

    for line in lines:
        met = Origin(line.source, origin.via, line.video_id, line.conversation)
        assert (met, line.creator, line.commission_percent) == (origin, earning, 10)
    told = api(ana).get(f"/api/v1/orders/{lines[0].order_id}/").json()["lines"][0]
    where = (told["source"], told["video"], told["conversation"], told["creator"])
    known = [key and str(key) for key in (origin.video, origin.conversation)]
    assert where == (origin.source, *known, "ben")

    earned, taken = earnings_of(earning), money_of(shop)
    assert (earned.sales, earned.total) == (3, Decimal("6.00"))
    by_place = [(len(rows.by_video), len(rows.by_talk)) for rows in (earned, taken)]
    assert by_place == [(int(name == "video"), int(name in {"channel", "talk"}))] * 2
    for row in (*taken.by_video, *taken.by_talk):
        assert (row.shares.paid, row.shares.commission) == (Decimal("60.00"), Decimal("6.00"))


@pytest.mark.parametrize("name", ORIGINS)
def test_who_buys_what_they_show_themselves_earns_nothing(
    browser, earning, shirt, variant, origins, name
):
    browser(earning).get(f"/products/{shirt.pk}/", {"via": origins[name].via})

    line = paid(buy(earning, variant))

    assert line.commission_percent == 0
    assert earnings_of(earning).sales == 0


def test_whoever_showed_it_last_is_whose_merit_it_is(api, ana, shirt, variant, origins):
    for name in ("video", "talk", "profile", "channel"):
        api(ana).get(f"/api/v1/products/{shirt.pk}/", {"via": origins[name].via})
    api(ana).get(f"/api/v1/products/{shirt.pk}/", {"via": "s"})
    api(ana).get(f"/api/v1/products/{shirt.pk}/")

    assert paid(buy(ana, variant)).source == "channel"


@pytest.mark.parametrize(("seconds", "source"), [(-60, "video"), (60, "direct")])
def test_it_holds_for_seven_days_and_not_a_minute_more(
    api, ana, shirt, variant, origins, seconds, source
):
    api(ana).get(f"/api/v1/products/{shirt.pk}/", {"via": origins["video"].via})
    Touch.objects.update(at=timezone.now() - timedelta(days=7, seconds=seconds))

    assert paid(buy(ana, variant)).source == source


# --- Who looks is told ----------------------------------------------------------------------------


def disclosed(api, browser, person, product, via: str) -> tuple[bool, str]:
    """What the page and REST say to somebody who comes from there."""
    page = browser(person).get(f"/products/{product.pk}/", {"via": via}).content.decode()
    told = api(person).get(f"/api/v1/products/{product.pk}/", {"via": via}).json()
    return "earns when you buy here." in page, told["disclosure"]


@pytest.mark.parametrize("name", ORIGINS)
def test_a_page_says_who_earns(api, browser, ana, shirt, origins, name):
    said = disclosed(api, browser, ana, shirt, origins[name].via)

    assert said == (True, "Advertising · Ben earns when you buy here.")


def test_a_page_says_nothing_where_nobody_earns(api, browser, ana, ben, mei, shop, shirt, origins):
    programmes.leave(ben, shop.programmes.get())

    assert disclosed(api, browser, ana, shirt, origins["video"].via) == (False, "")
    assert disclosed(api, browser, ana, shirt, "p:mei") == (False, "")
    assert disclosed(api, browser, ana, shirt, "") == (False, "")


def test_a_player_says_so_beside_each_product(api, ana, shirt, shop, origins, earning):
    video = origins["video"].video
    hat, _variant = make_product(shop, title="Hat")
    api(earning).put(f"/api/v1/videos/{video}/products/{hat.pk}/", {}, format="json")

    told = api(ana).get(f"/api/v1/videos/{video}/products/").json()

    assert [each["disclosure"] for each in told] == [
        "Advertising · Ben earns when you buy here."
    ] * 2


def test_a_page_that_was_advertised_takes_few_queries(
    browser, ana, shirt, origins, django_assert_max_num_queries
):
    there, page = {"via": origins["video"].via}, browser(ana)
    page.get(f"/products/{shirt.pk}/", there)

    with django_assert_max_num_queries(16):  # to read and store where it was met, and who earns
        page.get(f"/products/{shirt.pk}/", there)
