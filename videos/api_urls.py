"""The videos app's part of the REST API."""

from django.urls import path

from videos.api import answers, clips, drafts, feed, videos

urlpatterns = [
    path("feed/", feed.Feed.as_view(), name="feed"),
    path("videos/", videos.Uploads.as_view(), name="videos"),
    path("videos/<uuid:video_id>/", videos.OneVideo.as_view(), name="video"),
    path("videos/<uuid:video_id>/retry/", videos.Retry.as_view(), name="video-retry"),
    path("videos/<uuid:video_id>/like/", answers.LikeDoor.as_view(), name="video-like"),
    path("videos/<uuid:video_id>/comments/", answers.Comments.as_view(), name="video-comments"),
    path("comments/<uuid:comment_id>/", answers.OneComment.as_view(), name="comment"),
    path("clips/<uuid:clip_id>/", clips.OneClip.as_view(), name="clip"),
    path("clips/<uuid:clip_id>/preview/", clips.ClipPreview.as_view(), name="clip-preview"),
    path("drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("drafts/<uuid:draft_id>/", drafts.OneDraft.as_view(), name="draft"),
    path("drafts/<uuid:draft_id>/publish/", drafts.PostedDraft.as_view(), name="draft-publish"),
    path("users/<str:username>/videos/", videos.VideosOf.as_view(), name="user-videos"),
]
