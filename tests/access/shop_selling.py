"""What sellers' doors ask: a zone with a rate, somebody's part, a file that was looked through."""

from typing import Any

from commerce.models import ProductImport, Shop


def selling_values(shop: Shop) -> dict[str, Any]:
    """By the names that stand in addresses."""
    zone = shop.zones.get()
    return {
        "zone": zone.pk,
        "rate": zone.rates.get().pk,
        "job": shop.staff.get().pk,
        "import": ProductImport.objects.create(shop=shop).pk,
    }
