"""The videos app's part of the REST API."""

from django.urls import path

from videos.api import answers, feed, videos

urlpatterns = [
    path("feed/", feed.Feed.as_view(), name="feed"),
    path("videos/", videos.Uploads.as_view(), name="videos"),
    path("videos/<uuid:video_id>/", videos.OneVideo.as_view(), name="video"),
    path("videos/<uuid:video_id>/retry/", videos.Retry.as_view(), name="video-retry"),
    path("videos/<uuid:video_id>/like/", answers.LikeDoor.as_view(), name="video-like"),
    path("videos/<uuid:video_id>/comments/", answers.Comments.as_view(), name="video-comments"),
    path("comments/<uuid:comment_id>/", answers.OneComment.as_view(), name="comment"),
    path("users/<str:username>/videos/", videos.VideosOf.as_view(), name="user-videos"),
]
