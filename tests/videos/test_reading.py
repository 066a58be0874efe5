"""Statements that are prepared once say what Django's own would, for whoever asks."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import befriend, block, make_user
from tests.videos.factories import make_video, with_files
from videos.models import Video
from videos.reading import attach_hashtags, shown, watchable


@pytest.fixture
def some(ana, ben, zoe) -> list[Video]:
    """Videos of every audience, a sensitive one, a draft, and one made with another."""
    befriend(ana, ben)
    block(zoe, ana)
    walk = with_files(make_video(ben, caption="a walk #sea #sun"))
    return [
        walk,
        *(make_video(ben, audience=audience) for audience in Video.Audience.values),
        make_video(ben, sensitivity="author"),
        make_video(ben, state="processing"),
        make_video(ana, state="draft"),
        make_video(zoe),
        make_video(ben, parent=walk, parent_kind="duet"),
    ]


@pytest.mark.parametrize("who", ["ana", "ben", "zoe", "teo", "nobody"])
def test_the_same_videos_come_as_from_a_query_of_its_own(who, some, ana, ben, zoe):
    people = {"ana": ana, "ben": ben, "zoe": zoe, "nobody": AnonymousUser()}
    viewer = people.get(who) or make_user("teo", age=16)
    keys = [video.pk for video in some]

    found = watchable(viewer, keys)

    plainly = Video.objects.watchable_by(viewer).liked_by(viewer).filter(pk__in=keys).in_bulk()
    assert found == plainly
    for key, video in found.items():
        for name in ("is_liked", "is_saved", "is_reposted", "is_followed"):
            assert getattr(video, name) == getattr(plainly[key], name)


def test_who_was_asked_for_first_decides_nothing_for_the_next(some, ana, ben, zoe):
    keys = [video.pk for video in some]
    private = next(video for video in some if video.audience == "private")

    assert [private.pk in watchable(who, keys) for who in (zoe, ben, ana)] == [False, True, False]


def test_more_than_there_is_room_for_are_asked_in_turns(ana, zoe):
    keys = [make_video(zoe).pk for _ in range(30)]

    assert set(watchable(ana, keys)) == set(keys)


def test_what_is_shown_has_its_parts_at_hand(some, ana, django_assert_num_queries):
    walk = some[0]
    video = shown(ana, [walk.pk])[walk.pk]
    attach_hashtags([video])

    with django_assert_num_queries(0):
        assert video.author.username == "ben"
        assert sorted(tag.name for tag in video.hashtags.all()) == ["sea", "sun"]
        assert {each.kind for each in video.renditions.all()} == {"720", "360"}
        assert video.small_url and all(each.video == video for each in video.renditions.all())


def test_what_does_not_play_is_not_shown_to_its_author_either(some, ana):
    draft = next(video for video in some if video.state == "draft")

    assert draft.pk in watchable(ana, [draft.pk])
    assert shown(ana, [draft.pk]) == {}
