"""Affiliates: creators who show what shops sell, and what they get for it."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models.product import Product
from commerce.models.shop import Shop


class ProgrammeQuerySet(models.QuerySet):
    """Programmes by who may take part."""

    def offered_to(self, creator: Any) -> Self:
        """What the creator may join or takes part in: those of open shops, open to all or by an
        invitation; not their own shop's, nor where the shop took them out."""
        mine = ProgrammeMember.objects.filter(programme=OuterRef("pk"), creator=creator)
        asked = Exists(mine.exclude(state=ProgrammeMember.State.REMOVED))
        offered = self.filter(is_active=True, shop__state=Shop.State.OPEN)
        return offered.filter(Q(is_open=True) | asked).exclude(
            Exists(mine.filter(state=ProgrammeMember.State.REMOVED)) | Q(shop__owner=creator)
        )


class Programme(models.Model):
    """What a shop pays creators: for one product, or (None) for all without a programme of their
    own. An open one takes everybody; else the shop invites."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="programmes")
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="programmes"
    )
    percent = models.DecimalField(_("percent of the goods"), max_digits=5, decimal_places=2)
    is_open = models.BooleanField(_("open to every creator"), default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "product"],
                condition=Q(is_active=True),
                nulls_distinct=False,
                name="programme_one_active",
            ),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=80), name="programme_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of {self.product_id or self.shop_id}"

    def rate_of(self, member: "ProgrammeMember") -> Decimal:
        """Percent of the goods that this creator gets."""
        return self.percent if member.percent is None else member.percent


class ProgrammeMember(models.Model):
    """A creator in a programme, perhaps at a rate of their own."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("affiliate", "Invited")
        IN = "in", pgettext_lazy("affiliate", "Takes part")
        LEFT = "left", pgettext_lazy("affiliate", "Left")
        REMOVED = "removed", pgettext_lazy("affiliate", "Removed")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="members")
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="programme_parts"
    )
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=7, choices=State.choices)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("programme", "creator", name="affiliate_once")]

    def __str__(self) -> str:
        return f"{self.creator_id} in {self.programme_id}: {self.state}"

    @property
    def is_in(self) -> bool:
        """Whether they earn by it."""
        return self.state == self.State.IN

    @property
    def rate(self) -> Decimal:
        """Percent of the goods that they get."""
        return self.programme.rate_of(self)


class ShowcaseItem(models.Model):
    """A product on a creator's profile: their own shop's, or another's with a programme."""

    MOST = 200

    creator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="showcase")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    position = models.IntegerField(default=0, help_text="From the first on; gaps are nothing.")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "-added_at", "-pk"]
        constraints = [models.UniqueConstraint("creator", "product", name="showcase_once")]

    def __str__(self) -> str:
        return f"{self.product_id} by {self.creator_id}"
