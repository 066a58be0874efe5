"""An order's steps in words, as its pages tell them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from commerce.models import Order, OrderStep
from commerce.refusals import SENTENCES
from commerce.templatetags.shop import money

WORDS: dict[str, Promise] = {
    "placed": _("Ordered"),
    "paid": _("Paid"),
    "packed": _("Packed"),
    "shipped": _("Sent"),
    "delivered": _("Arrived"),
    "cancelled": _("Cancelled"),
    "refunded": _("%(amount)s paid back"),
    "refund_failed": _("The buyer's bank sent the money back"),
    "refunded_whole": _("All of it is paid back"),
    "returned": _("All of it came back"),
    "return_asked": _("Asked to send something back"),
    "return_approved": _("Return approved"),
    "return_refused": _("Return refused"),
    "return_sent": _("Sent back"),
    "return_received": _("What was sent back arrived"),
    "return_withdrawn": _("Return withdrawn"),
    "return_disputed": _("Taken to the moderators"),
    "return_granted": _("A moderator decided for the buyer"),
    "return_denied": _("A moderator decided for the shop"),
}
# What Medley itself gives as a reason; people's own words stand as they are.
REASONS: dict[str, Promise] = {
    "person_left": _("An account was deleted."),
    "shop_shut": _("The shop was shut before it sent it."),
    "late_payment": _("The payment came too late."),
    "cancelled": _("The order was cancelled."),
    "returned": _("It came back."),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: `verb` for programs, `words` and `note` for people; `actor` None is Medley."""

    verb: str
    words: str
    note: str
    at: datetime
    actor: User | None


def timeline(order: Order) -> Iterator[Moment]:
    """From the first to the last; its `steps` and their actors are fetched already."""
    yield Moment("placed", str(WORDS["placed"]), order.note, order.placed_at, order.buyer)
    for step in sorted(order.steps.all(), key=lambda each: (each.at, each.pk)):
        yield Moment(step.verb, _words(step), _note(step), step.at, step.actor)


def _words(step: OrderStep) -> str:
    sentence = str(WORDS.get(step.verb, step.verb))
    if step.verb == "refunded":
        facts = step.facts
        return sentence % {"amount": money(Decimal(facts["amount"]), facts["currency"])}
    return sentence


def _note(step: OrderStep) -> str:
    facts = step.facts
    if code := facts.get("code"):
        return str(SENTENCES.get(code, ""))
    if reason := facts.get("reason"):
        return str(REASONS.get(reason, reason))
    return " ".join(filter(None, [facts.get("carrier"), facts.get("tracking")]))
