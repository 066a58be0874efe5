"""Products as CSV: a file read line by line, each judged on its own; and a shop's products as one.

A line is one variant. A SKU that the shop has names what is changed; of a new one the title says
which product it belongs to, and a title that is new makes a product, as a draft.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from commerce.models import Category, Shop, Variant
from commerce.refusals import SENTENCES, invalid

COLUMNS = (
    *("sku", "title", "category", "description", "options", "values"),
    *("price", "compare_price", "stock", "weight"),
)
NEEDED = ("sku", "title", "price")
BETWEEN = "|"  # several options or values in one cell
MOST_BYTES = 2 * 2**20
MOST_LINES = 2000
MOST_STOCK = 1_000_000
MOST_PRICE = Decimal("99999999.99")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One variant as the file has it; None: the cell is empty, what there is stays."""

    number: int
    sku: str
    title: str
    category: str = ""
    description: str | None = None
    options: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    price: Decimal | None = None
    compare_price: Decimal | None = None
    stock: int | None = None
    weight: int | None = None
    errors: dict[str, str] = field(default_factory=dict)  # codes by column


def read(content: bytes) -> list[dict[str, str]]:
    """The file's lines by their columns, unknown columns left out.

    Raises `ValidationError` of "file" (import.too_large, import.encoding, import.columns).
    """
    if len(content) > MOST_BYTES:
        raise invalid("import.too_large", "file")
    try:
        text = content.decode("utf-8-sig")
        table = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text))
        missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
        if missing:
            raise _missing(missing)
        rows = [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in table]
    except (UnicodeDecodeError, csv.Error):
        raise invalid("import.encoding", "file")
    if len(rows) > MOST_LINES:
        raise invalid("import.too_large", "file")
    return [{name: _plain(cell) for name, cell in row.items()} for row in rows if any(row.values())]


def _dialect(text: str) -> type[csv.Dialect]:
    """Spreadsheets of many countries put semicolons where others put commas."""
    first = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _missing(columns: Sequence[str]) -> ValidationError:
    named = ", ".join(columns)
    return invalid("import.columns", "file", columns=named)


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps spreadsheets from running it (sheets.py)."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def line_of(number: int, row: Row) -> Line:
    """A row read: numbers as numbers, and in `errors` what is none."""
    errors: dict[str, str] = {}
    line = Line(
        number=number,
        sku=row["sku"],
        title=row["title"],
        category=row["category"],
        description=row["description"] or None,
        options=_several(row["options"]),
        values=_several(row["values"]),
        price=_amount(row, "price", errors),
        compare_price=_amount(row, "compare_price", errors),
        stock=_whole(row, "stock", MOST_STOCK, errors),
        weight=_whole(row, "weight", MOST_STOCK, errors),
        errors=errors,
    )
    _check(line)
    return line


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(BETWEEN) if part.strip())


def _amount(row: Row, column: str, errors: dict[str, str]) -> Decimal | None:
    """An amount of money with a point or a comma before at most two decimal places."""
    cell = row[column].replace(",", ".")
    if not cell:
        return None
    try:
        amount = Decimal(cell)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 < amount <= MOST_PRICE and amount == round(amount, 2)):
        errors[column] = "import.price"
        return None
    return round(amount, 2)


def _whole(row: Row, column: str, most: int, errors: dict[str, str]) -> int | None:
    cell = row[column]
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell) <= most):
        errors[column] = "import.number"
        return None
    return int(cell)


def _check(line: Line) -> None:
    wrong = {
        "sku": ("import.sku", not 1 <= len(line.sku) <= 40),
        "title": ("import.title", not 1 <= len(line.title) <= 120),
        "description": ("import.description", len(line.description or "") > 5000),
        "price": ("import.price_missing", line.price is None and "price" not in line.errors),
        "values": ("import.values", len(line.values) != len(line.options)),
        "compare_price": (
            "import.compare_price",
            bool(line.price and line.compare_price and line.compare_price <= line.price),
        ),
    }
    for column, (code, is_wrong) in wrong.items():
        if is_wrong:
            line.errors.setdefault(column, code)


# --- Judging --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Known:
    """What the shop has, and what earlier lines of the file bring."""

    skus: set[str]
    titles: set[str]
    categories: set[str]
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, shop: Shop) -> "Known":
        variants = Variant.objects.filter(product__shop=shop).exclude(sku="")
        allowed = Category.objects.filter(is_prohibited=False)
        return cls(
            skus=set(variants.values_list("sku", flat=True)),
            titles=set(shop.products.values_list("title", flat=True)),
            categories=set(allowed.values_list("slug", flat=True)),
        )


def judged(line: Line, known: Known) -> dict[str, Any]:
    """What becomes of the line: an entry of the report."""
    is_new = line.sku not in known.skus
    if line.sku in known.seen:
        line.errors.setdefault("sku", "import.twice")
    if (line.category or (is_new and line.title not in known.titles)) and (
        line.category not in known.categories
    ):
        line.errors.setdefault("category", "import.category")
    known.seen.add(line.sku)
    if not line.errors:
        known.titles.add(line.title)
    return entry(line, "refused" if line.errors else "new" if is_new else "changed")


def entry(line: Line, outcome: str) -> dict[str, Any]:
    """A line of the report."""
    errors = [
        {"column": column, "code": code, "detail": str(SENTENCES[code])}
        for column, code in line.errors.items()
    ]
    return {
        "line": line.number,
        "sku": line.sku,
        "title": line.title,
        "outcome": outcome,
        "errors": errors,
    }


def lines_of(rows: Iterable[Row]) -> Iterator[Line]:
    """Numbered as a spreadsheet shows them: the first after the columns' names is 2."""
    return (line_of(number, row) for number, row in enumerate(rows, start=2))


# --- Export ---------------------------------------------------------------------------------------


def exported(shop: Shop) -> Iterator[tuple[Any, ...]]:
    """A row of COLUMNS for each variant of what is not archived, product by product."""
    variants = Variant.objects.filter(product__shop=shop).exclude(product__state="archived")
    rows = variants.select_related("product__category")
    for variant in rows.order_by("product__created_at", "product", "position", "pk").iterator(500):
        product = variant.product
        yield (
            *(variant.sku, product.title, product.category.slug, product.description),
            *(BETWEEN.join(product.options), BETWEEN.join(variant.values)),
            variant.price.amount,
            variant.compare_price.amount if variant.compare_price else "",
            *(variant.stock, variant.weight),
        )
