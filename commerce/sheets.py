"""A shop's tables as files for spreadsheets, through whichever door."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from commerce.importing import COLUMNS, exported
from commerce.models import OrderLine, Shop
from commerce.shop_day import lines_of

ORDER_COLUMNS = (
    *("order", "state", "paid_at", "product", "variant", "sku", "quantity", "price", "discount"),
    *("tax", "total", "refunded", "currency", "carrier", "tracking", "source"),
)
# A spreadsheet takes these at the start of a cell for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something older


class _Echo:
    """What `csv` writes into: each row comes straight back."""

    def write(self, row: str) -> str:
        return row


def sheet_of_orders(shop: Shop) -> StreamingHttpResponse:
    """Orders of the last year, however many, line by line."""
    rows = (_row(line) for line in lines_of(shop).iterator(500))
    return sheet(f"{shop.slug}-orders", ORDER_COLUMNS, rows)


def sheet_of_products(shop: Shop) -> StreamingHttpResponse:
    """All that is not archived, a line for each variant, in the columns that an import reads."""
    return sheet(f"{shop.slug}-products", COLUMNS, exported(shop))


def _row(line: OrderLine) -> tuple[Any, ...]:
    order = line.order
    paid_at = timezone.localtime(order.paid_at).isoformat(" ", "minutes") if order.paid_at else ""
    return (
        *(order.name, order.state, paid_at, line.product_title, line.variant_title, line.sku),
        *(line.quantity, line.price, line.discount, line.tax, line.total, line.refunded),
        *(order.currency, order.carrier, order.tracking, line.source),
    )


def sheet(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """CSV in UTF-8, the names of the columns first."""
    named = f"medley-{name}-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        written(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{named}"'},
    )


def written(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file, row by row; what would be taken for a formula begins with an apostrophe."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: Any) -> Any:
    """Words that a spreadsheet would run are made words again; numbers stay."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
