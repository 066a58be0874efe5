"""Products as CSV: looked through, taken over line by line, written for a spreadsheet."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import Http404

from accounts.errors import Conflict, Refused
from commerce.actions import imports
from commerce.data_rights import RETENTION
from commerce.importing import COLUMNS
from commerce.models import Category, Product, ProductImport, Variant
from commerce.sheets import harmless, written

swept: Any = next(each.sweep for each in RETENTION if "commerce.ProductImport" in each.models)
HEAD = "sku,title,category,options,values,price,stock"


def csv_of(*lines: str, head: str = HEAD) -> ContentFile:
    return ContentFile("\n".join([head, *lines]).encode())


@pytest.fixture
def clothes(db):
    return Category.objects.get_or_create(slug="clothes", defaults={"name": "Clothes"})[0]


def taken_over(actor, shop, *lines: str) -> ProductImport:
    brought = imports.check(actor, shop, csv_of(*lines))
    imports.start(actor, brought)
    imports.run(brought.pk, actor.pk)
    brought.refresh_from_db()
    return brought


def outcomes(brought: ProductImport) -> list[str]:
    return [line["outcome"] for line in brought.report]


def test_a_long_one_says_how_far_it_is_and_is_kept_a_month(
    browser, mei, shop, clothes, monkeypatch, time_machine
):
    brought = imports.check(mei, shop, csv_of(*(f"A{n},Mug {n},clothes,,,9,1" for n in range(45))))
    imports.start(mei, brought)
    page, seen = browser(mei), []

    def told(*args: Any, taken: Any = imports._took) -> dict[str, Any]:
        seen.append(ProductImport.objects.get().taken)
        if len(seen) == 30:
            shown = page.get(f"/sell/import/{brought.pk}/").content.decode()
            assert '<progress class="sell__progress" value="20" max="45"' in shown
        return taken(*args)

    monkeypatch.setattr(imports, "_took", told)
    imports.run(brought.pk, mei.pk)

    assert sorted(set(seen)) == [0, 20, 40]
    assert ProductImport.objects.get().taken == 45
    time_machine.move_to(brought.created_at + timedelta(days=29))
    swept()
    assert ProductImport.objects.exists()
    time_machine.move_to(brought.created_at + timedelta(days=31))
    swept()
    assert not ProductImport.objects.exists()


def test_looking_through_changes_nothing(mei, shop, clothes):
    brought = imports.check(mei, shop, csv_of("A1,Mug,clothes,,,12.50,5", "A2,,clothes,,,0,x"))

    assert outcomes(brought) == ["new", "refused"]
    wrong = {error["column"] for error in brought.report[1]["errors"]}
    assert wrong == {"title", "price", "stock"}
    assert not Product.objects.exists()


def test_a_bad_line_never_stops_the_others(mei, shop, clothes):
    brought = taken_over(
        mei,
        shop,
        "A1,Mug,clothes,,,12.50,5",
        "A2,Bowl,no-such,,,9,1",
        'A3,Plate,clothes,,,"8,75",2',
        "A3,Plate again,clothes,,,8,2",
    )

    assert outcomes(brought) == ["new", "refused", "new", "refused"]
    made = Variant.objects.order_by("sku").values_list("sku", "price", "stock")
    assert list(made) == [("A1", Decimal("12.50"), 5), ("A3", Decimal("8.75"), 2)]
    assert set(Product.objects.values_list("state", flat=True)) == {"draft"}


def test_lines_with_one_title_are_one_product(mei, shop, clothes):
    taken_over(
        mei, shop, "S,Shirt,clothes,Size,S,20,1", "M,Shirt,clothes,Size,M,21,2",
        "X,Shirt,clothes,Colour,red,20,1",
    )  # fmt: skip

    product = Product.objects.get()
    assert product.options == ["Size"]
    assert [(each.sku, each.values) for each in product.variants.all()] == [
        ("S", ["S"]),
        ("M", ["M"]),
    ]


def test_a_known_sku_is_changed_and_empty_cells_stay(mei, shop, variant):
    Variant.objects.filter(pk=variant.pk).update(sku="SH-1")

    brought = taken_over(mei, shop, "SH-1,Linen shirt,,,,18.00,")
    again = taken_over(mei, shop, "SH-1,Linen shirt,,,,18.00,")

    variant.refresh_from_db()
    assert (variant.price.amount, variant.stock) == (Decimal("18.00"), 10)
    assert outcomes(brought) == ["changed"]
    assert outcomes(again) == ["same"]


def test_other_shops_skus_are_their_own(mei, shop, variant, ben, clothes):
    from tests.commerce.factories import make_shop

    Variant.objects.filter(pk=variant.pk).update(sku="SH-1")
    taken_over(ben, make_shop(ben), "SH-1,Mug,clothes,,,5,1")

    variant.refresh_from_db()
    assert variant.price.amount == Decimal("20.00")


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"name,cost\nMug,5", b"sku,title,price\n" + b"x" * (2 * 2**20)],
)
def test_what_is_no_such_file_is_refused_whole(mei, shop, content):
    with pytest.raises(ValidationError) as caught:
        imports.check(mei, shop, ContentFile(content))

    assert set(caught.value.message_dict) == {"file"}


def test_semicolons_of_spreadsheets_are_read(mei, shop, clothes):
    head = HEAD.replace(",", ";")

    brought = imports.check(mei, shop, csv_of("A1;Mug;clothes;;;12,50;5", head=head))

    assert outcomes(brought) == ["new"]


def test_one_import_runs_at_a_time_and_twice_is_once(mei, shop, clothes):
    first = imports.check(mei, shop, csv_of("A1,Mug,clothes,,,5,1"))
    imports.start(mei, first)
    imports.start(mei, first)
    second = imports.check(mei, shop, csv_of("A2,Mug,clothes,,,5,1"))

    with pytest.raises(Conflict) as caught:
        imports.start(mei, second)
    imports.run(first.pk, mei.pk)
    imports.run(first.pk, mei.pk)

    assert caught.value.code == "import.running"
    assert Product.objects.count() == 1


def test_only_those_who_keep_products_bring_any(shop, zoe, teo):
    with pytest.raises(Http404):
        imports.check(zoe, shop, csv_of("A1,Mug,clothes,,,5,1"))
    with pytest.raises(Refused):
        imports.check(teo, shop, csv_of("A1,Mug,clothes,,,5,1"))


def test_what_was_written_can_be_read_again(client, mei, shop, variant):
    Variant.objects.filter(pk=variant.pk).update(sku="SH-1")
    client.force_login(mei)

    sheet = b"".join(client.get("/sell/products.csv").streaming_content)
    rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
    brought = imports.check(mei, shop, ContentFile(sheet))

    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["price"] == "20.00"
    assert outcomes(brought) == ["changed"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert f"'{cell}" in "".join(written(["name"], [[cell]]))
