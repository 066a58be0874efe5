"""What the people of the demo world bought weeks ago, and what they wrote of it; what they ask."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

from django.db.models import QuerySet
from django.utils import timezone

from accounts import tasks
from accounts.models import OutboxJob, User
from commerce.actions import questions, reviews
from commerce.models import Order, OrderLine, Product, Review
from config.demo.goods import draw
from config.demo.shop_orders import arrive, buy

Goods = Mapping[str, Product]

# Who, of what, how many stars, in which words.
SAID = (
    ("lucia", "shirt", 5, "Wide where it should be. I sleep in it, I work in it."),
    (
        "priya",
        "shirt",
        4,
        "Lovely cloth. One button was loose, Mei sent two new ones the next day.",
    ),
    ("ivo", "shirt", 5, "Cool in the projection room, and that says something."),
    ("noor", "tote", 5, "تتسع لكل شيء ❤️"),
    ("ivo", "tote", 4, "Strong straps. I would like it in black."),
    ("lucia", "scarf", 5, "Light as air, warm enough for the night bus."),
    ("noor", "mug", 5, "حجم مثالي للقهوة العربية."),
    ("priya", "mug", 4, "Smaller than I thought, which is the point."),
    ("lucia", "bowl", 5, "Cada uno es distinto. El mío tiene una huella dactilar 🫶"),
    ("ivo", "vase", 5, "One branch was enough."),
    ("noor", "candle", 3, "Beautiful, but the handle gets warm."),
    ("mei", "mountain", 5, "It hangs over my bench now. The coral is brighter than on the screen."),
    ("priya", "mountain", 5, "Came flat, signed, with a tiny drawing on the envelope."),
    ("ivo", "cards", 4, "Thick indeed. Four of six have arrived already."),
    ("mei", "notebook", 5, "No lines. Finally."),
    ("noor", "bird", 5, "الألوان رائعة."),
    ("priya", "bird", 5, "As an ornithologist in training: the beak is right."),
    ("mei", "stickers", 4, "The note is on my kiln. It held at 60 °C."),
    ("lucia", "coffee", 5, "Huele a domingo por la mañana ☕"),
    ("ivo", "coffee", 5, "Keeps a projectionist awake through the third act."),
    ("mei", "coffee", 4, "The cardamom is gentle. I grind it finer."),
    ("mei", "dallah", 5, "Heavy, bright, and it really does not drip."),
    ("priya", "glasses", 4, "Good size. One had a bubble in it, which I now like."),
    ("lucia", "popcorn", 5, "Mi hija come la ensalada de aquí. 🍿"),
    ("noor", "strip", 5, "Mine shows a door that opens."),
)
# Who has a photo with it.
SHOWN = {
    ("lucia", "bowl"): ("bowl", "#d9cdb9", "#c9b7a2", "home"),
    ("mei", "mountain"): ("print", "#ef7a5a", "#cfc4b2", "home"),
    ("mei", "dallah"): ("dallah", "#c79a4b", "#d8cdb8", "home"),
}
ANSWERED = {
    ("priya", "shirt"): "Thank you for telling me. I sew them on twice now.",
    ("noor", "candle"): "Noted: the next batch has a longer handle.",
}
# Who asks what of which, and what the shop says.
ASKED = (
    (
        "ana",
        "shirt",
        "Does it shrink in the wash?",
        "A little, the first time. At 30 °C hardly at all.",
    ),
    ("zoe", "mountain", "Does it come framed?", "No, but it fits a common A3 frame."),
    ("ana", "coffee", "Is it ground?", "Whole beans. Write to me and I grind them for your pot."),
    ("ben", "lamp", "Can the bulb be dimmed?", ""),
)


def review_all(people: Mapping[str, User], goods: Goods) -> None:
    """Everybody whose word is above bought it over the last weeks, received it and wrote. What
    they were told of on the way is long read."""
    told_before = set(_unsaid().values_list("pk", flat=True))
    for place, (name, key, stars, words) in enumerate(SAID):
        days = 8 + place * 7 % 19  # each shop has sold something every few days
        line = arrive(buy(people[name], goods[key], days=days)).lines.get()
        photo = SHOWN.get((name, key))
        shown = [BytesIO(draw(*photo))] if photo else []
        review = reviews.write(people[name], line, stars=stars, words=words, photos=shown)
        if answer := ANSWERED.get((name, key)):
            reviews.answer(_seller(goods[key]), review, answer)
        _move_back(line, review, days)
    for name, key, words, answer in ASKED:
        question = questions.ask(people[name], goods[key], words)
        if answer:
            questions.answer(_seller(goods[key]), question, answer)
    _unsaid().exclude(pk__in=told_before).delete()


def _unsaid() -> QuerySet[OutboxJob]:
    return OutboxJob.objects.filter(task=tasks.note.name, done_at__isnull=True)


def _seller(product: Product) -> User:
    owner = product.shop.owner
    assert owner is not None
    return owner


def _move_back(line: OrderLine, review: Review, days: int) -> None:
    """Sent a day after it was ordered, there after five, written of after six."""
    placed = timezone.now() - timedelta(days=days)
    sent, there = placed + timedelta(days=1), placed + timedelta(days=5)
    order = Order.objects.filter(pk=line.order_id)
    order.update(shipped_at=sent, delivered_at=there)
    for verb, at in (("shipped", sent), ("delivered", there)):
        line.order.steps.filter(verb=verb).update(at=at)
    Review.objects.filter(pk=review.pk).update(created_at=placed + timedelta(days=6))
