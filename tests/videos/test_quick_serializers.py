"""Quick serializers say what the framework's own would."""

from rest_framework import serializers

from tests.factories import follow
from tests.videos.factories import make_video, with_files
from videos import feed
from videos.models import Comment, Video
from videos.reading import attach_hashtags
from videos.serializers import VideoSerializer
from videos.serializers.feed import FeedItemSerializer, FeedSerializer


def test_a_page_reads_the_same_both_ways(ana, ben, zoe):
    follow(ana, zoe)
    walk = with_files(make_video(zoe, caption="a walk #sea"))
    asked = Comment.objects.create(video=walk, author=ben, body="how?")
    make_video(zoe, parent=walk, parent_kind="reply", reply_to_comment=asked)
    make_video(zoe, parent=walk, parent_kind="duet", caption="")
    page = feed.page(ana, tab=feed.FOLLOWING)
    attach_hashtags([item.video for item in page.items])

    quick = FeedSerializer(page).data

    slow = serializers.Serializer.to_representation
    for item, said in zip(page.items, quick["results"], strict=True):
        assert slow(FeedItemSerializer(), item) == said
        assert slow(VideoSerializer(), item.video) == said["video"]


def test_what_failed_says_why(zoe):
    broken = make_video(zoe, state="failed", failure_code="video.encode_failed")
    video = Video.objects.visible_to(zoe).get(pk=broken.pk)

    slow = serializers.Serializer.to_representation(VideoSerializer(), video)
    assert VideoSerializer(video).data == slow
    assert slow["failure"]["code"] == "video.encode_failed"
