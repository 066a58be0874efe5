"""Products in videos: who puts which where, and who sees them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from commerce import tags
from commerce.actions.tagging import tag_product, untag_product
from commerce.models import ProductTag, Programme, ProgrammeMember, Shop
from tests.commerce.factories import make_product
from tests.factories import block
from tests.videos.factories import make_video
from videos.actions.copying import copy_draft
from videos.actions.drafts import begin_draft, change_draft
from videos.models import Clip, Video


@pytest.fixture
def video(mei):
    """31 seconds."""
    return make_video(mei)


@pytest.fixture
def creator(zoe, shop):
    """Zoe earns by what Mei sells."""
    programme = Programme.objects.create(
        shop=shop, percent=10, created_at=timezone.now() - timedelta(days=1)
    )
    ProgrammeMember.objects.create(programme=programme, creator=zoe, state=ProgrammeMember.State.IN)
    return zoe


def code_of(verb) -> str:
    with pytest.raises((Refused, ValidationError)) as error:
        verb()
    found: Any = error.value
    return found.code if isinstance(found, Refused) else found.error_list[0].code


def test_a_seller_shows_their_own_product(mei, video, shirt):
    tag_product(mei, video, shirt.pk, from_ms=2_000, until_ms=9_000, x=0.25, y=0.75)

    tag = video.product_tags.get()
    assert (tag.product, tag.from_ms, tag.until_ms, tag.x, tag.y) == (shirt, 2000, 9000, 0.25, 0.75)


def test_again_it_moves(mei, video, shirt):
    tag_product(mei, video, shirt.pk, x=0.25)
    tag_product(mei, video, shirt.pk, x=0.75)

    assert video.product_tags.get().x == 0.75


def test_a_creator_shows_what_they_earn_by(creator, shirt):
    video = make_video(creator)

    tag_product(creator, video, shirt.pk)

    assert video.product_tags.get().product == shirt


def test_others_products_are_not_ones_own_to_show(ana, shirt):
    assert code_of(lambda: tag_product(ana, make_video(ana), shirt.pk)) == "tag.not_yours"


def test_others_videos_are_not_there(mei, ana, shirt):
    video = make_video(ana)

    with pytest.raises(Http404):
        tag_product(mei, video, shirt.pk)
    with pytest.raises(Http404):
        untag_product(mei, video, shirt.pk)


def test_minors_show_nothing(teo, shirt):
    assert code_of(lambda: tag_product(teo, make_video(teo), shirt.pk)) == "policy.R7"


def test_what_is_not_sold_is_not_shown(mei, video, shop):
    draft, _variant = make_product(shop, state="draft")

    for key in (draft.pk, uuid4()):
        with pytest.raises(Http404):
            tag_product(mei, video, key)


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({"from_ms": 31_000}, "tag.moment"),
        ({"from_ms": -1}, "tag.moment"),
        ({"from_ms": 5_000, "until_ms": 5_000}, "tag.moment"),
        ({"x": 1.01}, "tag.place"),
        ({"y": -0.01}, "tag.place"),
        ({"x": float("nan")}, "tag.place"),
    ],
)
def test_moment_and_place_lie_in_the_film(mei, video, shirt, where, code):
    assert code_of(lambda: tag_product(mei, video, shirt.pk, **where)) == code


def test_ten_at_most(mei, video, shop, shirt):
    for _number in range(ProductTag.MOST):
        tag_product(mei, video, make_product(shop)[0].pk)

    assert code_of(lambda: tag_product(mei, video, shirt.pk)) == "tag.full"


def test_taking_out_may_be_repeated(mei, video, shirt):
    tag_product(mei, video, shirt.pk)

    untag_product(mei, video, shirt.pk)
    untag_product(mei, video, shirt.pk)

    assert not video.product_tags.exists()


def test_watchers_see_it_minors_too(ana, kid, mei, video, shirt):
    tag_product(mei, video, shirt.pk)

    for viewer in (ana, kid):
        assert [tag.product for tag in tags.tags_in([video.pk], viewer)[video.pk]] == [shirt]


def test_nobody_sees_it_across_a_block_or_of_a_closed_shop(ana, zoe, mei, video, shirt, shop):
    tag_product(mei, video, shirt.pk)
    block(mei, zoe)

    assert not tags.tags_in([video.pk], zoe)
    Shop.objects.filter(pk=shop.pk).update(state=Shop.State.SUSPENDED)
    assert not tags.tags_in([video.pk], ana)


def test_of_hidden_videos_nothing_is_told(ana, mei, shirt):
    video = make_video(mei, audience="me")
    tag_product(mei, video, shirt.pk)

    assert not tags.tags_in([video.pk], ana)


def test_a_page_of_videos_takes_five_queries(ana, mei, shop, django_assert_num_queries):
    videos = [make_video(mei) for _number in range(3)]
    for video in videos:
        for _number in range(2):
            tag_product(mei, video, make_product(shop)[0].pk)
    tags.tags_in([], ana)  # who Ana is, is asked once a request

    with django_assert_num_queries(5):
        found = tags.tags_in([video.pk for video in videos], ana)
        shown = [tag.product.share_card() for some in found.values() for tag in some]

    assert len(shown) == 6


@pytest.fixture
def draft(mei):
    """Nothing is made of it yet: two clips of 4 seconds."""
    draft = begin_draft(mei)
    for position in range(2):
        Clip.objects.create(
            video=draft, position=position, state="ready", source="x.mp4", duration_ms=4000
        )
    return draft


def test_a_draft_keeps_products_until_it_is_out(ana, api, mei, draft, shirt):
    door = f"/api/v1/videos/{draft.pk}/products/"
    late = api(mei).put(f"{door}{shirt.pk}/", {"from_ms": 8000})
    kept = api(mei).put(f"{door}{shirt.pk}/", {"from_ms": 7000, "x": 0.2})

    assert late.json()["code"] == "tag.moment"
    assert kept.json()["from_ms"] == 7000
    assert [tag["product"]["id"] for tag in api(mei).get(door).json()] == [str(shirt.pk)]
    assert api(ana).get(door).status_code == 404
    Video.objects.filter(pk=draft.pk).update(state="published", published_at=timezone.now())
    assert [tag["x"] for tag in api(ana).get(door).json()] == [0.2]


def test_a_draft_is_as_long_as_its_edit(mei, draft, shirt):
    clip = draft.clips.all()[0]
    segments = [{"clip": str(clip.pk), "in_ms": 0, "out_ms": 4000, "speed": 2}]
    change_draft(mei, draft, recipe={"segments": segments})
    draft.refresh_from_db()

    tag_product(mei, draft, shirt.pk, from_ms=1999)

    assert code_of(lambda: tag_product(mei, draft, shirt.pk, from_ms=2000)) == "tag.moment"


def test_the_pages_of_a_draft_lead_to_its_products_and_on_to_posting(browser, mei, draft, shirt):
    door = browser(mei)
    page = reverse("commerce:tag-products", args=[draft.pk])
    choice = {"product": str(shirt.pk), "begins": "1", "across": "20", "down": "30"}

    assert page in door.get(reverse("videos:post_draft", args=[draft.pk])).content.decode()
    assert page in door.get(draft.editor_url).content.decode()
    assert door.post(page, choice).status_code == 302
    shown = door.get(page).content.decode()
    assert draft.editor_url in shown
    assert reverse("videos:post_draft", args=[draft.pk]) in shown
    assert "Linen shirt" in door.get(draft.editor_url).content.decode()


def test_minors_are_offered_no_products_for_their_drafts(browser, teo):
    draft = begin_draft(teo)

    for page in (draft.editor_url, reverse("videos:post_draft", args=[draft.pk]), "/upload/"):
        assert "Add products" not in browser(teo).get(page).content.decode()


def test_a_draft_begun_from_a_draft_shows_the_same_products(mei, shop, shirt):
    draft = begin_draft(mei)
    Clip.objects.create(video=draft, source="s", state="ready", duration_ms=9_000)
    hat, _variant = make_product(shop, title="Hat")
    tag_product(mei, draft, shirt.pk, from_ms=2_000, until_ms=5_000, x=0.25, y=0.75)
    tag_product(mei, draft, hat.pk)

    copy = copy_draft(mei, draft)
    untag_product(mei, copy, hat.pk)

    fields = ("product", "from_ms", "until_ms", "x", "y")
    assert list(copy.product_tags.values_list(*fields)) == [(shirt.pk, 2_000, 5_000, 0.25, 0.75)]
    assert draft.product_tags.count() == 2
