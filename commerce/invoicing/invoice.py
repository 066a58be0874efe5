"""What stands on an invoice, and on a note of what was paid back for it."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from commerce.models import Order, OrderLine, Refund, SellerApplication
from commerce.templatetags.shop import money

if TYPE_CHECKING:
    from commerce.invoicing.paper import Paper

NOTHING = Decimal(0)


def order_for(person: Any, order_id: UUID) -> Order:
    """A paid order of this buyer, or of a shop that they work for. Raises `Http404`."""
    seen = Order.objects.visible_to(person).filter(number__isnull=False)
    return get_object_or_404(seen.select_related("shop", "purchase"), pk=order_id)


def invoice(order: Order) -> bytes:
    """The PDF of a paid order: seller, buyer, number, lines, tax of each rate, total."""
    lines = list(order.lines.order_by("pk"))
    paper = _paper(_("Invoice %(number)s") % {"number": order.name}, order)
    paper.address_pair((_("Seller"), _seller(order)), (_("Buyer"), _buyer(order)))
    paper.facts(
        [
            (_("Order"), order.name),
            (_("Ordered on"), _day(order.placed_at)),
            (_("Paid on"), _day(order.paid_at)),
        ]
    )
    paper.lines(
        [_("What"), _("Pieces"), _("Price"), _("Discount"), _("Tax"), _("Total")],
        [_row(order, line) for line in lines],
        [40, 9, 13, 13, 11, 14],
    )
    paper.sums(_sums(order, lines))
    if order.shop.prices_include_tax:
        paper.words(_("Prices include the tax."))
    return bytes(paper.output())


def refund_note(refund: Refund) -> bytes:
    """The PDF of a credit note: what was paid back of an order's invoice."""
    order = cast("Order", refund.order)
    titles = {str(line.pk): _title(line) for line in order.lines.all()}
    rows = [
        [titles[each["line"]], str(each["quantity"]), _money(order, Decimal(each["amount"]))]
        for each in refund.lines
    ]
    shipping = refund.amount - sum((Decimal(each["amount"]) for each in refund.lines), NOTHING)
    if shipping:
        rows.append([_("Shipping"), "", _money(order, shipping)])
    paper = _paper(_("Credit note for invoice %(number)s") % {"number": order.name}, order)
    paper.address_pair((_("Seller"), _seller(order)), (_("Buyer"), _buyer(order)))
    paper.facts([(_("Order"), order.name), (_("Decided on"), _day(refund.created_at))])
    paper.lines([_("What"), _("Pieces"), _("Paid back")], rows, [60, 15, 25])
    paper.sums([(_("In total"), _money(order, refund.amount))])
    return bytes(paper.output())


def _seller(order: Order) -> list[str]:
    """Whoever stands behind the shop, as they declared it (DSA, Article 30)."""
    trader = (
        order.shop.applications.filter(state=SellerApplication.State.ACCEPTED)
        .order_by("-sent_at")
        .first()
    )
    if trader is None:
        return [order.shop.name, order.shop.country]
    place = f"{trader.postcode} {trader.city}, {trader.country}".strip()
    tax = _("Tax number: %(number)s") % {"number": trader.tax_number} if trader.tax_number else ""
    said = [order.shop.name, trader.legal_name, trader.street, place]
    said += [trader.register, tax, trader.email]
    return [line for line in said if line]


def _buyer(order: Order) -> list[str]:
    """As the parcel was addressed."""
    at = order.purchase.address
    place = " ".join(filter(None, [at.get("postcode"), at.get("city"), at.get("state")]))
    said = [at.get("name"), at.get("street"), at.get("more"), place, at.get("country")]
    return [line for line in said if line]


def _row(order: Order, line: OrderLine) -> list[str]:
    return [
        _title(line),
        str(line.quantity),
        _money(order, line.price),
        _money(order, -line.discount) if line.discount else "",
        _percent(line.tax_percent),
        _money(order, line.total),
    ]


def _title(line: OrderLine) -> str:
    return " · ".join(filter(None, [line.product_title, line.variant_title, line.sku]))


def _sums(order: Order, lines: list[OrderLine]) -> list[tuple[str, str]]:
    goods = sum((line.total for line in lines), NOTHING)
    rows = [(_("Goods"), _money(order, goods))]
    if order.total != goods:
        rows.append((_("Shipping"), _money(order, order.total - goods)))
    rows.append((_("Without tax"), _money(order, order.total - order.tax)))
    rows += [
        (_("Tax %(percent)s") % {"percent": _percent(percent)}, _money(order, tax))
        for percent, tax in sorted(_taxes(order, lines).items())
        if tax
    ]
    return [*rows, (_("Total"), _money(order, order.total))]


def _taxes(order: Order, lines: list[OrderLine]) -> dict[Decimal, Decimal]:
    """By rate. Shipping is taxed as the goods with the highest rate are."""
    taxes: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        taxes[line.tax_percent] += line.tax
    taxes[max(taxes)] += order.tax - sum(taxes.values(), NOTHING)
    return taxes


def _paper(title: str, order: Order) -> "Paper":
    from commerce.invoicing.paper import Paper  # its fonts take a moment to load, and 26 MB

    return Paper(title, _foot(order))


def _foot(order: Order) -> str:
    return _("%(shop)s on Medley · order %(order)s") % {
        "shop": order.shop.name,
        "order": order.name,
    }


def _money(order: Order, amount: Decimal) -> str:
    return str(money(amount, order.currency))


def _percent(percent: Decimal) -> str:
    return f"{number_format(percent.normalize(), use_l10n=True)} %"


def _day(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATE_FORMAT") if at else ""
