"""What sellers' doors ask: a zone with a rate, somebody's part, a file that was looked through."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from commerce.models import (
    Coupon,
    FlashSale,
    ProductImport,
    Shop,
    Variant,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from commerce.webhooks.signing import new_secret


def selling_values(shop: Shop) -> dict[str, Any]:
    """By the names that stand in addresses."""
    zone = shop.zones.get()
    return {
        "zone": zone.pk,
        "rate": zone.rates.get().pk,
        "job": shop.staff.get().pk,
        "import": ProductImport.objects.create(shop=shop).pk,
        "coupon": make_coupon(shop).pk,
        "sale": make_sale(shop).pk,
        **webhook_values(shop),
    }


def webhook_values(shop: Shop) -> dict[str, Any]:
    """A server of the shop's own that was told something and did not listen."""
    webhook = WebhookEndpoint.objects.create(
        shop=shop, url="https://erp.example/", events=["order.paid"], secret=new_secret()
    )
    event = WebhookEvent.objects.create(shop=shop, kind="order.paid", body="{}")
    delivery = WebhookDelivery.objects.create(endpoint=webhook, event=event, state="failed")
    return {"webhook": webhook.pk, "delivery": delivery.pk}


def make_coupon(shop: Shop) -> Coupon:
    """Ten percent off everything."""
    return Coupon.objects.create(shop=shop, code="TEN", percent=Decimal(10), currency=shop.currency)


def make_sale(shop: Shop) -> FlashSale:
    """Something of it costs half, tomorrow."""
    variant = Variant.objects.filter(product__shop=shop)[0]
    tomorrow = timezone.now() + timedelta(days=1)
    return FlashSale.objects.create(
        variant=variant,
        price=variant.price.amount / 2,
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=2),
        most=5,
    )
