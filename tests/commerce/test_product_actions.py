"""What a shop's people do with products, and what they are refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import OutboxJob
from commerce.actions import products, variants, wishes
from commerce.actions.variants import Row
from commerce.models import Category, Product, ShopStaff, StockAlert, Variant
from tests.factories import make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db
D = Decimal


def code_of(error) -> str:
    return next(iter(error.value.error_dict.values()))[0].code


def edited(actor, product, **fields) -> Product:
    return products.edit(actor, product, revision=product.revision, **fields)


def test_words_are_cleaned_and_can_be_found(mei, shirt):
    edited(mei, shirt, title="  Crème   shirt ", attributes={"Material": "linen"})

    assert Product.objects.get().title == "Crème shirt"
    assert Product.objects.listed().saying("creme linen").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "x"}, "product.title"),
        ({"description": "x" * 5001}, "product.description"),
        ({"attributes": {"": "linen"}}, "product.attributes"),
        ({"attributes": {str(n): "x" for n in range(21)}}, "product.attributes"),
    ],
)
def test_what_nobody_could_read_is_refused(mei, shirt, fields, code):
    with pytest.raises(ValidationError) as error:
        edited(mei, shirt, **fields)

    assert code_of(error) == code


def test_nothing_is_put_on_a_prohibited_shelf(mei, shirt):
    weapons, _ = Category.objects.get_or_create(
        slug="weapons", defaults={"name": "Weapons", "is_prohibited": True}
    )

    with pytest.raises(ValidationError) as error:
        edited(mei, shirt, category=weapons)

    assert code_of(error) == "product.prohibited"


def test_what_became_prohibited_is_not_published_again(mei, shirt):
    products.archive(mei, shirt, revision=1)
    Category.objects.update(is_prohibited=True)

    with pytest.raises(ValidationError) as error:
        products.publish(mei, shirt, revision=2)

    assert set(error.value.error_dict) == {"category", "photos"}


def test_the_second_of_two_editors_is_told(mei, shirt):
    products.edit(mei, shirt, revision=1, title="Shirt")

    with pytest.raises(Conflict) as error:
        products.edit(mei, shirt, revision=1, title="Blouse")

    assert error.value.code == "product.changed"


def test_only_drafts_that_were_never_sold_are_deleted(mei, shop, shirt):
    with pytest.raises(Conflict):
        products.delete_draft(mei, shirt)
    category = shirt.category
    draft = products.create(mei, shop, title="Mug", category=category, price=D("5"), stock=1)

    products.delete_draft(mei, draft)

    assert not Product.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("price", ["0", "-1", "1.999", "1000000", "NaN", "Infinity"])
def test_prices_are_amounts_that_one_can_pay(mei, shirt, variant, price):
    with pytest.raises(ValidationError):
        variants.set_variants(mei, shirt, {variant.pk: Row(D(price), 1)}, revision=1)


def test_a_price_before_is_higher(mei, shirt, variant):
    row = Row(D("20"), 1, compare_price=D("20"))

    with pytest.raises(ValidationError):
        variants.set_variants(mei, shirt, {variant.pk: row}, revision=1)


def test_what_was_ordered_while_one_typed_stays_ordered(mei, shirt, variant):
    Variant.objects.update(stock=7)  # three of the ten that the editor saw were ordered

    variants.set_variants(mei, shirt, {variant.pk: Row(D("20"), 15, stock_seen=10)}, revision=1)

    assert Variant.objects.get().stock == 12


def test_another_shops_variant_is_not_touched(mei, shirt, variant, ana):
    from tests.commerce.factories import make_product, make_shop

    other = make_product(make_shop(ana))[1]

    variants.set_variants(mei, shirt, {other.pk: Row(D("1"), 1)}, revision=1)

    other.refresh_from_db()
    assert other.price.amount == 20


def test_options_have_bounds(mei, shirt):
    many = {"Size": [str(n) for n in range(11)], "Colour": [str(n) for n in range(10)]}
    wrong: list[dict[str, list[str]]] = [many, {"Size": []}, {"": ["S"]}]
    for options in (*wrong, {key: ["x"] for key in "abcd"}):
        with pytest.raises(ValidationError):
            variants.set_options(mei, shirt, options, revision=1)


def test_options_may_be_taken_back(mei, shirt, variant):
    variants.set_options(mei, shirt, {"Size": ["S", "M"]}, revision=1)

    variants.set_options(mei, shirt, {"Size": ["M"]}, revision=2)

    assert [each.values for each in shirt.variants.all()] == [["M"]]


@rule("R7", "page", "api")
def test_selling_is_for_adults(shop, shirt):
    teen = make_user("teen", age=16)
    ShopStaff.objects.create(
        shop=shop, person=teen, role=ShopStaff.Role.MANAGER, accepted_at=timezone.now()
    )

    with pytest.raises(Refused) as error:
        edited(teen, shirt, title="Mine")

    assert error.value.code == "policy.R7"


def test_outsiders_find_nothing_to_edit(ana, shirt):
    with pytest.raises(Http404):
        edited(ana, shirt, title="Mine")


def test_who_waits_hears_of_it_once(ana, mei, shirt, variant):
    Variant.objects.update(stock=0)
    variant.refresh_from_db()
    assert wishes.wait_for(ana, variant)
    assert wishes.tell_in_stock(variant.pk) == 0

    variants.set_variants(mei, shirt, {variant.pk: Row(D("20"), 3)}, revision=1)

    assert OutboxJob.objects.filter(task="commerce.tell_in_stock").exists()
    assert wishes.tell_in_stock(variant.pk) == 1
    assert wishes.tell_in_stock(variant.pk) == 0
    assert not StockAlert.objects.exists()
