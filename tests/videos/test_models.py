"""Who sees which video, and what a video tells about itself."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Follow
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video, with_files
from videos.models import Comment, Share, Video, hashtags_in, usernames_in

EVERYBODY = {"author", "friend", "follower", "followed", "stranger", "anonymous"}
STATES = ("uploading", "processing", "failed")


@pytest.fixture
def author(db):
    return make_user("mei")


@pytest.fixture
def viewers(author):
    """Everybody who may come along, by how they stand to the author."""
    people = {name: make_user(name) for name in ("friend", "follower", "followed", "stranger")}
    people |= {name: make_user(name) for name in ("blocked", "blocking", "waiting")}
    befriend(people["friend"], author)
    follow(people["follower"], author)
    follow(author, people["followed"])
    # A block ends follows; should one remain, the block still counts.
    follow(people["blocked"], author)
    block(author, people["blocked"])
    block(people["blocking"], author)
    Follow.objects.create(follower=people["waiting"], followed=author)
    return {**people, "author": author, "anonymous": AnonymousUser()}


def seen_by(viewers, video) -> set[str]:
    return {
        name
        for name, viewer in viewers.items()
        if Video.objects.visible_to(viewer).filter(pk=video.pk).exists()
    }


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("public", EVERYBODY | {"waiting"}),
        ("followers", {"author", "friend", "follower"}),
        ("friends", {"author", "friend"}),
        ("private", {"author"}),
    ],
)
def test_a_video_is_for_its_audience(viewers, author, audience, expected):
    video = make_video(author, audience=audience)

    assert seen_by(viewers, video) == expected


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("public", {"author", "friend", "follower"}),
        ("followers", {"author", "friend", "follower"}),
        ("friends", {"author", "friend"}),
        ("private", {"author"}),
    ],
)
def test_a_private_account_shows_videos_to_accepted_followers(viewers, author, audience, expected):
    author.is_private = True
    author.save()
    video = make_video(author, audience=audience)

    assert seen_by(viewers, video) == expected


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_published_is_the_authors_alone(viewers, author, state):
    video = make_video(author, state=state)

    assert seen_by(viewers, video) == {"author"}


def test_videos_of_somebody_who_is_gone_are_gone(viewers, author):
    video = make_video(author)
    author.is_active = False
    author.save()

    assert seen_by(viewers, video) - {"author"} == set()


def test_a_list_costs_two_queries_whatever_its_length(viewers, author, django_assert_num_queries):
    for _ in range(4):
        with_files(make_video(author))

    with django_assert_num_queries(2):
        for video in Video.objects.visible_to(viewers["friend"]):
            assert video.author.name and video.small_url and video.large_url


# --- What a video tells ---------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["followers", "friends", "private"])
def test_only_public_videos_are_public(author, audience):
    assert make_video(author).is_public
    assert not make_video(author, audience=audience).is_public
    assert not make_video(author, state="processing").is_public
    author.is_private = True
    assert not make_video(author).is_public


def test_its_card_says_what_a_conversation_shows(author):
    video = with_files(make_video(author, caption="Morning shift\nsecond line"))

    assert video.share_card() == {
        "kind": "video",
        "id": str(video.pk),
        "title": "Morning shift",
        "detail": "Mei · 0:31",
        "author": author.card(),
        "poster": f"/media/videos/{video.pk}/cover_small.jpg",
        "video": f"/media/videos/{video.pk}/360.mp4",
        "duration_ms": 31_000,
        "width": 720,
        "height": 1280,
        "url": f"/videos/{video.pk}/",
        "is_sensitive": False,
    }


def test_its_title_is_the_first_line_cut_to_fit(author):
    assert make_video(author, caption="").title == ""
    assert make_video(author, caption="x" * 80).title == "x" * 80
    assert make_video(author, caption="x" * 81).title == "x" * 79 + "…"


def test_shares_are_counted_and_remembered(author, zoe):
    video = make_video(author)

    video.note_share(zoe, 2)
    video.note_share(zoe, 1)

    video.refresh_from_db()
    assert video.share_count == 3
    shares = Share.objects.order_by("pk").values_list("user__username", "conversation_count")
    assert list(shares) == [("zoe", 2), ("zoe", 1)]


def test_a_failure_has_a_sentence(author):
    video = make_video(author, state="failed", failure_code="video.too_long")

    assert video.failure == "This video is longer than 3 minutes. Trim it and try again."
    assert make_video(author).failure == ""


# --- What captions name ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("#Slow #slow #SLOW", ["slow"]),
        ("so #quiet, #über_gut!", ["quiet", "über_gut"]),
        ("#Straße", ["strasse"]),
        ("#日本 #صباح", ["日本", "صباح"]),
        ("we are #1 and #2021", []),
        ("#90s", ["90s"]),
        ("a#b ##c &#39; /page#d", []),
    ],
)
def test_topics_are_words_of_any_script(words, expected):
    assert hashtags_in(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("with @Ben and @ana.", ["ben", "ana"]),
        ("mail me: ana@example.com", []),
        ("@ab", []),
        ("@mei.tanaka_1!", ["mei.tanaka_1"]),
    ],
)
def test_people_are_named_by_username(words, expected):
    assert usernames_in(words) == expected


def test_comments_across_a_block_are_not_shown(ana, ben, zoe):
    video = make_video(ana)
    Comment.objects.create(video=video, author=zoe, body="hello")
    block(ben, zoe)

    assert Comment.objects.visible_to(ana).count() == 1
    assert Comment.objects.visible_to(ben).count() == 0
    assert Comment.objects.visible_to(AnonymousUser()).count() == 1
