"""What a shop's people do with its products: drafts, words, publishing, archiving.

Every change but the first names the `revision` its author saw: of two who change at once, the
second is told (`Conflict`, product.changed). Raises `Refused` (policy.R7, shop.not_yours) and
`Http404` for those who do not work there, `ValidationError` by field.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from djmoney.money import Money

from accounts import policy
from accounts.models import User
from accounts.ports import card_changed
from accounts.text import clean_lines, clean_name
from accounts.words import words_in
from commerce import offering
from commerce.actions import group_buys
from commerce.models import Category, Product, Shop, Variant
from commerce.people import PRODUCTS, demand
from commerce.refusals import conflict, invalid
from videos.models import Video

EDITABLE = frozenset({"title", "description", "category", "attributes", "film"})
TITLE, DESCRIPTION = 120, 5000
MOST_ATTRIBUTES, ATTRIBUTE = 20, 80
MOST_WORDS = 300  # different words by which one is found


@transaction.atomic
def create(
    actor: User, shop: Shop, *, title: str, category: Category, price: Decimal, stock: int = 0
) -> Product:
    """Begin a draft with one variant, in the shop's currency."""
    permit(actor, shop)
    product = Product(shop=shop)
    _write(product, {"title": title, "category": category})
    price = offering.clean_price(price)
    offering.check_stock(stock)
    product.save()
    Variant.objects.create(product=product, price=Money(price, shop.currency), stock=stock)
    offering.sum_up(product.pk)
    product.refresh_from_db()
    return product


@transaction.atomic
def edit(actor: User, product: Product, *, revision: int, **fields: Any) -> Product:
    """Change what is named in EDITABLE. `category` is a `Category`, `attributes` a mapping of
    names to words, `film` the id of a public video of the shop's owner or the actor, or None."""
    permit(actor, product.shop)
    if unknown := fields.keys() - EDITABLE:
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    held = hold(product, revision)
    if "film" in fields:
        fields["film"] = _film(actor, held, fields["film"])
    _write(held, fields)
    return write(held, *fields, "words")


@transaction.atomic
def publish(actor: User, product: Product, *, revision: int) -> Product:
    """Put it up for sale. What is missing is said by field, all at once."""
    permit(actor, product.shop)
    held = hold(product, revision)
    if wrong := missing(held):
        raise ValidationError({field: invalid(code) for field, code in wrong.items()})
    held.state = Product.State.PUBLISHED
    held.published_at = held.published_at or timezone.now()
    return write(held, "state", "published_at")


@transaction.atomic
def archive(actor: User, product: Product, *, revision: int) -> Product:
    """Sell it no longer; its page, reviews and orders stay with the shop, and it can be published
    again."""
    permit(actor, product.shop)
    held = hold(product, revision)
    held.state = Product.State.ARCHIVED
    return write(held, "state")


@transaction.atomic
def delete_draft(actor: User, product: Product) -> None:
    """Throw a draft away that was never for sale. Raises `Conflict` (product.not_draft)."""
    permit(actor, product.shop)
    held = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    if held.state != Product.State.DRAFT or held.published_at is not None:
        raise conflict("product.not_draft")
    held.delete()


def missing(product: Product) -> dict[str, str]:
    """By field, the code of what keeps it from being sold."""
    checks = {
        ("category", "product.prohibited"): not product.category.is_prohibited,
        ("photos", "product.no_photo"): product.photos.exists(),
        ("variants", "product.no_variant"): product.variants.filter(is_offered=True).exists(),
    }
    return {field: code for (field, code), is_right in checks.items() if not is_right}


# --- Moderators -----------------------------------------------------------------------------------


@transaction.atomic
def take_down(product_id: UUID) -> None:
    """By a moderator's decision nobody sees or orders it any more; it is kept. Groups that are not
    complete come to nothing."""
    _show(product_id, on=False)
    group_buys.cancel_for(product_id=product_id)


@transaction.atomic
def put_back(product_id: UUID) -> None:
    """As it was."""
    _show(product_id, on=True)


def _show(product_id: UUID, *, on: bool) -> None:
    taken = None if on else timezone.now()
    products = Product.objects.filter(pk=product_id, taken_down_at__isnull=not on)
    if products.update(taken_down_at=taken):
        card_changed("product", product_id)


# --- What the modules beside share ----------------------------------------------------------------


def permit(actor: User, shop: Shop) -> None:
    """Raise unless the actor may change what the shop sells."""
    policy.permit(policy.sell(actor.person))
    demand(actor, shop, PRODUCTS)


def hold(product: Product, revision: int) -> Product:
    """The product as it is now, locked. Raises `Conflict` (product.changed) where it is no longer
    the one that its editor saw. Variants are locked before it: so does whoever orders
    (stock.py)."""
    list(Variant.objects.select_for_update().filter(product=product).order_by("pk"))
    locked = Product.objects.select_for_update(of=("self",)).select_related("shop", "category")
    held = locked.get(pk=product.pk)
    if held.revision != revision:
        raise conflict("product.changed")
    return held


def write(product: Product, *fields: str) -> Product:
    """Store these fields of a held product as its next revision, and renew its cards."""
    product.revision += 1
    product.changed_at = timezone.now()
    product.save(update_fields=[*fields, "revision", "changed_at"])
    card_changed("product", product.pk)
    return product


# --- Fields ---------------------------------------------------------------------------------------


def _write(product: Product, fields: Mapping[str, Any]) -> None:
    """All that is wrong is said at once."""
    cleaners: dict[str, Callable[[Any], Any]] = {
        "title": _title,
        "description": _description,
        "category": _category,
        "attributes": _attributes,
    }
    wrong: dict[str, ValidationError] = {}
    for name, value in fields.items():
        try:
            setattr(product, name, cleaners[name](value) if name in cleaners else value)
        except ValidationError as error:
            wrong[name] = error
    if wrong:
        raise ValidationError(wrong)
    product.words = _words(product)


def _title(title: str) -> str:
    cleaned = clean_name(title)
    if not 2 <= len(cleaned) <= TITLE:
        raise invalid("product.title", count=TITLE)
    return cleaned


def _description(words: str) -> str:
    cleaned = clean_lines(words)
    if len(cleaned) > DESCRIPTION:
        raise invalid("product.description", count=DESCRIPTION)
    return cleaned


def _category(category: Category) -> Category:
    """Prohibited ones can be named: whoever does is told why it cannot be sold."""
    if category.is_prohibited:
        raise invalid("product.prohibited")
    return category


def _attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    cleaned = {clean_name(name): clean_name(value) for name, value in attributes.items()}
    sizes = [len(word) for pair in cleaned.items() for word in pair]
    if len(cleaned) > MOST_ATTRIBUTES or any(not 0 < size <= ATTRIBUTE for size in sizes):
        raise invalid("product.attributes", count=MOST_ATTRIBUTES)
    return cleaned


def _film(actor: User, product: Product, film: UUID | None) -> Video | None:
    if film is None:
        return None
    own = Video.objects.visible_to(actor).filter(author__in=[actor.pk, product.shop.owner_id])
    found = own.filter(pk=film).first()
    if found is None or not found.is_public:
        raise invalid("product.film", "film")
    return found


def _words(product: Product) -> str:
    """What it is found by: its title first, then who sells it, what it is, and what it has."""
    category = product.category
    parts = [product.title, product.shop.name, category.name, category.name_es]
    parts += [*product.attributes.values(), product.description]
    folded = (word.folded for part in parts for word in words_in(part))
    return " ".join(list(dict.fromkeys(folded))[:MOST_WORDS])
