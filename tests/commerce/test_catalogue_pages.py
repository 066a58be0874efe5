"""The shop's front page, a product's page, wishlists, and a seller's pages about products."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from commerce.models import Product, ProductPhoto, ShopStaff, Variant
from tests.commerce.factories import make_product, make_variant
from tests.factories import block, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page_of(product) -> str:
    return f"/products/{product.pk}/"


def words_of(answer) -> str:
    return answer.content.decode()


# --- A product ------------------------------------------------------------------------------------


def test_everybody_reads_a_product(client, shirt):
    shown = words_of(client.get(page_of(shirt)))

    assert "Linen shirt" in shown
    assert "€20.00" in shown
    assert '"@type": "Product"' in shown


def test_a_product_page_takes_ten_queries(client, ana, shirt, django_assert_max_num_queries):
    Product.objects.update(options=["Size"])
    Variant.objects.update(values=["M"])
    make_variant(shirt, values=["L"], stock=0)
    client.force_login(ana)
    client.get(page_of(shirt))

    with django_assert_max_num_queries(10):
        client.get(page_of(shirt))


def test_few_left_is_said(client, shirt):
    Variant.objects.update(stock=3)

    assert "Only 3 left" in words_of(client.get(page_of(shirt)))


def test_a_variant_can_be_asked_for(client, shirt, variant):
    Product.objects.update(options=["Size"])
    Variant.objects.update(values=["M"])
    large = make_variant(shirt, values=["L"], price="25.00")

    shown = words_of(client.get(page_of(shirt), {"variant": large.pk}))

    assert "<b data-price>€25.00</b>" in shown


def test_what_was_taken_down_is_said_kindly(client, ana, shirt):
    Product.objects.update(taken_down_at=timezone.now())
    client.force_login(ana)

    answer = client.get(page_of(shirt))

    assert answer.status_code == 410
    assert "no longer for sale" in words_of(answer)


def test_of_a_draft_and_of_who_blocks_one_there_is_nothing(client, ana, mei, shop, shirt):
    draft, _variant = make_product(shop, state="draft")
    Product.objects.filter(pk=draft.pk).update(published_at=None)
    client.force_login(ana)
    assert client.get(page_of(draft)).status_code == 404

    block(mei, ana)

    assert client.get(page_of(shirt)).status_code == 404


def test_what_a_shop_writes_breaks_out_of_nothing(client, shirt):
    Product.objects.update(title='</script><script>alert("x")</script>')

    assert "<script>alert" not in words_of(client.get(page_of(shirt)))


# --- The front page -------------------------------------------------------------------------------


def test_the_front_page_shows_what_is_new(client, shirt):
    assert "Linen shirt" in words_of(client.get("/shop/"))


def test_an_empty_shop_says_so(client, db):
    assert "The shelves are still empty" in words_of(client.get("/shop/"))


def test_the_front_page_takes_as_many_queries_however_much_there_is(
    client, ana, shop, django_assert_max_num_queries
):
    for _ in range(12):
        make_product(shop, sold_count=3)
    client.force_login(ana)
    client.get("/shop/")

    with django_assert_max_num_queries(14):
        client.get("/shop/")


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"q": "linen"}, True),
        ({"q": "wool"}, False),
        ({"category": "clothes"}, True),
        ({"category": "food"}, False),
        ({"low": "20", "high": "20,00"}, True),
        ({"low": "20.01"}, False),
        ({"in_stock": "1"}, True),
        ({"stars": "4"}, True),
        ({"currency": "USD"}, False),
        ({"sort": "cheap"}, True),
        ({"low": "NaN", "stars": "x", "sort": "?", "after": "%%"}, True),
    ],
)
def test_filters_narrow_what_is_found(client, shirt, asked, is_found):
    Product.objects.update(words="linen shirt", rating_sum=9, rating_count=2)

    found = words_of(client.get("/shop/", asked, headers={"HX-Request": "true"}))

    assert ("Linen shirt" in found) == is_found


@pytest.mark.parametrize("sort", ["newest", "popular", "cheap", "dear"])
def test_each_product_is_on_one_page(shop, sort):
    from django.contrib.auth.models import AnonymousUser

    from commerce import finding

    for number in range(finding.PAGE + 3):
        make_product(shop, price=f"{10 + number % 3}.00", title=f"Shirt {number}")
    question = finding.Question(sort=sort)

    first = finding.find(AnonymousUser(), question)
    second = finding.find(AnonymousUser(), question, first.next)

    assert (len(first.products), len(second.products), second.next) == (finding.PAGE, 3, "")
    assert not {each.pk for each in first.products} & {each.pk for each in second.products}


# --- Wishes ---------------------------------------------------------------------------------------


def test_a_kid_may_wish(client, shirt):
    kid = make_user("kid", age=14)
    client.force_login(kid)

    client.post(f"{page_of(shirt)}wish/")

    assert "Linen shirt" in words_of(client.get("/shop/wishlist/"))
    client.post(f"{page_of(shirt)}wish/", {"off": "1"})
    assert "Nothing wished yet" in words_of(client.get("/shop/wishlist/"))


def test_waiting_is_offered_for_what_is_gone(client, ana, shirt, variant):
    Variant.objects.update(stock=0)
    client.force_login(ana)
    assert "Tell me when it is there" in words_of(client.get(page_of(shirt)))

    client.post(f"/shop/alerts/{variant.pk}/")

    assert "You hear when it is there" in words_of(client.get(page_of(shirt)))


# --- A seller's pages -----------------------------------------------------------------------------


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "#d9482b").save(file, "PNG")
    return SimpleUploadedFile("shirt.png", file.getvalue(), "image/png")


def edit_of(product) -> str:
    return f"/sell/products/{product.pk}/"


def test_a_product_from_its_name_to_the_shelf(client, mei, shop, ana):
    client.force_login(mei)
    category = make_product(shop)[0].category
    client.post(
        "/sell/products/new/",
        {"title": "Mug", "category": category.pk, "price": "12.50", "stock": "4"},
    )
    mug = Product.objects.get(title="Mug")
    assert (mug.state, mug.price_from, mug.in_stock) == ("draft", 12.5, True)
    refused = client.post(f"{edit_of(mug)}state/", {"verb": "publish", "revision": mug.revision})
    assert refused.status_code == 422

    client.post(f"{edit_of(mug)}photos/", {"files": [picture()], "alt": "A mug"})
    client.post(f"{edit_of(mug)}state/", {"verb": "publish", "revision": mug.revision})

    mug.refresh_from_db()
    assert mug.state == "published"
    photo = ProductPhoto.objects.get(product=mug)
    assert client.get(photo.image.url).status_code == 200
    assert "Mug" in words_of(client.get("/shop/", {"q": "mug"}))


def test_who_comes_second_is_told(client, mei, shirt):
    client.force_login(mei)
    told = {"revision": shirt.revision, "title": "Shirt", "category": shirt.category_id}
    assert client.post(edit_of(shirt), told).status_code == 302

    answer = client.post(edit_of(shirt), told | {"title": "Blouse"})

    assert answer.status_code == 409
    assert "Blouse" in words_of(answer)
    shirt.refresh_from_db()
    assert shirt.title == "Shirt"


def test_options_make_a_matrix_that_is_priced(client, mei, shirt, variant):
    client.force_login(mei)
    client.post(
        f"{edit_of(shirt)}options/",
        {
            "revision": 1,
            "name_0": "Size",
            "values_0": "S, M",
            "name_1": "Colour",
            "values_1": "red, blue",
        },
    )
    shirt.refresh_from_db()
    names = [each.name for each in shirt.variants.all()]
    assert names == ["S / red", "S / blue", "M / red", "M / blue"]
    assert shirt.variants.first() == variant

    rows: dict[str, str] = {}
    for each in shirt.variants.all():
        rows |= {f"price-{each.pk}": "30,00", f"stock-{each.pk}": "2", f"offered-{each.pk}": "on"}
    client.post(f"{edit_of(shirt)}variants/", {"revision": shirt.revision, **rows})

    shirt.refresh_from_db()
    assert (shirt.price_from, shirt.in_stock) == (30, True)


@pytest.mark.parametrize("role", [None, ShopStaff.Role.PACKER])
def test_who_has_no_right_edits_nothing(client, ana, shop, shirt, role):
    if role:
        ShopStaff.objects.create(shop=shop, person=ana, role=role, accepted_at=timezone.now())
    client.force_login(ana)

    answer = client.post(edit_of(shirt), {"title": "Mine"})

    assert answer.status_code == (403 if role else 404)
