"""Where products are met, and whose merit that is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from chat.actions import send_message
from commerce import meeting
from commerce.meeting import DIRECT, Kind, Met
from commerce.models import Cart, CartLine, ProductTag, ShowcaseItem, Touch
from tests.chat.factories import make_group
from tests.factories import block
from tests.videos.factories import make_video


@pytest.fixture
def video(mei, shirt):
    """Mei wears her shirt."""
    video = make_video(mei)
    ProductTag.objects.create(video=video, product=shirt)
    return video


@pytest.fixture
def group(ana, ben):
    return make_group(ana, ben)


def in_video(video) -> Met:
    return Met(Kind.VIDEO, video_id=video.pk, creator_id=video.author_id)


def test_a_video_that_shows_it_is_where_it_was_met(ana, video, shirt):
    assert meeting.read(f"v:{video.pk}", ana, shirt) == in_video(video)


def test_guests_meet_products_in_videos_too(video, shirt):
    assert meeting.read(f"v:{video.pk}", AnonymousUser(), shirt) == in_video(video)


def test_a_video_that_does_not_show_it_earns_nothing(ana, zoe, shirt):
    assert meeting.read(f"v:{make_video(zoe).pk}", ana, shirt) == DIRECT


def test_a_video_that_one_may_not_see_earns_nothing(ana, video, mei, shirt):
    block(ana, mei)

    assert meeting.read(f"v:{video.pk}", ana, shirt) == DIRECT


@pytest.mark.parametrize("via", ["", "x", "v:", "v:1", "t:", "p:nobody", "c:?", "v" * 500, ":"])
def test_what_says_nothing_is_direct(ana, shirt, via):
    assert meeting.read(via, ana, shirt) == DIRECT


@pytest.mark.django_db(transaction=True)
def test_a_conversation_names_who_sent_it_there(ana, ben, group, shirt):
    send_message(ben, group, body="", client_id=uuid4(), share=f"product:{shirt.pk}")

    met = meeting.read(f"t:{group.pk}", ana, shirt)

    assert met == Met(Kind.CONVERSATION, conversation=group.pk, creator_id=ben.pk)


@pytest.mark.django_db(transaction=True)
def test_who_sends_it_to_others_did_not_meet_it_there(ana, group, shirt):
    send_message(ana, group, body="", client_id=uuid4(), share=f"product:{shirt.pk}")

    assert meeting.read(f"t:{group.pk}", ana, shirt) == DIRECT


@pytest.mark.django_db(transaction=True)
def test_outsiders_did_not_meet_it_in_the_conversation(ben, zoe, group, shirt):
    send_message(ben, group, body="", client_id=uuid4(), share=f"product:{shirt.pk}")

    assert meeting.read(f"t:{group.pk}", zoe, shirt) == DIRECT
    assert meeting.read(f"t:{group.pk}", AnonymousUser(), shirt) == DIRECT


def test_a_profile_has_what_is_in_its_showcase_or_its_shop(ana, zoe, mei, shirt):
    ShowcaseItem.objects.create(creator=zoe, product=shirt)

    assert meeting.read("p:Zoe", ana, shirt) == Met(Kind.PROFILE, creator_id=zoe.pk)
    assert meeting.read("p:mei", ana, shirt) == Met(Kind.PROFILE, creator_id=mei.pk)
    assert meeting.read("p:ana", zoe, shirt) == DIRECT


def test_the_last_touch_wins(ana, zoe, video, shirt):
    meeting.touch(ana, shirt, Met(Kind.PROFILE, creator_id=zoe.pk))
    meeting.touch(ana, shirt, in_video(video))

    assert meeting.met(ana, shirt) == in_video(video)
    assert Touch.objects.count() == 1


def test_looking_it_up_takes_nothing_from_who_showed_it(ana, video, shirt):
    meeting.touch(ana, shirt, in_video(video))
    meeting.touch(ana, shirt, Met(Kind.SEARCH))
    meeting.touch(ana, shirt, DIRECT)

    assert meeting.met(ana, shirt) == in_video(video)


def test_a_touch_holds_for_seven_days(ana, video, shirt):
    meeting.touch(ana, shirt, in_video(video))
    Touch.objects.update(at=timezone.now() - timedelta(days=7, minutes=1))

    assert meeting.met(ana, shirt) == DIRECT


def test_a_search_counts_where_a_touch_is_over(ana, video, shirt):
    meeting.touch(ana, shirt, in_video(video))
    Touch.objects.update(at=timezone.now() - timedelta(days=8))
    meeting.touch(ana, shirt, Met(Kind.SEARCH))

    assert meeting.met(ana, shirt) == Met(Kind.SEARCH)


def test_guests_leave_no_touch(video, shirt):
    meeting.touch(AnonymousUser(), shirt, in_video(video))

    assert not Touch.objects.exists()
    assert meeting.met(AnonymousUser(), shirt) == DIRECT


def test_a_cart_line_remembers_better_than_a_touch(ana, zoe, video, shirt, variant):
    meeting.touch(ana, shirt, Met(Kind.PROFILE, creator_id=zoe.pk))
    columns = in_video(video).columns
    cart = Cart.objects.create(person=ana)
    line = CartLine.objects.create(cart=cart, variant=variant, quantity=1, price_seen=20, **columns)
    silent = CartLine(cart=cart, variant=variant, quantity=1, price_seen=20)

    assert meeting.met(ana, shirt, line) == in_video(video)
    assert meeting.met(ana, shirt, silent) == Met(Kind.PROFILE, creator_id=zoe.pk)


def test_reading_asks_the_database_once(ana, group, video, shirt, django_assert_num_queries):
    meeting.read(f"t:{group.pk}", ana, shirt)
    for via in (f"v:{video.pk}", f"t:{group.pk}", "p:mei"):
        with django_assert_num_queries(1):
            meeting.read(via, ana, shirt)
