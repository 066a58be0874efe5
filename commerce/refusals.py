"""Every code with which the shop says no, and the sentence a person reads."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import Conflict, Refused, Unavailable

SENTENCES: dict[str, str | Promise] = {
    "address.country": _("Choose a country."),
    "address.full": _("You keep at most %(count)d addresses. Delete one first."),
    "address.missing": _("Fill this in."),
    "address.postcode": _("This is not a postcode of that country."),
    "answer.empty": _("Write an answer."),
    "answer.not_bought": _("The shop answers, and who bought this."),
    "answer.too_long": _("An answer holds at most %(count)d characters."),
    "application.accepted": _("You sell already."),
    "application.decided": _("Somebody decided on this already."),
    "application.iban": _("This is not an IBAN. It begins with two letters, such as DE89 3704 …"),
    "application.law": _("You can only sell here if you promise this."),
    "application.own": _("This is your own shop. Somebody else has to look at it."),
    "application.reason": _("Say why, in at most 1000 characters: the seller reads it."),
    "application.reviewers": _("Reviewers decide on this."),
    "application.waits": _("Your request is being looked at. You hear from us."),
    "cart.away": _("The shop is away. This waits here for you."),
    "cart.empty": _("There is nothing to order in your cart."),
    "cart.full": _("A cart holds at most %(count)d different things. Order some of them first."),
    "cart.gone": _("This is not sold any more."),
    "cart.quantity": _("Between 1 and %(count)d pieces."),
    "checkout.address": _("Say where it should go."),
    "checkout.changed": _("Something changed meanwhile. Look at the sums again, then order."),
    "checkout.currency": _("These are paid in another currency: order them on their own."),
    "checkout.expired": _("The time to pay was over. Your things lie in your cart again."),
    "checkout.group_only": _("This group buy is for another product."),
    "checkout.key": _("This was ordered already, and differently. Begin again from your cart."),
    "checkout.shipping": _("A shop does not ship to this address."),
    "coupon.code": _("A code has 3 to 24 letters and digits."),
    "coupon.currency": _("This code is for prices in another currency."),
    "coupon.each": _("You used this code already."),
    "coupon.ended": _("This code is over."),
    "coupon.fewer": _("It was used %(count)d times already."),
    "coupon.least": _("This code is for orders above what is in your cart."),
    "coupon.stacks": _("These codes cannot be used together."),
    "coupon.taken": _("There is such a code already."),
    "coupon.unknown": _("There is no such code for what is in your cart."),
    "coupon.used_up": _("This code was used as often as it could be."),
    "coupon.value": _("A percentage up to 100, or an amount above 0: one of them."),
    "document.missing": _("Add a picture or a PDF of your identity document."),
    "document.too_large": _("This file is too large: at most 8 MB."),
    "document.type": _("Choose a picture (JPEG, PNG, WebP, HEIC) or a PDF."),
    "flash.each": _("That is more than each person can buy in this sale."),
    "flash.fewer": _("%(count)d pieces are sold already."),
    "flash.gone": _("This sale is sold out. You can order at the usual price."),
    "flash.over": _("This sale is over."),
    "flash.price": _("The price has to be above 0 and below the usual one."),
    "flash.time": _("A sale ends later than it begins, and after now."),
    "flash.twice": _("There is another sale of this at that time."),
    "group_buy.full": _("Others were quicker: this group is full."),
    "group_buy.hours": _("Between 1 and 144 hours."),
    "group_buy.inside": _("You have a place in this group already."),
    "group_buy.over": _("This group buy is over."),
    "group_buy.people": _("Between 2 and 50 people."),
    "group_buy.percent": _("More than 0 and less than 100 percent."),
    "group_buy.too_many": _("You started several group buys already. Wait until one of them ends."),
    "import.category": _("There is no such category, or nothing can be sold in it."),
    "import.columns": _("These columns are missing: %(columns)s."),
    "import.compare_price": _("The compare price has to be above the price."),
    "import.description": _("At most 5000 characters."),
    "import.encoding": _("This is not a CSV file in UTF-8. Save it as “CSV UTF-8” and try again."),
    "import.number": _("A whole number, 0 or more."),
    "import.option_names": _("The product has other options."),
    "import.price": _("An amount above 0, such as 19.90."),
    "import.price_missing": _("Each line needs a price."),
    "import.running": _("An import is running. Wait until it is done."),
    "import.sku": _("Each line needs a SKU of at most 40 characters."),
    "import.title": _("Each line needs a title of at most 120 characters."),
    "import.too_large": _("At most 2 MB and 2000 lines at once."),
    "import.twice": _("This SKU stands in an earlier line."),
    "import.values": _("As many values as options, with | between them."),
    "order.cancelled": _("You cancelled the order."),
    "order.in_group": _("The order waits for its group buy. Leave the group instead."),
    "order.nothing_again": _("Nothing of this order can be had any more."),
    "order.state": _("The order has moved on meanwhile. Look at it again."),
    "order.unpaid": _("Nothing was paid for this order."),
    "payment.impossible": _("The payment service does not take this payment. Nothing was charged."),
    "payment.over": _("This order waits for no payment any more. Begin again from your cart."),
    "payment.provider_down": _(
        "We cannot reach the payment service right now. Nothing was charged."
    ),
    "payment.refused": _("Your bank refused the payment. Nothing was charged."),
    "payment.released": _("The payment was called off. Nothing was charged."),
    "payout.holder": _("Say who the account belongs to."),
    "payout.no_onboarding": _("Payouts go to your bank account: its IBAN is all we need."),
    "payout.iban": _("This is not an IBAN. It begins with two letters, such as DE89 3704 …"),
    "product.alt": _("A description of a photo holds at most %(count)d characters."),
    "product.attributes": _("At most %(count)d details, each with a name and a few words."),
    "product.category": _("Choose one of the categories."),
    "product.changed": _("Somebody changed this product meanwhile. Look at it again, then save."),
    "product.combinations": _("At most %(count)d combinations: leave some values out."),
    "product.compare_price": _("The price before has to be higher than the price."),
    "product.description": _("A description holds at most %(count)d characters."),
    "product.film": _("Choose a public video of your own."),
    "product.no_photo": _("Add a photo: nobody buys what they cannot see."),
    "product.no_variant": _("Offer at least one variant."),
    "product.not_draft": _("This was for sale already. Archive it instead."),
    "product.options": _("At most %(count)d options, each with a name and one value at least."),
    "product.photos": _("At most %(count)d photos."),
    "product.price": _("Give a price above 0, with at most two decimal places."),
    "product.prohibited": _("This must not be sold on Medley."),
    "product.sku": _("An SKU holds at most 40 characters."),
    "product.stock": _("Between 0 and %(count)d pieces."),
    "product.title": _("Give it a name of 2 to %(count)d characters."),
    "programme.nobody": _("There is nobody of that name."),
    "programme.own": _("This is your own shop."),
    "programme.percent": _("Between 0.01 and 80 percent."),
    "programme.removed": _("This shop took you out of its programme."),
    "programme.unreachable": _("This person cannot be invited."),
    "question.empty": _("Write a question."),
    "question.too_long": _("A question holds at most %(count)d characters."),
    "refund.hands": _("Support and moderators settle this."),
    "refund.line": _("This is not part of the order."),
    "refund.nothing": _("Say how much goes back."),
    "refund.note": _("Say how it was settled, in at most 500 characters."),
    "refund.refused": _("The payment service will not pay this back. Our people look at it."),
    "refund.sent_back": _("The buyer's bank sent the money back. Our people look at it."),
    "refund.settled": _("Nothing is left to do here: it is under way, or paid back."),
    "refund.too_much": _("That is more than was paid and is not back yet."),
    "return.not_arrived": _("You can send it back once it has arrived."),
    "return.nothing": _("Choose what you want to send back."),
    "return.reason": _("Choose a reason."),
    "return.state": _("This return has moved on meanwhile. Look at it again."),
    "return.too_late": _("The time to return this order is over."),
    "return.too_many": _("That is more than you have."),
    "return.why": _("Say why you refuse it."),
    "review.not_bought": _("You can review what you bought, once it has arrived."),
    "review.photos": _("At most %(count)d photos."),
    "review.stars": _("Give between 1 and 5 stars."),
    "review.too_late": _("A review can be changed for %(days)d days."),
    "review.too_long": _("A review holds at most %(count)d characters."),
    "review.twice": _("You reviewed this already. You can change what you wrote."),
    "shop.closed": _("This shop takes no orders at the moment."),
    "shop.country": _("Choose a country."),
    "shop.currency": _("Choose one of the currencies."),
    "shop.holiday": _("Say from when, and a day after that on which you are back."),
    "shop.name": _("Give the shop a name of 2 to 60 characters."),
    "shop.not_closed": _("This shop is not closed."),
    "shop.not_open": _("Only a shop that is open can be closed."),
    "shop.not_yours": _("Your part in this shop does not include that. Ask its owner."),
    "shop.return_days": _("At least 14 days: the law of many buyers asks for it. At most 365."),
    "shop.shipping_country": _("Each country can be in one zone: this one is in two."),
    "shop.shipping_days": _("The longest time cannot be shorter than the shortest."),
    "shop.shipping_price": _("Give an amount of at least 0."),
    "shop.shipping_rates": _("At most 10 ways to ship into a zone."),
    "shop.shipping_rest": _("Only one zone can be for all other countries."),
    "shop.shipping_zones": _("At most 20 zones."),
    "shop.slug": _("Letters, digits and hyphens, at least 3."),
    "shop.slug_taken": _("Another shop has this address."),
    "shop.too_long": _("At most %(count)s characters."),
    "shop.unfinished": _("Finish what others wait for first: then you can close the shop."),
    "showcase.full": _("Your showcase is full. Take something out first."),
    "showcase.no_programme": _("Join this shop's programme first."),
    "staff.already": _("This person was asked already, or works here."),
    "staff.full": _("At most 20 people can work for a shop."),
    "staff.gone": _("This is no longer on offer."),
    "staff.nobody": _("There is nobody of that name."),
    "staff.owner": _("This is your own shop."),
    "staff.role": _("Choose what they do."),
    "staff.unreachable": _("This person cannot be asked."),
    "stock.gone": _("There is not enough left of something you want to order."),
    "tag.full": _("A video shows at most 10 products. Take one out first."),
    "tag.moment": _("Choose a moment of the video, and an end that is later."),
    "tag.not_yours": _("Show products of your own shop, or join the shop's programme first."),
    "tag.place": _("Choose a place in the picture."),
    "webhook.events": _("Choose at least one of the events."),
    "webhook.full": _("A shop has at most %(count)d webhooks. Remove one first."),
    "webhook.off": _("This webhook is off. Turn it on first."),
    "webhook.twice": _("There is a webhook for this address already."),
    "webhook.url": _("Give an address that begins with https:// and that everybody can reach."),
    "webhook.waiting": _("This is on its way already."),
    "window.days": _("Between 1 and %(count)d days."),
    "window.twice": _("There is one for this country and category already."),
}


class Gone(Conflict):
    """Some things are short; `variants` are their ids."""

    def __init__(self, variants: list[UUID]) -> None:
        super().__init__("stock.gone", SENTENCES["stock.gone"])
        self.variants = variants


def invalid(code: str, field: str | None = None, **values: Any) -> ValidationError:
    """A `ValidationError` with one of the codes; of one field where it is named. `values` fill the
    sentence."""
    sentence: Any = SENTENCES[code]
    error = ValidationError(sentence, code=code, params=values or None)
    return error if field is None else ValidationError({field: error})


def refused(code: str) -> Refused:
    """A `Refused` with one of the codes."""
    return Refused(code, SENTENCES[code])


def conflict(code: str) -> Conflict:
    """A `Conflict` with one of the codes."""
    return Conflict(code, SENTENCES[code])


def unavailable(code: str) -> Unavailable:
    """An `Unavailable` with one of the codes: nothing was changed, and it may be tried again."""
    return Unavailable(code, SENTENCES[code])
