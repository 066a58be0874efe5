"""What somebody is about to buy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.product import Variant
from commerce.models.source import Source


class Cart(models.Model):
    """Somebody's, or a guest's (known by the secret that their browser or app keeps)."""

    MOST_LINES = 100

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="cart"
    )
    secret_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(secret_hash__isnull=False),
                name="cart_of_person_or_guest",
            )
        ]

    def __str__(self) -> str:
        return f"cart of {self.person_id or 'a guest'}"


class CartLine(Source):
    """Some pieces of a variant. `price_seen` (in the variant's currency) is what they cost when
    they were put in: who pays is told where that changed."""

    MOST = 99

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    price_seen = fields.amount()
    is_for_later = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("cart", "variant", name="cart_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="cart_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"
