"""Running a shop: what it says of itself, its picture, when it is away; and staff's switch."""

from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import validate_slug
from django.db import transaction

from accounts import images, policy
from accounts.models import User
from accounts.outbox import enqueue
from accounts.ports import card_changed
from accounts.screening import Brought, screen
from commerce.actions import group_buys
from commerce.actions.applications import TAKEN_SLUGS
from commerce.models import Product, Shop
from commerce.people import SETTINGS, demand
from commerce.refusals import invalid

EDITABLE = frozenset(
    {
        *("name", "slug", "about", "prices_include_tax"),
        *("return_days", "returns_policy", "shipping_policy"),
        *("holiday_from", "holiday_until", "holiday_words"),
    }
)
LONG = {"about": 1000, "returns_policy": 4000, "shipping_policy": 4000}
FOLDER = "shops"
CARDS = 100  # in one transaction
RETURN_DAYS = range(14, 366)  # 14: Directive 2011/83/EU, Article 9


@transaction.atomic
def update(actor: User, shop: Shop, **fields: Any) -> Shop:
    """Change what is named in EDITABLE; holidays apply from their first day on.

    Raises `Refused` (policy.R7, shop.not_yours), `ValidationError` by field.
    """
    _permit(actor, shop)
    if unknown := fields.keys() - EDITABLE:
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    fresh = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
    for name, value in fields.items():
        setattr(fresh, name, value.strip() if isinstance(value, str) else value)
    fresh.clean_fields(exclude={field.name for field in Shop._meta.fields} - fields.keys())
    _check(fresh, fields.keys())
    fresh.save(update_fields=list(fields))
    _tell_cards(fresh)
    return fresh


def _permit(actor: User, shop: Shop) -> None:
    policy.permit(policy.sell(actor.person))
    demand(actor, shop, SETTINGS)


def _check(shop: Shop, changed: Any) -> None:
    if "name" in changed and len(shop.name) < 2:
        raise invalid("shop.name", "name")
    if "slug" in changed:
        _check_slug(shop)
    for name in LONG.keys() & set(changed):
        # Django asks only forms about the length of a text.
        if len(getattr(shop, name)) > LONG[name]:
            raise invalid("shop.too_long", name, count=LONG[name])
    if "return_days" in changed and shop.return_days not in RETURN_DAYS:
        raise invalid("shop.return_days", "return_days")
    begin, end = shop.holiday_from, shop.holiday_until
    if end is not None and (begin is None or end <= begin):
        raise invalid("shop.holiday", "holiday_until")


def _check_slug(shop: Shop) -> None:
    try:
        validate_slug(shop.slug)
    except ValidationError:
        raise invalid("shop.slug", "slug")
    if len(shop.slug) < 3:
        raise invalid("shop.slug", "slug")
    others = Shop.objects.filter(slug__iexact=shop.slug).exclude(pk=shop.pk)
    if shop.slug.lower() in TAKEN_SLUGS or others.exists():
        raise invalid("shop.slug_taken", "slug")


def set_picture(actor: User, shop: Shop, file: images.Readable) -> Shop:
    """Show this picture's middle. Raises as `update` does, and `ValidationError` (avatar.type,
    avatar.too_large, media.held)."""
    _permit(actor, shop)
    content = images.content_of(file)
    picture = images.square_webp(content)
    screen(Brought("shop", actor.pk, "shop", shop.pk), [content, picture])
    name = default_storage.save(images.random_name(FOLDER), ContentFile(picture))
    try:
        return _replace_picture(shop, name)
    except BaseException:
        default_storage.delete(name)
        raise


def remove_picture(actor: User, shop: Shop) -> Shop:
    """Show the first letter of its name again."""
    _permit(actor, shop)
    return _replace_picture(shop, "")


def take_away_picture(shop: Shop) -> None:
    """The same by Medley itself: the picture turned out to be a known one (R44)."""
    _replace_picture(shop, "")


@transaction.atomic
def _replace_picture(shop: Shop, name: str) -> Shop:
    """The old file goes after the commit: until then its address is still in use."""
    fresh = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
    old = fresh.picture.name
    fresh.picture = name
    fresh.save(update_fields=["picture"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
    return fresh


# --- Staff of Medley ------------------------------------------------------------------------------


@transaction.atomic
def suspend(shop_id: UUID) -> None:
    """Nobody can order there or sees it; what is ordered can still be packed, sent, paid back.
    Groups that are not complete come to nothing: nobody pays."""
    shop = _held(shop_id, Shop.State.OPEN, Shop.State.CLOSED)
    if shop is not None:
        move(shop, Shop.State.SUSPENDED)
        group_buys.cancel_for(shop_id=shop_id)


@transaction.atomic
def put_back(shop_id: UUID) -> None:
    """It is as it was: it sells again, or its owner closed it."""
    shop = _held(shop_id, Shop.State.SUSPENDED)
    if shop is not None:
        move(shop, Shop.State.CLOSED if shop.closed_at else Shop.State.OPEN)


def _held(shop_id: UUID, *states: str) -> Shop | None:
    shops = Shop.objects.select_for_update(of=("self",))
    return shops.filter(pk=shop_id, state__in=states).first()


def move(shop: Shop, state: str, **fields: Any) -> Shop:
    """Another state of a shop that the caller holds, with what goes with it; its cards follow."""
    for name, value in {"state": state, **fields}.items():
        setattr(shop, name, value)
    shop.save(update_fields=["state", *fields])
    _tell_cards(shop)
    return shop


def _tell_cards(shop: Shop) -> None:
    """Its products' cards in conversations say whether they can be ordered; there may be many."""
    enqueue("commerce.renew_cards_of_shop", shop_id=str(shop.pk))


def renew_cards(shop_id: UUID) -> None:
    """Have the cards of all that the shop sells asked for anew, some at a time."""
    published = Product.objects.filter(shop=shop_id, state=Product.State.PUBLISHED)
    keys = list(published.values_list("pk", flat=True))
    for start in range(0, len(keys), CARDS):
        with transaction.atomic():
            for key in keys[start : start + CARDS]:
                card_changed("product", key)
