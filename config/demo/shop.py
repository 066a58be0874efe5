"""The demo shops are opened and filled, told of, bought from and reviewed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from commerce.actions import photos, products, shops, variants
from commerce.actions.variants import Row
from commerce.models import Category, Product, ShippingRate, ShippingZone, Shop
from config.demo.goods import draw
from config.demo.shop_affiliates import offer_programmes
from config.demo.shop_goods import SHOPS, Good, Stand
from config.demo.shop_meeting import tag_videos
from config.demo.shop_offers import offer_all
from config.demo.shop_orders import order_some
from config.demo.shop_reviews import review_all
from config.demo.shop_sellers import declare_traders

Goods = dict[str, Product]

ALTS = {"front": "the whole of it", "close": "from near by", "home": "in a sunny room"}


def open_all(people: Mapping[str, User]) -> Goods:
    """All shops with all that they sell, by key."""
    goods: Goods = {}
    for stand in SHOPS:
        goods |= _fill(_open(people[stand.owner], stand), stand.goods)
    offer_programmes(people, goods)
    tag_videos(people["mei"])
    declare_traders(people)
    review_all(people, goods)
    offer_all(goods)
    order_some(people, goods)
    return goods


def _open(owner: User, stand: Stand) -> Shop:
    shop = Shop.objects.create(
        owner=owner,
        slug=stand.slug,
        name=stand.name,
        about=stand.about,
        currency="EUR",
        country=stand.country,
        state=Shop.State.OPEN,
        opened_at=timezone.now(),
        shipping_policy="Packed within two days, in paper.",
        returns_policy="Unworn, within the days above. Tell us first.",
    )
    for place, countries, price in (("Iberia", ["ES", "PT"], "3.90"), ("Everywhere", [], "7.90")):
        zone = ShippingZone.objects.create(shop=shop, name=place, countries=countries)
        free = Decimal(80) if countries else None
        ShippingRate.objects.create(zone=zone, name="Parcel", price=Decimal(price), free_from=free)
    return shops.set_picture(owner, shop, _photo(*stand.sign))


def _photo(shape: str, colour: str, backdrop: str, view: str) -> SimpleUploadedFile:
    picture = draw(shape, colour, backdrop, view)
    return SimpleUploadedFile("photo.png", picture, "image/png")


def _fill(shop: Shop, goods: tuple[Good, ...]) -> Goods:
    return {good.key: _put_up(shop, good) for good in goods}


def _put_up(shop: Shop, good: Good) -> Product:
    seller: Any = shop.owner
    category = Category.objects.get(slug=good.category)
    product = products.create(
        seller, shop, title=good.title, category=category, price=Decimal(good.price)
    )
    for colour, backdrop, view in good.looks:
        file = _photo(good.shape, colour, backdrop, view)
        photos.add_photo(seller, product, file, alt=f"{good.title}: {ALTS[view]}")
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
