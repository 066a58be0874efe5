"""Reviews by who bought and received, their stars, the shop's answers; questions and answers."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone
from PIL import Image

from accounts import ports
from accounts.errors import Conflict, Refused
from commerce.actions import questions, reviews
from commerce.models import Order, Product, Review, ReviewPhoto, Shop
from commerce.tasks import size_photos
from tests.accounts.pictures import jpeg
from tests.commerce.together import make_arrived
from tests.factories import block

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def line(ana, shirt):
    return make_arrived(ana, shirt)


@pytest.fixture
def review(ana, line) -> Review:
    return reviews.write(ana, line, stars=4, words="Soft.")


def rated(product: Product) -> tuple[int, int]:
    product.refresh_from_db()
    return product.rating_sum, product.rating_count


# --- Writing --------------------------------------------------------------------------------------


def test_a_review_counts_in_the_product_and_in_the_shop(review, shirt, shop):
    shop.refresh_from_db()

    assert rated(shirt) == (4, 1)
    assert (shop.rating_sum, shop.rating_count) == (4, 1)


def test_a_line_is_reviewed_once(ana, line, review):
    with pytest.raises(Conflict):
        reviews.write(ana, line, stars=5)


def test_nobody_reviews_what_did_not_arrive(ana, line):
    Order.objects.filter(pk=line.order_id).update(state=Order.State.SHIPPED, delivered_at=None)
    line.order = Order.objects.get(pk=line.order_id)

    assert reviews.reviewable(ana, line.variant.product) is None
    with pytest.raises(Refused, match="once it has arrived"):
        reviews.write(ana, line, stars=5)


def test_nobody_reviews_what_somebody_else_bought(zoe, line):
    with pytest.raises(Http404):
        reviews.write(zoe, line, stars=1)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(ana, line, stars):
    with pytest.raises(ValidationError):
        reviews.write(ana, line, stars=stars)


def test_photos_are_made_anew(ana, line):
    review = reviews.write(ana, line, stars=5, photos=[BytesIO(jpeg(400, 300))])

    photo = review.photos.get()
    assert b"GPS" not in photo.image.read()
    assert (photo.width, photo.height) == (reviews.SIDE, reviews.SIDE)


def test_lists_take_small_photos_which_come_and_go_with_the_large_ones(
    browser, api, ana, review, django_capture_on_commit_callbacks
):
    reviews.edit(ana, review, photos=[BytesIO(jpeg(400, 300))])
    photo = review.photos.get()
    listed = f"/products/{review.product_id}/reviews/"

    assert photo.thumb_url.endswith("-288.webp")
    assert f'<img src="{photo.thumb_url}"' in browser(ana).get(listed).content.decode()
    (told,) = api(ana).get(f"/api/v1{listed}").data["results"][0]["photos"]
    assert told["thumb_url"] == photo.thumb_url
    assert browser(ana).get(photo.thumb_url).status_code == 200
    review.taken_down_at = timezone.now()
    review.save()
    assert browser(ana).get(photo.thumb_url).status_code == 404
    review.taken_down_at = None
    review.save()

    default_storage.delete(photo.files[1])
    ReviewPhoto.objects.update(smaller=None)
    photo.refresh_from_db()
    assert photo.thumb_url == photo.image.url
    size_photos()
    photo.refresh_from_db()
    assert Image.open(default_storage.open(photo.files[1])).size == (288, 288)

    with django_capture_on_commit_callbacks(execute=True):
        reviews.edit(ana, review, dropped=[photo.pk])
    assert not any(default_storage.exists(name) for name in photo.files)


def test_five_photos_are_the_most(ana, line):
    with pytest.raises(ValidationError):
        reviews.write(ana, line, stars=5, photos=[BytesIO(b"")] * 6)

    assert not Review.objects.exists()


# --- Changing -------------------------------------------------------------------------------------


def test_its_author_changes_it_and_the_stars_follow(ana, review, shirt):
    reviews.edit(ana, review, stars=2, words="It shrank.")

    review.refresh_from_db()
    assert (review.stars, review.words) == (2, "It shrank.")
    assert review.edited_at is not None
    assert rated(shirt) == (2, 1)


def test_nobody_changes_it_after_a_month(ana, review):
    long_ago = timezone.now() - datetime.timedelta(days=Review.EDIT_DAYS)
    Review.objects.filter(pk=review.pk).update(created_at=long_ago)
    review.refresh_from_db()

    with pytest.raises(ValidationError, match="30 days"):
        reviews.edit(ana, review, stars=1)


def test_nobody_changes_somebody_elses(ben, review):
    with pytest.raises(PermissionDenied):
        reviews.edit(ben, review, stars=1)


# --- Reading --------------------------------------------------------------------------------------


def test_a_block_hides_it_from_both(ana, zoe, review):
    block(ana, zoe)

    assert not Review.objects.visible_to(zoe).exists()


def test_they_are_narrowed_by_stars_and_photos(ana, ben, shirt, review):
    other = make_arrived(ben, shirt)
    pictured = reviews.write(ben, other, stars=5, photos=[BytesIO(jpeg(40, 40))])
    shown = Review.objects.visible_to(ana)

    assert list(shown.narrowed(5)) == [pictured]
    assert list(shown.narrowed(with_photos=True)) == [pictured]
    assert list(shown.narrowed(4, with_photos=True)) == []
    assert shown.distribution() == {5: 1, 4: 1, 3: 0, 2: 0, 1: 0}


# --- The shop, and moderators ---------------------------------------------------------------------


def test_the_shop_answers_and_nobody_else(mei, zoe, review):
    reviews.answer(mei, review, "Thank you!")

    review.refresh_from_db()
    assert review.answer == "Thank you!"
    with pytest.raises(Http404):
        reviews.answer(zoe, review, "No.")


def test_what_is_taken_down_does_not_count_until_it_is_put_back(review, shirt):
    moderated = ports.moderated()["review"]

    moderated.take_down(review.pk)
    moderated.take_down(review.pk)
    assert (rated(shirt), Review.objects.standing().exists()) == ((0, 0), False)

    moderated.put_back(review.pk)
    assert (rated(shirt), Review.objects.standing().exists()) == ((4, 1), True)


@pytest.mark.parametrize("kind", ["review", "question"])
def test_who_sees_the_product_reports_what_is_said(ben, shop, shirt, review, kind):
    thing = review if kind == "review" else questions.ask(ben, shirt, "Is it warm?")
    evidence = ports.reportables()[kind](ben, thing.pk)

    assert evidence is not None
    assert evidence.owner_id == thing.author_id
    Shop.objects.filter(pk=shop.pk).update(state=Shop.State.CLOSED)
    assert ports.reportables()[kind](ben, thing.pk) is None


# --- Questions ------------------------------------------------------------------------------------


def test_anybody_asks_and_the_shop_and_buyers_answer(mei, ana, kid, line, shirt):
    question = questions.ask(kid, shirt, "Does it shrink?")

    by_shop = questions.answer(mei, question, "A little.")
    by_buyer = questions.answer(ana, question, "Not mine.")

    assert (by_shop.is_by_shop, by_buyer.is_by_shop) == (True, False)


def test_who_did_not_buy_answers_nothing(zoe, ben, shirt):
    question = questions.ask(ben, shirt, "Does it shrink?")

    with pytest.raises(Refused) as error:
        questions.answer(zoe, question, "Yes.")
    assert error.value.code == "answer.not_bought"


@pytest.mark.parametrize("words", ["", "  \n", "x" * 501])
def test_a_question_says_something_short(ben, shirt, words):
    with pytest.raises(ValidationError):
        questions.ask(ben, shirt, words)


def test_only_who_asked_takes_it_back(ben, zoe, shirt):
    question = questions.ask(ben, shirt, "Does it shrink?")

    with pytest.raises(PermissionDenied):
        questions.delete_question(zoe, question)
    questions.delete_question(ben, question)


# --- Doors ----------------------------------------------------------------------------------------


def test_rest_writes_narrows_and_answers(api, ana, mei, zoe, line, shirt):
    there = f"/api/v1/products/{shirt.pk}/reviews/"

    made = api(ana).post(there, {"stars": 5, "words": "Yes!"}, format="json")
    again = api(ana).post(there, {"stars": 5}, format="json")
    stranger = api(zoe).post(there, {"stars": 1}, format="json")
    answered = api(mei).put(
        f"/api/v1/shop/reviews/{made.data['id']}/answer/", {"words": "Thanks"}, format="json"
    )
    listed = api(zoe).get(there, {"stars": "5"})

    assert made.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "review.twice")
    assert (stranger.status_code, stranger.json()["code"]) == (403, "review.not_bought")
    assert answered.data["answer"] == "Thanks"
    assert [one["id"] for one in listed.data["results"]] == [made.data["id"]]


def test_the_page_writes_without_a_script(client, ana, line, shirt):
    client.force_login(ana)
    there = f"/products/{shirt.pk}/reviews/"

    wrong = client.post(there, {"words": "no stars"})
    done = client.post(there, {"stars": "4", "words": "Soft"})

    assert wrong.status_code == 422
    assert done.status_code == 302
    assert b"Soft" in client.get(there).content


def test_a_page_of_reviews_takes_few_queries(
    client, ana, ben, shirt, django_assert_max_num_queries
):
    for person in (ana, ben):
        reviews.write(person, make_arrived(person, shirt), stars=5, photos=[BytesIO(jpeg(9, 9))])

    with django_assert_max_num_queries(8):
        client.get(f"/products/{shirt.pk}/reviews/", headers={"HX-Request": "true"})


def test_the_page_asks_and_answers(client, mei, ben, shirt):
    client.force_login(ben)
    client.post(f"/products/{shirt.pk}/questions/", {"words": "Warm?"})
    question = shirt.questions.get()
    client.force_login(mei)
    client.post(f"/shop/questions/{question.pk}/answers/", {"words": "Airy."})

    page = client.get(f"/products/{shirt.pk}/questions/").content

    assert b"Warm?" in page
    assert b"Airy." in page
