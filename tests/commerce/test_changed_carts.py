"""What changed between the cart and the order is said, by a sentence and by a code that apps know,
and the thing waits in the cart."""

from datetime import timedelta

import pytest
from django.utils import timezone
from djmoney.money import Money

from commerce.models import CartLine, Product, Purchase, Shop, Variant
from tests.commerce.buying import fill
from tests.commerce.factories import make_address

NOT_SOLD = "This is not sold any more."
CHANGES = {
    "taken down": lambda: Product.objects.update(taken_down_at=timezone.now()),
    "archived": lambda: Product.objects.update(state=Product.State.ARCHIVED),
    "suspended": lambda: Shop.objects.update(state=Shop.State.SUSPENDED),
    "not offered": lambda: Variant.objects.update(is_offered=False),
    "away": lambda: Shop.objects.update(
        holiday_from=timezone.localdate(), holiday_until=timezone.localdate() + timedelta(days=9)
    ),
    "sold out": lambda: Variant.objects.update(stock=0),
    "few": lambda: Variant.objects.update(stock=1),
    "dearer": lambda: Variant.objects.update(price=Money("22.00", "EUR")),
    "cheaper": lambda: Variant.objects.update(price=Money("18.00", "EUR")),
}
NOT_ENOUGH = "There is not enough left of something you want to order."
AWAY = "The shop is away. This waits here for you."
CHANGED = "Something changed meanwhile. Look at the sums again, then order."
# By what changed: the cart's note of it and its code; what ordering says, its code and status.
TOLD = [
    ("taken down", NOT_SOLD, "cart.gone", NOT_SOLD, "cart.gone", 400),
    ("archived", NOT_SOLD, "cart.gone", NOT_SOLD, "cart.gone", 400),
    ("suspended", NOT_SOLD, "cart.gone", NOT_SOLD, "cart.gone", 400),
    ("not offered", NOT_SOLD, "cart.gone", NOT_SOLD, "cart.gone", 400),
    ("away", AWAY, "cart.away", AWAY, "cart.away", 400),
    ("sold out", "Sold out.", "cart.sold_out", NOT_ENOUGH, "stock.gone", 409),
    ("few", "Only 1 is left.", "cart.few", NOT_ENOUGH, "stock.gone", 409),
    (
        "dearer",
        "The price went up since you put it in.",
        "cart.price_up",
        CHANGED,
        "checkout.changed",
        409,
    ),
    (
        "cheaper",
        "The price went down since you put it in.",
        "cart.price_down",
        CHANGED,
        "checkout.changed",
        409,
    ),
]
SEEN = "44.90"  # two for 20.00, and the parcel


@pytest.mark.parametrize(
    ("change", "note", "note_code", "sentence", "code", "status"),
    TOLD,
    ids=[change for change, *_told in TOLD],
)
def test_what_changed_is_said_through_every_door_and_waits_in_the_cart(
    browser, ana, variant, change, note, note_code, sentence, code, status
):
    make_address(ana, is_default=True)
    fill(ana, variant, 2)
    CHANGES[change]()
    door = browser(ana)

    line = door.get("/api/v1/cart/").json()["sections"][0]["lines"][0]
    page = door.get("/cart/").content.decode()
    refused = door.post(
        "/api/v1/checkout/",
        {"expect": SEEN},
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )
    placed = door.post("/checkout/", {"place": "1", "expect": SEEN}, follow=True)

    assert (line["note"], line["note_code"]) == (note, note_code)
    assert note in page
    told = refused.json()
    assert (refused.status_code, told["code"]) == (status, code)
    assert sentence in str(told)
    assert sentence in placed.content.decode()
    assert CartLine.objects.get().quantity == 2
    assert not Purchase.objects.exists()


def test_an_empty_cart_says_so(browser, ana):
    make_address(ana)

    answer = browser(ana).post("/api/v1/checkout/", headers={"Idempotency-Key": "k"})

    assert answer.json()["code"] == "cart.empty"
