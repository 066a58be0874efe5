"""Reviews: written by who bought and received, answered by the shop, counted in its stars."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from accounts import images, policy
from accounts.errors import Conflict, Refused
from accounts.models import User
from accounts.screening import Brought, screen
from accounts.text import clean_lines
from commerce import copies, people
from commerce.models import OrderLine, Product, Review, ReviewPhoto, Shop
from commerce.notifications.reviews import tell_of_review, tell_of_review_answer
from commerce.refusals import conflict, invalid, refused

WORDS = 2000
SIDE = 1080  # pixels: a photo is shown large


# --- Buyers ---------------------------------------------------------------------------------------


def reviewable(person: User, product: Product) -> OrderLine | None:
    """What the person bought of the product, has received and did not review yet: the last one."""
    bought = OrderLine.objects.reviewable().filter(order__buyer=person, variant__product=product)
    return bought.select_related("order__shop", "variant__product__shop").order_by("-pk").first()


def not_bought(person: User, product: Product) -> Conflict | Refused:
    """Why there is nothing to review: all that came is reviewed, or nothing came."""
    wrote = Review.objects.filter(author=person, product=product).exists()
    return conflict("review.twice") if wrote else refused("review.not_bought")


def write(
    actor: User,
    line: OrderLine,
    *,
    stars: int,
    words: str = "",
    photos: Sequence[images.Readable] = (),
) -> Review:
    """Say what one thinks of what one bought. Photos are made anew and compared with known ones.

    Raises `Refused` (policy.R7, review.not_bought), `Conflict` (review.twice), `ValidationError`
    (review.stars, review.too_long, review.photos, avatar.type, avatar.too_large, media.held),
    `Http404` for what somebody else bought.
    """
    policy.permit(policy.buy(actor.person))
    product = _bought(actor, line)
    words = _clean(stars, words)
    names = _stored(actor, photos)
    try:
        return _write(actor, product, line, stars, words, names)
    except IntegrityError as error:
        _drop(names)
        raise conflict("review.twice") from error
    except BaseException:
        _drop(names)
        raise


@transaction.atomic
def _write(
    actor: User, product: Product, line: OrderLine, stars: int, words: str, names: list[str]
) -> Review:
    review = Review.objects.create(
        product=product, line=line, author=actor, stars=stars, words=words
    )
    _place(review, names)
    _count(product, stars=stars, reviews=1)
    tell_of_review(review)
    return review


def edit(
    actor: User,
    review: Review,
    *,
    stars: int | None = None,
    words: str | None = None,
    photos: Sequence[images.Readable] = (),
    dropped: Sequence[UUID] = (),
) -> Review:
    """Change some of it within 30 days: `photos` are added, `dropped` are the ids of those that go.

    Raises as `write`, `PermissionDenied` where it is somebody else's, and `Refused`
    (review.too_late).
    """
    _permit_editing(actor, review)
    stars = review.stars if stars is None else stars
    cleaned = _clean(stars, review.words if words is None else words)
    left = review.photos.exclude(pk__in=dropped).count()
    names = _stored(actor, photos, room=ReviewPhoto.MOST - left)
    with transaction.atomic():
        held = _held(review.pk)
        _count(held.product, stars=stars - held.stars)
        held.stars, held.words, held.edited_at = stars, cleaned, timezone.now()
        held.save(update_fields=["stars", "words", "edited_at"])
        _take_out(held, dropped)
        _place(held, names)
    return held


def _permit_editing(actor: User, review: Review) -> None:
    policy.permit(policy.buy(actor.person))
    if review.author_id != actor.pk or review.taken_down_at is not None:
        raise PermissionDenied
    if not review.editable_by(actor):
        raise invalid("review.too_late", days=Review.EDIT_DAYS)


def _bought(actor: User, line: OrderLine) -> Product:
    """The product of a line that came to the actor."""
    if line.order.buyer_id != actor.pk:
        raise Http404
    if not line.order.has_come or line.variant is None:
        raise refused("review.not_bought")
    return line.variant.product


def _clean(stars: int, words: str) -> str:
    if not 1 <= stars <= 5:
        raise invalid("review.stars", "stars")
    cleaned = clean_lines(words)
    if len(cleaned) > WORDS:
        raise invalid("review.too_long", "words", count=WORDS)
    return cleaned


# --- Photos ---------------------------------------------------------------------------------------


def _stored(
    actor: User, photos: Sequence[images.Readable], room: int = ReviewPhoto.MOST
) -> list[str]:
    """The names under which new photos lie in the storage; all are looked at before one is."""
    if len(photos) > room:
        raise invalid("review.photos", "photos", count=ReviewPhoto.MOST)
    made = [_looked_at(actor, images.content_of(photo)) for photo in photos]
    names: list[str] = []
    try:
        for picture in made:
            names.append(default_storage.save(images.random_name("reviews"), ContentFile(picture)))
            copies.make(ReviewPhoto, names[-1], picture)
    except BaseException:
        _drop(names)
        raise
    return names


def _looked_at(actor: User, content: bytes) -> bytes:
    """Nobody sees it before it is told: moderators would decide about the person."""
    picture = images.square_webp(content, SIDE)
    screen(Brought("review", actor.pk, "user", actor.pk), [content, picture])
    return picture


def _place(review: Review, names: Sequence[str]) -> None:
    """Behind those that it has."""
    first = review.photos.count()
    ReviewPhoto.objects.bulk_create(
        ReviewPhoto(
            review=review,
            image=name,
            width=SIDE,
            height=SIDE,
            smaller=list(ReviewPhoto.SIDES),
            position=first + place,
        )
        for place, name in enumerate(names)
    )


def _take_out(review: Review, keys: Sequence[UUID]) -> None:
    gone = review.photos.filter(pk__in=keys)
    names = [photo.image.name or "" for photo in gone]
    gone.delete()
    transaction.on_commit(lambda: _drop(names))


def _drop(names: Sequence[str]) -> None:
    copies.drop(ReviewPhoto, names)


# --- The shop, and moderators ---------------------------------------------------------------------


@transaction.atomic
def answer(actor: User, review: Review, words: str) -> Review:
    """Say what the shop thinks of it, for everybody to read; empty words take the answer back.

    Raises `Refused` (policy.R7, shop.not_yours), `ValidationError` (answer.too_long), `Http404`
    for who does not work for the shop.
    """
    policy.permit(policy.sell(actor.person))
    held = _held(review.pk)
    people.demand(actor, held.product.shop, people.SUPPORT)
    cleaned, was = clean_lines(words), held.answer
    if len(cleaned) > WORDS:
        raise invalid("answer.too_long", "words", count=WORDS)
    held.answer, held.answered_at = cleaned, timezone.now() if cleaned else None
    held.save(update_fields=["answer", "answered_at"])
    if cleaned and not was:
        tell_of_review_answer(held)
    return held


@transaction.atomic
def take_down(review_id: UUID) -> None:
    """By a moderator's decision nobody reads it any more, and its stars do not count."""
    _show(review_id, on=False)


@transaction.atomic
def put_back(review_id: UUID) -> None:
    """As it was."""
    _show(review_id, on=True)


def _show(review_id: UUID, *, on: bool) -> None:
    review = Review.objects.filter(pk=review_id).first() and _held(review_id)
    if review is None or (review.taken_down_at is None) == on:
        return
    review.taken_down_at = None if on else timezone.now()
    review.save(update_fields=["taken_down_at"])
    sign = 1 if on else -1
    _count(review.product, stars=sign * review.stars, reviews=sign)


def _held(review_id: UUID) -> Review:
    """As it is now, locked until the transaction ends."""
    reviews = Review.objects.select_for_update(of=("self",)).select_related("product__shop")
    return reviews.get(pk=review_id)


def _count(product: Product, *, stars: int, reviews: int = 0) -> None:
    """Stars came or went: in the product's rating and its shop's, in this order for everybody."""
    changed = {
        "rating_sum": Greatest(F("rating_sum") + stars, 0),
        "rating_count": Greatest(F("rating_count") + reviews, 0),
    }
    Product.objects.filter(pk=product.pk).update(**changed)
    Shop.objects.filter(pk=product.shop_id).update(**changed)
