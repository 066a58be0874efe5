"""What somebody would like to have, and what they wait for."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from commerce.models.product import Product, Variant


class Wish(models.Model):
    """On somebody's wishlist."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wishes")
    product = models.ForeignKey(Product, models.CASCADE, related_name="wishes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "product", name="wish_once")]

    def __str__(self) -> str:
        return f"{self.person_id} wishes {self.product_id}"


class StockAlert(models.Model):
    """Somebody who wants to hear when a variant can be ordered again; gone once they were told."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="alerts")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("variant", "person", name="stock_alert_once")]

    def __str__(self) -> str:
        return f"{self.person_id} waits for {self.variant_id}"
