"""What stands in the places of paths about group buys, reviews and questions."""

from typing import Any

from accounts.models import User
from commerce.actions import group_buys
from commerce.models import Answer, Product, Question, Review, ReviewPhoto
from tests.commerce.together import make_arrived, make_offer


def together_values(product: Product, buyer: User, photo: str) -> dict[str, Any]:
    """A group, and what the buyer said: a review, a question, an answer. Something else of theirs
    has arrived and is not reviewed yet."""
    review = Review.objects.create(
        product=product, line=make_arrived(buyer, product), author=buyer, stars=5
    )
    ReviewPhoto.objects.create(review=review, image=photo, width=1080, height=1080)
    question = Question.objects.create(product=product, author=buyer, words="Is it warm?")
    answer = Answer.objects.create(question=question, author=buyer, words="It is.")
    make_arrived(buyer, product)
    return {
        "group": group_buys.start(buyer, make_offer(product)).pk,
        "review": review.pk,
        "question": question.pk,
        "answer": answer.pk,
    }
