"""The kinds of things that happen to orders. `about` is the order: while its line is unread, what
happens next to it stands there instead."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import Kind, Section
from accounts.notifications.kinds import Variants
from commerce.notifications import places

ORDER = Kind(  # to the buyer
    "commerce.order",
    Section.SHOP,
    title=_("Your orders"),
    alone=Variants(
        "step",
        {
            "paid": _("%(shop)s has your order %(order)s"),
            "packed": _("%(shop)s packed your order %(order)s"),
            "shipped": _("%(shop)s sent your order %(order)s"),
            "delivered": _("Your order %(order)s arrived"),
            "cancelled": _("Your order %(order)s was cancelled. You get your money back"),
            "refunded": _("You get money back for your order %(order)s"),
        },
    ),
    targets=places.to_order,
)
SALE = Kind(  # to the people of the shop
    "commerce.sale",
    Section.SHOP,
    title=_("Orders at your shop"),
    alone=Variants(
        "step",
        {
            "paid": _("New order %(order)s: pack it"),
            "cancelled": _("Order %(order)s was cancelled: do not send it"),
            "delivered": _("Order %(order)s arrived"),
            "refund_failed": _("Money for order %(order)s came back to us: our people see to it"),
        },
    ),
    targets=places.to_sale,
)
RETURN = Kind(  # to the buyer
    "commerce.return",
    Section.SHOP,
    title=_("What you send back"),
    alone=Variants(
        "step",
        {
            "approved": _("You can send back what you chose of order %(order)s"),
            "refused": _("%(shop)s refused your return of order %(order)s"),
            "received": _("What you sent back of order %(order)s arrived"),
            "granted": _("A moderator decided for you: you get money back for order %(order)s"),
            "denied": _("A moderator decided that the return of order %(order)s stays refused"),
        },
    ),
    targets=places.to_order,
)
SALE_RETURN = Kind(  # to the people of the shop
    "commerce.sale_return",
    Section.SHOP,
    title=_("Returns to your shop"),
    alone=Variants(
        "step",
        {
            "asked": _("Somebody wants to send back order %(order)s: answer within a working day"),
            "approved": _("The return of order %(order)s was approved, as nobody answered"),
            "sent": _("Order %(order)s is on its way back to you"),
            "withdrawn": _("The return of order %(order)s was withdrawn"),
            "disputed": _("The return of order %(order)s is with the moderators"),
            "granted": _("A moderator decided that order %(order)s is paid back"),
            "denied": _("A moderator decided that the return of order %(order)s stays refused"),
        },
    ),
    targets=places.to_sale,
)

KINDS = (ORDER, SALE, RETURN, SALE_RETURN)
