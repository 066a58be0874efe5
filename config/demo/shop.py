"""The demo shops: Mei makes things of linen, Lucía prints on thick paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from commerce.actions import photos, products, variants
from commerce.actions.variants import Row
from commerce.models import Category, Product, ShippingRate, ShippingZone, Shop
from config.demo.goods import draw
from config.demo.shop_affiliates import offer_programmes
from config.demo.shop_meeting import tag_videos
from config.demo.shop_orders import order_some
from config.demo.shop_sellers import declare_traders

Goods = dict[str, Product]


@dataclass(frozen=True, slots=True)
class Good:
    """Something for sale: `looks` are colour and backdrop of each photo, `stock` of each variant in
    turn."""

    key: str
    shape: str
    title: str
    category: str
    price: str
    words: str
    looks: tuple[tuple[str, str], ...]
    options: Mapping[str, list[str]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    stock: tuple[int, ...] = (12,)
    before: str = ""


LINEN = {"Material": "100 % linen", "Made in": "Lisbon"}
PAPER = {"Paper": "300 g/m²", "Print": "Risograph, two colours"}

MEI = (
    Good(
        *("shirt", "shirt", "Linen shirt", "tops", "49.00"),
        "Cut wide, washed soft. It wrinkles, and it is meant to.\n\nMei wears M at 1.68 m.",
        (("#e8ded0", "#8fb8a8"), ("#d9795d", "#f3e3d3"), ("#5d7fa3", "#e9e4da")),
        {"Size": ["S", "M", "L"], "Colour": ["sand", "brick"]},
        LINEN,
        (8, 3, 12, 0, 5, 9),
        "59.00",
    ),
    Good(
        *("tote", "bag", "Market bag", "bags", "24.00"),
        "Carries a week of vegetables, or one cat.",
        (("#d7b98a", "#cfd9e8"), ("#6f8f72", "#f4ead9")),
        {"Colour": ["natural", "moss"]},
        LINEN,
        (20, 4),
    ),
    Good(
        *("scarf", "scarf", "Summer scarf", "hats", "32.00"),
        "Thin enough for July.",
        (("#c98aa3", "#f6efe6"),),
        details=LINEN,
        stock=(2,),
    ),
    Good(
        *("mug", "mug", "Two-sip mug", "ceramics", "18.50"),
        "For espresso and for ink.",
        (("#d7ccb9", "#7c93b5"), ("#3f4a57", "#e6d9c7")),
        details={"Holds": "90 ml", "Dishwasher": "yes"},
        stock=(6,),
    ),
)
LUCIA = (
    Good(
        *("mountain", "print", "Sierra at six", "prints", "28.00"),
        "Two colours, A3, numbered and signed. Impreso en Madrid.",
        (("#ef7a5a", "#d9e3da"), ("#4f86c6", "#f2e4d5")),
        {"Edition": ["coral", "blue"]},
        PAPER,
        (15, 7),
    ),
    Good(
        *("cards", "cards", "Postcards, set of six 💌", "stationery", "9.00"),
        "Thick enough to arrive.",
        (("#f0b64e", "#dfe7f2"),),
        details=PAPER,
        stock=(40,),
    ),
    Good(
        *("moon", "print", "Luna llena", "prints", "35.00"),
        "Sold out twice. Third edition.",
        (("#6a58b0", "#efe7f6"),),
        details=PAPER,
        stock=(0,),
    ),
    Good(
        *("notebook", "cards", "Notebook without lines", "stationery", "14.00"),
        "120 pages that do not tell you what to do.",
        (("#7fa88b", "#f5ead6"),),
        details={"Paper": "100 g/m²", "Pages": "120"},
        stock=(25,),
    ),
)


def open_all(people: Mapping[str, User]) -> Goods:
    """Both shops with all that they sell, by key."""
    mei = _open(people["mei"], "mei-makes", "Mei Makes", "Linen and clay, a few pieces a week.")
    lucia = _open(people["lucia"], "papel-grueso", "Papel Grueso", "Prints on thick paper.")
    goods = _fill(mei, MEI) | _fill(lucia, LUCIA)
    offer_programmes(people, goods)
    tag_videos(people["mei"])
    declare_traders(people)
    order_some(people, goods)
    return goods


def _open(owner: User, slug: str, name: str, about: str) -> Shop:
    shop = Shop.objects.create(
        owner=owner,
        slug=slug,
        name=name,
        about=about,
        currency="EUR",
        country="ES" if owner.region == "ES" else "PT",
        state=Shop.State.OPEN,
        opened_at=timezone.now(),
        shipping_policy="Packed within two days, in paper.",
        returns_policy="Unworn, within the days above. Tell us first.",
    )
    for place, countries, price in (("Iberia", ["ES", "PT"], "3.90"), ("Everywhere", [], "7.90")):
        zone = ShippingZone.objects.create(shop=shop, name=place, countries=countries)
        free = Decimal(80) if countries else None
        ShippingRate.objects.create(zone=zone, name="Parcel", price=Decimal(price), free_from=free)
    return shop


def _fill(shop: Shop, goods: tuple[Good, ...]) -> Goods:
    return {good.key: _put_up(shop, good) for good in goods}


def _put_up(shop: Shop, good: Good) -> Product:
    seller: Any = shop.owner
    category = Category.objects.get(slug=good.category)
    product = products.create(
        seller, shop, title=good.title, category=category, price=Decimal(good.price)
    )
    for colour, backdrop in good.looks:
        picture = draw(good.shape, colour, backdrop)
        file = SimpleUploadedFile("photo.png", picture, "image/png")
        photos.add_photo(seller, product, file, alt=good.title)
    if good.options:
        product = variants.set_options(seller, product, good.options, revision=product.revision)
    rows = {
        variant.pk: Row(Decimal(good.price), stock, Decimal(good.before) if good.before else None)
        for variant, stock in zip(product.variants.all(), good.stock, strict=True)
    }
    product = variants.set_variants(seller, product, rows, revision=product.revision)
    told = {"description": good.words, "attributes": dict(good.details)}
    product = products.edit(seller, product, revision=product.revision, **told)
    return products.publish(seller, product, revision=product.revision)
