"""What a report of something in the shop keeps (REPORTABLES, R40)."""

from functools import partial
from uuid import UUID

from accounts.models import User
from accounts.ports import Evidence
from commerce.actions import returns
from commerce.models import Order, Product, Question, Review, Shop


def of_review(reporter: User, review_id: UUID) -> Evidence | None:
    """Its stars, words and the names of its photos, for who sees the product."""
    review = Review.objects.select_related("author", "product").filter(pk=review_id).first()
    if review is None or not _is_seen(reporter, review.product_id):
        return None
    content = {
        "review": str(review.pk),
        "stars": review.stars,
        "body": review.words,
        "answer": review.answer,
        "author": review.author.card() if review.author else None,
        "created_at": review.created_at.isoformat(),
        "product": str(review.product_id),
        "title": review.product.title,
        "files": [photo.image.name for photo in review.photos.all()],
    }
    return Evidence(content, review.author_id, review.words or f"{review.stars} / 5")


def of_question(reporter: User, question_id: UUID) -> Evidence | None:
    """Its words with the answers below, for who sees the product."""
    question = Question.objects.select_related("author", "product").filter(pk=question_id).first()
    if question is None or not _is_seen(reporter, question.product_id):
        return None
    content = {
        "question": str(question.pk),
        "body": question.words,
        "author": question.author.card() if question.author else None,
        "created_at": question.created_at.isoformat(),
        "product": str(question.product_id),
        "title": question.product.title,
        "answers": [answer.words for answer in question.answers.all()],
    }
    return Evidence(content, question.author_id, question.words)


def of_product(reporter: User, product_id: UUID) -> Evidence | None:
    """What it is, what it costs, who sells it, and the names of its photos."""
    shown = Product.objects.visible_to(reporter).select_related("shop__owner", "category")
    product = shown.filter(pk=product_id).first()
    if product is None:
        return None
    content = {
        "product": product.share_card(),
        "title": product.title,
        "body": product.description,
        "attributes": product.attributes,
        "category": product.category.slug,
        "shop": product.shop.name,
        "owner": product.shop.owner.card() if product.shop.owner else None,
        "files": [photo.image.name for photo in product.photos.all()],
    }
    return Evidence(content, product.shop.owner_id, product.title)


def _is_seen(reporter: User, product_id: UUID) -> bool:
    return Product.objects.visible_to(reporter).filter(pk=product_id).exists()


def of_shop(reporter: User, shop_id: UUID) -> Evidence | None:
    """What it says of itself, and who stands behind it."""
    shop = Shop.objects.visible_to(reporter).filter(pk=shop_id).first()
    if shop is None:
        return None
    content = {
        "shop": shop.card(),
        "about": shop.about,
        "returns": shop.returns_policy,
        "shipping": shop.shipping_policy,
        "trader": shop.trader.legal_name if shop.trader else "",
        "owner": shop.owner.card() if shop.owner else None,
        "files": [shop.picture.name] if shop.picture else [],
    }
    return Evidence(content, shop.owner_id, shop.name)


def of_order(reporter: User, order_id: UUID) -> Evidence | None:
    """What was bought and what both sides said of its returns, for its buyer; what the shop refused
    to take back waits for a moderator from then on."""
    mine = Order.objects.filter(buyer=reporter, number__isnull=False).in_full()
    order = mine.filter(pk=order_id).first()
    if order is None:
        return None
    content = {
        "order": str(order.pk),
        "name": order.name,
        "shop": order.shop.name,
        "state": order.state,
        "total": f"{order.total} {order.currency}",
        "refunded": str(order.refunded),
        "lines": [f"{line.quantity} x {line.product_title}" for line in order.lines.all()],
        "steps": [f"{step.at.isoformat()} {step.verb}" for step in order.steps.all()],
        "returns": [
            {"reason": each.reason, "words": each.words, "answer": each.answer}
            for each in order.returns.all()
        ],
    }
    settle = partial(returns.hold_for_moderators, order.pk)
    return Evidence(content, order.shop.owner_id, order.name, settle)
