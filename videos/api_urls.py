"""The videos app's part of the REST API."""

from django.urls import path

from videos.api import (
    answers,
    clips,
    comments,
    drafts,
    feed,
    finding,
    remixing,
    sounds,
    videos,
    watch,
)

urlpatterns = [
    path("feed/", feed.Feed.as_view(), name="feed"),
    path("feed/settings/", feed.FeedSettings.as_view(), name="feed-settings"),
    path("feed/reset/", feed.Reset.as_view(), name="feed-reset"),
    path("feed/tastes/", feed.Tastes.as_view(), name="feed-tastes"),
    path("feed/tastes/<int:taste_id>/", feed.OneTaste.as_view(), name="feed-taste"),
    path("watch/", watch.Watch.as_view(), name="watch"),
    path("search/", finding.Search.as_view(), name="search"),
    path("discover/", finding.Discover.as_view(), name="discover"),
    path("videos/", videos.Uploads.as_view(), name="videos"),
    path("videos/<uuid:video_id>/", videos.OneVideo.as_view(), name="video"),
    path("videos/<uuid:video_id>/retry/", videos.Retry.as_view(), name="video-retry"),
    path("videos/<uuid:video_id>/why/", feed.Why.as_view(), name="video-why"),
    path(
        "videos/<uuid:video_id>/not-interested/",
        feed.NotInterested.as_view(),
        name="video-not-interested",
    ),
    path("videos/<uuid:video_id>/like/", answers.LikeDoor.as_view(), name="video-like"),
    path("videos/<uuid:video_id>/comments/", comments.Comments.as_view(), name="video-comments"),
    path("comments/<uuid:comment_id>/", comments.OneComment.as_view(), name="comment"),
    path("comments/<uuid:comment_id>/answers/", comments.Answers.as_view(), name="comment-answers"),
    path(
        "comments/<uuid:comment_id>/like/", comments.CommentLikeDoor.as_view(), name="comment-like"
    ),
    path("comments/<uuid:comment_id>/pin/", comments.CommentPin.as_view(), name="comment-pin"),
    path(
        "comments/<uuid:comment_id>/heart/", comments.CommentHeart.as_view(), name="comment-heart"
    ),
    path(
        "comments/<uuid:comment_id>/approval/",
        comments.CommentApproval.as_view(),
        name="comment-approval",
    ),
    path("me/comment-filter/", comments.OwnCommentFilter.as_view(), name="comment-filter"),
    path("clips/<uuid:clip_id>/", clips.OneClip.as_view(), name="clip"),
    path("clips/<uuid:clip_id>/preview/", clips.ClipPreview.as_view(), name="clip-preview"),
    path("drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("drafts/<uuid:draft_id>/", drafts.OneDraft.as_view(), name="draft"),
    path("drafts/<uuid:draft_id>/publish/", drafts.PostedDraft.as_view(), name="draft-publish"),
    path("sounds/", sounds.Sounds.as_view(), name="sounds"),
    path("sounds/<uuid:sound_id>/", sounds.OneSound.as_view(), name="sound"),
    path("sounds/<uuid:sound_id>/videos/", sounds.SoundVideos.as_view(), name="sound-videos"),
    path("sounds/<uuid:sound_id>/save/", sounds.SavedSoundDoor.as_view(), name="sound-save"),
    path("sounds/<uuid:sound_id>/use/", sounds.UseSound.as_view(), name="sound-use"),
    path("sounds/<uuid:sound_id>/withdraw/", sounds.WithdrawSound.as_view(), name="sound-withdraw"),
    path("videos/<uuid:video_id>/sound/", sounds.SoundOfVideo.as_view(), name="video-sound"),
    path("videos/<uuid:video_id>/rights/", remixing.RemixRights.as_view(), name="video-rights"),
    path("videos/<uuid:video_id>/duet/", remixing.Duet.as_view(), name="video-duet"),
    path("videos/<uuid:video_id>/stitch/", remixing.Stitch.as_view(), name="video-stitch"),
    path("videos/<uuid:video_id>/remixes/", remixing.Remixes.as_view(), name="video-remixes"),
    path("videos/<uuid:video_id>/parent/", remixing.TakenOut.as_view(), name="video-parent"),
    path(
        "comments/<uuid:comment_id>/video-reply/",
        remixing.VideoReply.as_view(),
        name="comment-video-reply",
    ),
    path("users/<str:username>/videos/", videos.VideosOf.as_view(), name="user-videos"),
]
