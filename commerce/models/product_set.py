"""Products as sets: who may see them, and which answer a question."""

from typing import Any, Self

from django.db import connection, models
from django.db.models import BooleanField, F, FilteredRelation, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from accounts.words import wanted_in
from commerce.models.shop import Shop

# The expression of the index that migration 0003 makes.
_HAS_WORDS = "array_to_tsvector(string_to_array(commerce_product.words, ' ')) @@ %s::tsquery"


class ProductQuerySet(models.QuerySet):
    """Products with what `share_card()` and every card read at hand."""

    def visible_to(self, viewer: Any) -> Self:
        """What is for sale in open shops of people whom the viewer sees (R15), and, whatever its
        state, what belongs to shops that the viewer works for; nothing that was taken down."""
        shown = self._for_sale() & Q(shop__in=Shop.objects.visible_to(viewer).filter(state="open"))
        if viewer.is_authenticated:
            shown |= Q(shop__in=Shop.objects.run_by(viewer).order_by())
        return self.filter(shown, taken_down_at=None).with_card()

    def listed(self) -> Self:
        """What anybody may find: for sale, in open shops whose owners are there."""
        open_shops = {"shop__state": "open", "shop__owner__is_active": True}
        return self.filter(self._for_sale(), taken_down_at=None, **open_shops)

    def with_card(self) -> Self:
        """With shop, photos, variants and what is offered to groups: one query, and three for
        however many products."""
        related = ("photos", "variants", "group_offers")
        return self.select_related("shop__owner").prefetch_related(*related)

    def wished_by(self, person: Any) -> Self:
        """Each with `is_wished`: whether it is on the person's wishlist."""
        if not person.is_authenticated:
            return self.annotate(is_wished=Value(False))
        own = FilteredRelation("wishes", condition=Q(wishes__person=person))
        return self.annotate(own_wish=own, is_wished=Q(own_wish__isnull=False))

    def on_wishlist_of(self, person: Any) -> Self:
        """What the person wished, each with `wished_at`, the latest first."""
        wished = self.filter(wishes__person=person).annotate(wished_at=F("wishes__created_at"))
        return wished.order_by("-wished_at")

    def saying(self, question: str) -> Self:
        """Those that have, for each word of the question, a word that begins with it."""
        words = wanted_in(question)
        if not words:
            return self
        if connection.vendor == "postgresql":
            # Words hold letters and digits only: nothing in them is a sign of the query's.
            query = " & ".join(f"'{word}':*" for word in words)
            return self.filter(RawSQL(_HAS_WORDS, [query], BooleanField()))  # noqa: S611
        asked = self.annotate(spaced=Concat(Value(" "), "words", output_field=models.TextField()))
        for word in words:
            asked = asked.filter(spaced__contains=f" {word}")
        return asked

    @staticmethod
    def _for_sale() -> Q:
        return Q(state="published")
