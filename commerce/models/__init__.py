"""The shop's tables."""

from commerce.models.address import Address
from commerce.models.affiliate import Programme, ProgrammeMember, ShowcaseItem
from commerce.models.application import SellerApplication
from commerce.models.cart import Cart, CartLine
from commerce.models.category import Category
from commerce.models.coupon import Coupon, CouponUse, FlashSale
from commerce.models.group_buy import GroupBuy, GroupBuyOffer, GroupBuyPlace
from commerce.models.ledger import (
    ConnectedAccount,
    LedgerEntry,
    LedgerTransaction,
    Payout,
    PayoutAccount,
)
from commerce.models.order import Order, OrderLine, OrderStep
from commerce.models.payment import Payment, ProviderEvent, Refund
from commerce.models.product import Product, ProductPhoto, Variant
from commerce.models.product_import import ProductImport
from commerce.models.purchase import Purchase, Reservation
from commerce.models.returns import ReturnLine, ReturnRequest, ReturnWindow
from commerce.models.review import Answer, Question, Review, ReviewPhoto
from commerce.models.shipping import ShippingRate, ShippingZone
from commerce.models.shop import Shop, ShopStaff
from commerce.models.source import Source, Touch
from commerce.models.tag import ProductTag
from commerce.models.tax import TaxClass, TaxRate
from commerce.models.test_charge import TestCharge
from commerce.models.webhook import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from commerce.models.wish import StockAlert, Wish

__all__ = [
    "Address",
    "Answer",
    "Cart",
    "CartLine",
    "Category",
    "ConnectedAccount",
    "Coupon",
    "CouponUse",
    "FlashSale",
    "GroupBuy",
    "GroupBuyOffer",
    "GroupBuyPlace",
    "LedgerEntry",
    "LedgerTransaction",
    "Order",
    "OrderLine",
    "OrderStep",
    "Payment",
    "Payout",
    "PayoutAccount",
    "Product",
    "ProductImport",
    "ProductPhoto",
    "ProductTag",
    "Programme",
    "ProgrammeMember",
    "ProviderEvent",
    "Purchase",
    "Question",
    "Refund",
    "Reservation",
    "ReturnLine",
    "ReturnRequest",
    "ReturnWindow",
    "Review",
    "ReviewPhoto",
    "SellerApplication",
    "ShippingRate",
    "ShippingZone",
    "Shop",
    "ShopStaff",
    "ShowcaseItem",
    "Source",
    "StockAlert",
    "TaxClass",
    "TaxRate",
    "TestCharge",
    "Touch",
    "Variant",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
    "Wish",
]
