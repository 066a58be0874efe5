"""Where somebody met a product: what every order line remembers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from commerce.models.product import Product
from videos.models import Video


class Source(models.Model):
    """Columns of whatever knows where it came from. `conversation` is the id of one of chat's;
    `creator` is whoever's commission it may be."""

    class Kind(models.TextChoices):
        DIRECT = "direct", pgettext_lazy("source", "The shop")
        SEARCH = "search", pgettext_lazy("source", "Search")
        VIDEO = "video", pgettext_lazy("source", "A video")
        PROFILE = "profile", pgettext_lazy("source", "A profile")
        CHANNEL = "channel", pgettext_lazy("source", "A channel")
        CONVERSATION = "talk", pgettext_lazy("source", "A conversation")

    source = models.CharField(max_length=7, choices=Kind.choices, default=Kind.DIRECT)
    video = models.ForeignKey(Video, models.SET_NULL, null=True, blank=True, related_name="+")
    conversation = models.UUIDField(null=True, blank=True)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Touch(Source):
    """Where somebody met a product last: it holds for DAYS (the last touch wins)."""

    DAYS = 7

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, related_name="touches")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "product", name="touch_last")]
        indexes = [models.Index(fields=["at"], name="touch_age")]

    def __str__(self) -> str:
        return f"{self.person_id} met {self.product_id} in {self.source}"
