"""Products shown in a video: which, when, and where in the picture."""

from django.db import models
from django.db.models import F, Q

from commerce.models.product import Product
from videos.models import Video


class ProductTag(models.Model):
    """`from_ms` to `until_ms` of the film (None: to its end); `x`, `y` are parts of its width and
    height, 0 to 1, from the upper left."""

    MOST = 10

    video = models.ForeignKey(Video, models.CASCADE, related_name="product_tags")
    product = models.ForeignKey(Product, models.CASCADE, related_name="tags")
    from_ms = models.PositiveIntegerField(default=0)
    until_ms = models.PositiveIntegerField(null=True, blank=True)
    x = models.FloatField(default=0.5)
    y = models.FloatField(default=0.5)

    class Meta:
        constraints = [
            models.UniqueConstraint("video", "product", name="product_tag_once"),
            models.CheckConstraint(
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1), name="product_tag_in_picture"
            ),
            models.CheckConstraint(
                condition=Q(until_ms__isnull=True) | Q(until_ms__gt=F("from_ms")),
                name="product_tag_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.video_id}"
