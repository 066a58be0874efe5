"""Things of the shop that moderators decide on (MODERATED)."""

from uuid import UUID

from accounts.ports import Moderated
from commerce import models
from commerce.actions import products, questions, returns, reviews, shops


class Review(Moderated):
    """Read by who looks at the product."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Review.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Review.objects.filter(pk=object_id).values_list("words", flat=True).first()
        return found or ""

    def reach(self, object_id: UUID) -> int:
        """Those who bought the product, about."""
        found = models.Review.objects.filter(pk=object_id)
        return max(found.values_list("product__sold_count", flat=True).first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        reviews.take_down(object_id)

    def put_back(self, object_id: UUID) -> None:
        reviews.put_back(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Reviews have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Question(Moderated):
    """With the answers below it."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Question.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Question.objects.filter(pk=object_id).values_list("words", flat=True).first()
        return found or ""

    def reach(self, object_id: UUID) -> int:
        """Those who bought the product, about."""
        found = models.Question.objects.filter(pk=object_id)
        return max(found.values_list("product__sold_count", flat=True).first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        questions.take_down(object_id)

    def put_back(self, object_id: UUID) -> None:
        questions.put_back(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Questions have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Shop(Moderated):
    """With all that it sells: suspended, it is seen by its own people alone, who can still send
    what was ordered."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Shop.objects.filter(pk=object_id).values_list("owner", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Shop.objects.filter(pk=object_id).values_list("name", flat=True).first()
        return found or ""

    def reach(self, object_id: UUID) -> int:
        """What it sold, piece by piece."""
        sold = models.Shop.objects.filter(pk=object_id).values_list("sold_count", flat=True)
        return max(sold.first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        shops.suspend(object_id)

    def put_back(self, object_id: UUID) -> None:
        shops.put_back(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Shops have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Order(Moderated):
    """A refused return that its buyer does not accept. There is nothing to hide: taking it down is
    to pay the buyer back, leaving it is to let the refusal stand."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        """The seller's."""
        found = models.Order.objects.filter(pk=object_id)
        return found.values_list("shop__owner", flat=True).first()

    def title(self, object_id: UUID) -> str:
        order = models.Order.objects.select_related("shop").filter(pk=object_id).first()
        return order.name if order else ""

    def reach(self, object_id: UUID) -> int:
        """One buyer."""
        return 1

    def take_down(self, object_id: UUID) -> None:
        returns.settle_disputes(object_id, grants=True)

    def put_back(self, object_id: UUID) -> None:
        returns.settle_disputes(object_id, grants=False)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Orders have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Product(Moderated):
    """On its page, in lists, in conversations and in carts."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        found = models.Product.objects.filter(pk=object_id)
        return found.values_list("shop__owner", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Product.objects.filter(pk=object_id).values_list("title", flat=True).first()
        return found or ""

    def reach(self, object_id: UUID) -> int:
        """Those who bought it, about."""
        sold = models.Product.objects.filter(pk=object_id).values_list("sold_count", flat=True)
        return max(sold.first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        products.take_down(object_id)

    def put_back(self, object_id: UUID) -> None:
        products.put_back(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Products have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None
