"""What buyers say about what they bought, and what people ask before they buy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from commerce.models.order import OrderLine
from commerce.models.product import Product


class Review(models.Model):
    """One per bought line. It stays when the line's author leaves, without their name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews", db_index=False)
    line = models.OneToOneField(OrderLine, models.CASCADE, related_name="review")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="product_reviews"
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.TextField(_("what you think"), max_length=2000, blank=True)
    answer = models.TextField(_("the shop's answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_stars")
        ]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self) -> str:
        return f"{self.stars} for {self.product_id}"


class ReviewPhoto(models.Model):
    """A picture that the buyer took."""

    MOST = 5

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    image = models.ImageField(upload_to="reviews/", width_field="width", height_field="height")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.position}"


class Question(models.Model):
    """Asked on a product's page, for everybody to read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="questions", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    words = models.CharField(_("question"), max_length=500)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["product", "-created_at"], name="question_of_product")]

    def __str__(self) -> str:
        return self.words


class Answer(models.Model):
    """By the shop, or by somebody who bought the product."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_by_shop = models.BooleanField(default=False)
    words = models.CharField(_("answer"), max_length=1000)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.words
