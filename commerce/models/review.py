"""What buyers say about what they bought, and what people ask before they buy."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import User
from commerce.models.order import OrderLine
from commerce.models.photo import SizedPhoto
from commerce.models.product import Product


def _readable(viewer: Any) -> Q:
    """Of people who are there and with whom the viewer has no block (R15), and of those who left:
    their words stay without a name."""
    return Q(author=None) | Q(author__in=User.objects.visible_to(viewer))


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, as sets."""

    def standing(self) -> Self:
        """Those that count: not taken down."""
        return self.filter(taken_down_at=None)

    def visible_to(self, viewer: Any) -> Self:
        """What the viewer reads, with authors and photos at hand."""
        shown = self.standing().filter(_readable(viewer))
        return shown.select_related("author", "line").prefetch_related("photos")

    def narrowed(self, stars: int | None = None, *, with_photos: bool = False) -> Self:
        """Those with so many stars, and those with photos; both where both are asked for."""
        narrowed = self if stars is None else self.filter(stars=stars)
        pictured = Exists(ReviewPhoto.objects.filter(review=OuterRef("pk")))
        return narrowed.filter(pictured) if with_photos else narrowed

    def distribution(self) -> dict[int, int]:
        """How many have each number of stars, from 5 down to 1."""
        counted = dict(self.values_list("stars").annotate(models.Count("pk")).order_by())
        return {stars: counted.get(stars, 0) for stars in range(5, 0, -1)}


class Review(models.Model):
    """One per bought line. It stays when the line's author leaves, without their name."""

    EDIT_DAYS = 30

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

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_stars")
        ]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self) -> str:
        return f"{self.stars} for {self.product_id}"

    @property
    def edited_until(self) -> Any:
        """Until when its author may change it."""
        return self.created_at + timedelta(days=self.EDIT_DAYS)

    def editable_by(self, person: Any) -> bool:
        """Its author's, for some weeks; not what a moderator took down."""
        is_own = person.pk is not None and self.author_id == person.pk
        return is_own and self.taken_down_at is None and timezone.now() < self.edited_until


class ReviewPhoto(SizedPhoto):
    """A picture that the buyer took; `smaller` copies lie beside it."""

    MOST = 5
    THUMB = 288  # pixels: what stands in reviews, on the finest screens
    SIDES = (THUMB,)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    image = models.ImageField(upload_to="reviews/", width_field="width", height_field="height")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="review_photo_without_copies",
                condition=Q(smaller__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.position}"

    @property
    def thumb_url(self) -> str:
        """Where the copy for lists of reviews lies."""
        return self.url_for(self.THUMB)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """What the viewer reads, the shop's first."""
        shown = self.filter(_readable(viewer), taken_down_at=None).select_related("author")
        return shown.order_by("-is_by_shop", "created_at", "pk")


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """What the viewer reads, each with `shown_answers`."""
        shown = self.filter(_readable(viewer), taken_down_at=None).select_related("author")
        answers = Answer.objects.visible_to(viewer)
        return shown.prefetch_related(Prefetch("answers", answers, to_attr="shown_answers"))


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

    objects = QuestionQuerySet.as_manager()

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

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.words
