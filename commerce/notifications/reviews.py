"""The kinds of things that are said about products: reviews, questions, and their answers."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, Section, Target, notify
from commerce.models import Answer, Product, Question, Review
from commerce.people import SUPPORT, people_with


def _to_product(place: str) -> Any:
    """To the part of the product's page that holds them, while the receiver may see it."""

    def targets(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
        shown = Product.objects.visible_to(viewer)
        titles = dict(
            shown.filter(pk__in={line.about for line in lines}).values_list("pk", "title")
        )
        return {
            line.pk: Target(_page(line.about) + place, titles[line.about])
            for line in lines
            if line.about in titles
        }

    return targets


def _page(product_id: UUID) -> str:
    return reverse("commerce:product", args=[product_id])


REVIEW = Kind(  # to the people of the shop
    "commerce.review",
    Section.SHOP,
    title=_("Reviews of what you sell"),
    alone=_("%(product)s was reviewed: %(stars)s of 5 stars"),
    targets=_to_product("#reviews"),
)
REVIEW_ANSWER = Kind(  # to who wrote the review
    "commerce.review_answer",
    Section.SHOP,
    title=_("Answers to your reviews"),
    alone=_("%(shop)s answered your review of %(product)s"),
    targets=_to_product("#reviews"),
)
QUESTION = Kind(  # to the people of the shop
    "commerce.question",
    Section.SHOP,
    title=_("Questions about what you sell"),
    alone=_("Somebody asks about %(product)s"),
    targets=_to_product("#questions"),
)
ANSWER = Kind(  # to who asked
    "commerce.answer",
    Section.SHOP,
    title=_("Answers to your questions"),
    alone=_("%(actor)s answered your question about %(product)s"),
    targets=_to_product("#questions"),
)
KINDS = (REVIEW, REVIEW_ANSWER, QUESTION, ANSWER)


def tell_of_review(review: Review) -> None:
    """The shop, of a new one."""
    product = review.product
    people = people_with(product.shop, SUPPORT)
    notify(REVIEW.name, people, about=product.pk, product=product.title, stars=review.stars)


def tell_of_review_answer(review: Review) -> None:
    """Whoever wrote it, of the shop's answer."""
    if review.author_id is not None:
        words: dict[str, Any] = {
            "product": review.product.title,
            "shop": review.product.shop.name,
        }
        notify(REVIEW_ANSWER.name, review.author_id, about=review.product_id, **words)


def tell_of_question(question: Question) -> None:
    """The shop, of a new one."""
    product = question.product
    people = [key for key in people_with(product.shop, SUPPORT) if key != question.author_id]
    notify(QUESTION.name, people, about=product.pk, product=product.title)


def tell_of_answer(answer: Answer) -> None:
    """Whoever asked."""
    product, asker = answer.question.product, answer.question.author_id
    if asker is not None:
        notify(ANSWER.name, asker, actor=answer.author_id, about=product.pk, product=product.title)
