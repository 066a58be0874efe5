"""The videos app's part of the REST API."""

from django.urls import path

from videos import api

urlpatterns = [
    path("feed/", api.Feed.as_view(), name="feed"),
    path("videos/", api.Uploads.as_view(), name="videos"),
    path("videos/<uuid:video_id>/", api.OneVideo.as_view(), name="video"),
    path("videos/<uuid:video_id>/retry/", api.Retry.as_view(), name="video-retry"),
    path("videos/<uuid:video_id>/like/", api.LikeDoor.as_view(), name="video-like"),
    path("videos/<uuid:video_id>/comments/", api.Comments.as_view(), name="video-comments"),
    path("comments/<uuid:comment_id>/", api.OneComment.as_view(), name="comment"),
    path("users/<str:username>/videos/", api.VideosOf.as_view(), name="user-videos"),
]
