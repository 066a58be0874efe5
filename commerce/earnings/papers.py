"""Statements as PDF."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commerce.earnings.sheets import paid_for
from commerce.invoicing.paper import Paper
from commerce.models import Payout
from commerce.templatetags.shop import money


def statement(payout: Payout) -> bytes:
    """A payout's statement as PDF: to whom, of what, how much."""
    owner = payout.shop.name if payout.shop else payout.creator.name if payout.creator else ""
    paper = Paper(_("Statement"), f"Medley · {payout.pk}")
    paper.facts(
        [
            (_("For"), owner),
            (_("Until"), date_format(payout.period_end, "DATE_FORMAT")),
            (_("State"), payout.get_state_display()),
            (_("Reference"), payout.reference or "-"),
        ]
    )
    paper.lines(
        [_("What"), _("Kind"), _("Day"), _("Amount")],
        [
            [
                entry.line.product_title if entry.line else _("Shipping"),
                entry.transaction.get_kind_display(),
                date_format(entry.transaction.at, "SHORT_DATE_FORMAT"),
                money(entry.amount, entry.currency),
            ]
            for entry in paid_for(payout)
        ],
        [50, 16, 16, 18],
    )
    paper.sums([(_("Paid out"), money(payout.amount, payout.currency))])
    return bytes(paper.output())
