"""Questions about products: anybody signed in asks, the shop and buyers answer."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.filtering import spam
from accounts.models import User
from accounts.text import clean_lines
from commerce import people
from commerce.models import Answer, OrderLine, Product, Question
from commerce.notifications.reviews import tell_of_answer, tell_of_question
from commerce.refusals import invalid, refused

QUESTION, ANSWER = 500, 1000


def ask(actor: User, product: Product, words: str) -> Question:
    """Ask something that everybody may read.

    Raises `ValidationError` (question.empty, question.too_long), `Refused` (rate.slow_down),
    `Http404` where the actor does not see the product.
    """
    _must_see(actor, product)
    cleaned = _clean(words, "question", QUESTION)
    spam.weigh(actor, spam.Surface.COMMENT, text=cleaned)
    with transaction.atomic():
        question = Question.objects.create(product=product, author=actor, words=cleaned)
        tell_of_question(question)
    return question


def answer(actor: User, question: Question, words: str) -> Answer:
    """Answer for the shop one works for, or as somebody who has the product.

    Raises `ValidationError` (answer.empty, answer.too_long), `Refused` (answer.not_bought,
    rate.slow_down), `Http404` where the actor does not see the product.
    """
    _must_see(actor, question.product)
    is_by_shop = people.may(actor, question.product.shop, people.SUPPORT)
    if not is_by_shop and not has_received(actor, question.product):
        raise refused("answer.not_bought")
    cleaned = _clean(words, "answer", ANSWER)
    if not is_by_shop:
        spam.weigh(actor, spam.Surface.COMMENT, text=cleaned)
    with transaction.atomic():
        made = Answer.objects.create(
            question=question, author=actor, is_by_shop=is_by_shop, words=cleaned
        )
        tell_of_answer(made)
    return made


def delete_question(actor: User, question: Question) -> None:
    """Take back what one asked; its answers go with it."""
    _must_own(actor, question.author_id)
    question.delete()


def delete_answer(actor: User, answer: Answer) -> None:
    """Take back what one answered."""
    _must_own(actor, answer.author_id)
    answer.delete()


def has_received(person: User, product: Product) -> bool:
    """Whether something of it came to the person."""
    lines = OrderLine.objects.come()
    return lines.filter(order__buyer=person, variant__product=product).exists()


def take_down(question_id: UUID) -> None:
    """By a moderator's decision nobody reads it any more, nor its answers."""
    Question.objects.filter(pk=question_id, taken_down_at=None).update(taken_down_at=timezone.now())


def put_back(question_id: UUID) -> None:
    """As it was, with its answers."""
    Question.objects.filter(pk=question_id).update(taken_down_at=None)


def _must_see(actor: User, product: Product) -> None:
    if not Product.objects.visible_to(actor).filter(pk=product.pk).exists():
        raise Http404


def _must_own(actor: User, author_id: UUID | None) -> None:
    if author_id != actor.pk:
        raise PermissionDenied


def _clean(words: str, noun: str, most: int) -> str:
    cleaned = clean_lines(words)
    if not cleaned.strip("\u200d"):
        raise invalid(f"{noun}.empty", "words")
    if len(cleaned) > most:
        raise invalid(f"{noun}.too_long", "words", count=most)
    return cleaned
