"""Everything in the shop that is somebody's: what they bought, sold, earned, wished and said."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.ports import Exporter, ExportPart, Row, StoredFile
from accounts.rights.tables import Table
from commerce.models import ProductPhoto, ReviewPhoto, SellerApplication, Shop

FOLDER = "shop/files"

BOUGHT = (
    Table(
        "commerce.Purchase",
        "shop/purchases",
        gettext_lazy("What you paid"),
        "id state currency goods shipping discount tax total address placed_at settled_at",
        of="buyer",
    ),
    Table(
        "commerce.Order",
        "shop/orders",
        gettext_lazy("Your orders"),
        "id shop=shop__name number state currency goods shipping discount tax total refunded"
        " carrier tracking note placed_at paid_at shipped_at delivered_at",
        of="buyer",
    ),
    Table(
        "commerce.OrderLine",
        "shop/ordered",
        gettext_lazy("What was in them"),
        "order_id product_title variant_title quantity price discount tax total returned refunded"
        " source video_id",
        of="order__buyer",
    ),
    Table(
        "commerce.ReturnRequest",
        "shop/returns",
        gettext_lazy("What you sent back"),
        "id order_id reason words state answer asked_at decided_at tracking",
        of="order__buyer",
    ),
    Table(
        "commerce.Refund",
        "shop/refunds",
        gettext_lazy("What you got back"),
        "id order_id amount reason state created_at settled_at",
        of="order__buyer",
    ),
    Table(
        "commerce.Payment",
        "shop/payments",
        gettext_lazy("How you paid"),
        "id purchase_id provider state currency amount captured refunded created_at",
        of="purchase__buyer",
    ),
    Table(
        "commerce.CouponUse",
        "shop/coupons",
        gettext_lazy("Coupons you used"),
        "code=coupon__code amount purchase_id",
        of="person",
    ),
    Table(
        "commerce.GroupBuyPlace",
        "shop/together",
        gettext_lazy("What you bought together with others"),
        "product=group_buy__product__title state=group_buy__state taken_at",
        of="person",
    ),
    Table(
        "commerce.GroupBuy",
        "shop/started",
        gettext_lazy("Group buys you started"),
        "id product=product__title people percent filled state started_at ends_at",
        of="starter",
    ),
)
MEANT = (
    Table(
        "commerce.Address",
        "shop/addresses",
        gettext_lazy("Your addresses"),
        "name street more city state postcode country phone is_default",
        of="person",
    ),
    Table(
        "commerce.CartLine",
        "shop/cart",
        gettext_lazy("Your cart"),
        "product=variant__product__title quantity price_seen is_for_later added_at",
        of="cart__person",
    ),
    Table(
        "commerce.Wish",
        "shop/wishlist",
        gettext_lazy("Your wishlist"),
        "product=product__title created_at",
        of="person",
    ),
    Table(
        "commerce.StockAlert",
        "shop/alerts",
        gettext_lazy("What you wait for"),
        "product=variant__product__title created_at",
        of="person",
    ),
    Table(
        "commerce.Touch",
        "shop/met",
        gettext_lazy("Where you met products last"),
        "product=product__title source video_id conversation at",
        of="person",
    ),
    Table(
        "commerce.Review",
        "shop/reviews",
        gettext_lazy("Your reviews"),
        "product=product__title stars words answer created_at",
        of="author",
    ),
    Table(
        "commerce.Question",
        "shop/questions",
        gettext_lazy("Your questions"),
        "product=product__title words created_at",
        of="author",
    ),
    Table(
        "commerce.Answer",
        "shop/answers",
        gettext_lazy("Your answers"),
        "question=question__words words created_at",
        of="author",
    ),
)
SOLD = (
    Table(
        "commerce.Shop",
        "sell/shop",
        gettext_lazy("Your shop"),
        "slug name about currency country state return_days returns_policy shipping_policy"
        " sold_count opened_at created_at",
        of="owner",
    ),
    Table(
        "commerce.SellerApplication",
        "sell/applications",
        gettext_lazy("What you declared as a seller"),
        "legal_name street city postcode country email phone register tax_number iban state"
        " sent_at decided_at reason",
        of="shop__owner",
    ),
    Table(
        "commerce.ShopStaff",
        "sell/jobs",
        gettext_lazy("Shops you work for"),
        "shop=shop__name role invited_at accepted_at",
        of="person",
    ),
    Table(
        "commerce.WebhookEndpoint",
        "sell/webhooks",
        gettext_lazy("Where your servers are told of what happens in your shop"),
        "name url events state created_at",
        of="shop__owner",
    ),
    Table(
        "commerce.Product",
        "sell/products",
        gettext_lazy("What you sell"),
        "id title description state price_from sold_count published_at created_at",
        of="shop__owner",
    ),
    Table(
        "commerce.ProgrammeMember",
        "earn/programmes",
        gettext_lazy("Programmes you take part in"),
        "shop=programme__shop__name percent state since",
        of="creator",
    ),
    Table(
        "commerce.ShowcaseItem",
        "earn/showcase",
        gettext_lazy("Your showcase"),
        "product=product__title added_at",
        of="creator",
    ),
    Table(
        "commerce.LedgerEntry",
        "earn/ledger",
        gettext_lazy("What you earned by showing products"),
        "what=transaction__kind currency amount available_at at=transaction__at",
        of="person",
    ),
    Table(
        "commerce.Payout",
        "earn/payouts",
        gettext_lazy("What was paid out to you"),
        "id currency amount state period_end created_at settled_at",
        of="creator",
    ),
    Table(
        "commerce.PayoutAccount",
        "earn/account",
        gettext_lazy("The bank account for your payouts"),
        "holder iban changed_at",
        of="person",
    ),
    Table(
        "commerce.ConnectedAccount",
        "earn/connected-account",
        gettext_lazy("Your account at the payment service"),
        "reference is_ready told_at",
        of="person",
    ),
)
TABLES = (*BOUGHT, *MEANT, *SOLD)


def parts(person: User) -> Iterator[ExportPart]:
    """The tables, then the files that belong to them."""
    yield from (table.part(person) for table in TABLES)
    yield ExportPart(
        "shop/pictures",
        _("Pictures and papers"),
        _("What you uploaded for reviews, products and your shop."),
        {"file": "its path in this copy"},
        partial(_names, person),
        files=partial(_files, person),
    )


def _names(person: User) -> Iterator[Row]:
    for stored in _files(person):
        yield {"file": stored.path}


def _files(person: User) -> Iterator[StoredFile]:
    for name in _stored(person):
        yield StoredFile(f"{FOLDER}/{name}", name)


def _stored(person: User) -> Iterator[str]:
    """Names in the storage."""
    photos = ReviewPhoto.objects.filter(review__author=person)
    yield from photos.order_by("pk").values_list("image", flat=True)
    shown = ProductPhoto.objects.filter(product__shop__owner=person)
    yield from shown.order_by("pk").values_list("image", flat=True)
    pictures = Shop.objects.filter(owner=person).exclude(picture="")
    yield from pictures.values_list("picture", flat=True)
    papers = SellerApplication.objects.filter(shop__owner=person).exclude(document="")
    yield from papers.order_by("pk").values_list("document", flat=True)


EXPORTER = Exporter(
    parts,
    frozenset(table.model for table in TABLES),
    {
        "commerce.Cart": "its lines are in the copy",
        "commerce.OrderStep": "who did what to an order; the orders are in the copy",
    },
)
